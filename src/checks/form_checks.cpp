// Form: quotations and who speaks, markup, units, what is left out or added, typography.
#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "checks/list.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

struct Quotes {
  int open = 0, close = 0, straight = 0;
  Span first;  // of the first mark

  bool any() const { return open + close + straight > 0; }
  int longest = 0;  // code points of the longest quoted piece

  // Pieces in quotation marks.
  int pairs() const { return std::max(open, close) + (straight + 1) / 2; }
  bool balanced() const { return open == close && straight % 2 == 0; }
};

// A quoted sentence, not a quoted word or name.
bool quotes_speech(const Quotes& quotes, Language language) {
  return quotes.longest >= (terms::is_unspaced(language) ? 10 : 25);
}

Quotes quotes_of(const Side& side) {
  Quotes quotes;
  int begin = -1;
  const std::u32string& text = side.folded.text;
  for (size_t i = 0; i < text.size(); ++i) {
    const char32_t point = text[i];
    const char32_t before = i > 0 ? text[i - 1] : 0;
    if (std::u32string_view(U"“«「„").find(point) != std::u32string_view::npos) {
      ++quotes.open;
    } else if (std::u32string_view(U"”»」").find(point) != std::u32string_view::npos) {
      ++quotes.close;
    } else if (point == U'"' && !terms::is_digit_point(before)) {
      ++quotes.straight;
    } else {
      continue;
    }
    const int here = static_cast<int>(i);
    if (quotes.first.empty()) quotes.first = {here, here + 1};
    if (begin >= 0) quotes.longest = std::max(quotes.longest, here - begin);
    begin = here;
  }
  return quotes;
}

void run_quote(const Reading& reading, Report& report) {
  const Quotes source = quotes_of(reading.source);
  const Quotes target = quotes_of(reading.target);
  if (source.any() && !target.any()) {
    // Book titles 《》『』 and single marks may stand for a quoted name.
    const bool other_marks = reading.target.text.find("《") != std::string_view::npos ||
                             reading.target.text.find("『") != std::string_view::npos ||
                             reading.target.text.find("‘") != std::string_view::npos ||
                             reading.target.text.find("〈") != std::string_view::npos ||
                             reading.target.text.find("'") != std::string_view::npos;
    const bool speech = quotes_speech(source, reading.source.language) && source.balanced();
    const Severity severity = other_marks || !speech ? Severity::info : Severity::warning;
    report.add("quote", severity, source.first, std::nullopt, "quote.count", std::to_string(source.pairs()), "0");
  } else if (!source.any() && target.pairs() > 0) {
    const bool single = reading.source.text.find('\'') != std::string_view::npos ||
                        reading.source.text.find("‘") != std::string_view::npos;
    // Quoted speech made of reported speech: a sentence in marks, not one word.
    const bool short_piece = single || !target.balanced() || !quotes_speech(target, reading.target.language);
    const Severity severity = short_piece ? Severity::info : Severity::warning;
    report.add("quote", severity, std::nullopt, target.first, "quote.count", "0", std::to_string(target.pairs()));
  } else if (target.pairs() > source.pairs() + 1 || source.pairs() > target.pairs() + 1) {
    report.add("quote", Severity::info, source.first, target.first, "quote.count", std::to_string(source.pairs()),
               std::to_string(target.pairs()));
  }
  if (source.balanced() && !target.balanced() && target.open + target.close + target.straight > 1) {
    report.add("quote", Severity::info, std::nullopt, target.first, "quote.unbalanced");
  }
}

void run_markup(const Reading& reading, Report& report) {
  if (!reading.pair.tags_known) return;
  std::map<std::string, int> balance;
  for (const InlineTag& tag : reading.pair.source_tags)
    ++balance[tag.name + " " + (tag.attributes.count("href") ? tag.attributes.at("href") : "")];
  for (const InlineTag& tag : reading.pair.target_tags)
    --balance[tag.name + " " + (tag.attributes.count("href") ? tag.attributes.at("href") : "")];
  for (const auto& [name, difference] : balance) {
    if (difference > 0) report.add("markup", Severity::warning, std::nullopt, std::nullopt, "markup.lost", name);
    if (difference < 0) report.add("markup", Severity::warning, std::nullopt, std::nullopt, "markup.added", name);
  }
}

struct Unit {
  const char* code;
  std::map<Language, std::vector<const char*>> words;
};

// What a figure counts, where confusing it changes the fact.
const std::vector<Unit>& units() {
  static const std::vector<Unit> list = {
      {"km",
       {{Language::id, {"kilometer", "km"}},
        {Language::en, {"kilometer", "kilometre", "km"}},
        {Language::fr, {"kilomètre", "km"}},
        {Language::zh, {"公里", "千米", "km"}},
        {Language::ja, {"キロ", "km"}},
        {Language::ar, {"كيلومتر", "كلم", "كم", "كيلو"}}}},
      {"mile",
       {{Language::id, {"mil"}},
        {Language::en, {"mile"}},
        {Language::fr, {"mile", "mille", "mi"}},
        {Language::zh, {"英里", "海里"}},
        {Language::ja, {"マイル", "海里"}},
        {Language::ar, {"ميل", "أميال", "ميلا"}}}},
      {"kg",
       {{Language::id, {"kilogram", "kg"}},
        {Language::en, {"kilogram", "kg", "kilo"}},
        {Language::fr, {"kilogramme", "kg", "kilo"}},
        {Language::zh, {"公斤", "千克", "kg"}},
        {Language::ja, {"キロ", "kg"}},
        {Language::ar, {"كيلوغرام", "كيلوجرام", "كغ", "كجم", "كلغ", "كيلو"}}}},
      {"ton",
       {{Language::id, {"ton"}},
        {Language::en, {"ton", "tonne", "metric ton"}},
        {Language::fr, {"tonne"}},
        {Language::zh, {"吨"}},
        {Language::ja, {"トン"}},
        {Language::ar, {"طن", "أطنان", "طنا"}}}},
      {"hectare",
       {{Language::id, {"hektare", "hektar", "ha"}},
        {Language::en, {"hectare", "ha"}},
        {Language::fr, {"hectare", "ha"}},
        {Language::zh, {"公顷"}},
        {Language::ja, {"ヘクタール"}},
        {Language::ar, {"هكتار"}}}},
      {"litre",
       {{Language::id, {"liter"}},
        {Language::en, {"liter", "litre"}},
        {Language::fr, {"litre"}},
        {Language::zh, {"升"}},
        {Language::ja, {"リットル"}},
        {Language::ar, {"لتر", "لترا"}}}},
      {"year",
       {{Language::id, {"tahun"}},
        {Language::en, {"year", "year old", "aged", "annual", "decade"}},
        {Language::fr, {"an", "année", "ans"}},
        {Language::zh, {"年", "岁", "周年"}},
        {Language::ja, {"年", "歳", "周年"}},
        {Language::ar, {"عام", "سنة", "سنوات", "أعوام", "عاما", "سنوي", "عمر"}}}},
      {"month",
       {{Language::id, {"bulan"}},
        {Language::en, {"month"}},
        {Language::fr, {"mois"}},
        {Language::zh, {"月"}},
        {Language::ja, {"月"}},
        {Language::ar, {"شهر", "أشهر", "شهور", "شهرا", "شهرين"}}}},
      {"week",
       {{Language::id, {"pekan", "minggu"}},
        {Language::en, {"week", "fortnight"}},
        {Language::fr, {"semaine"}},
        {Language::zh, {"周", "星期"}},
        {Language::ja, {"週"}},
        {Language::ar, {"أسبوع", "أسابيع", "أسبوعا", "أسبوعين"}}}},
      {"day",
       {{Language::id, {"hari"}},
        {Language::en, {"day"}},
        {Language::fr, {"jour", "journée"}},
        {Language::zh, {"天", "日"}},
        {Language::ja, {"日"}},
        {Language::ar, {"يوم", "أيام", "يوما", "يومين"}}}},
      {"hour",
       {{Language::id, {"jam"}},
        {Language::en, {"hour", "h"}},
        {Language::fr, {"heure", "h"}},
        {Language::zh, {"小时", "点"}},
        {Language::ja, {"時間", "時"}},
        {Language::ar, {"ساعة", "ساعات", "ساعتين"}}}},
      {"minute",
       {{Language::id, {"menit"}},
        {Language::en, {"minute"}},
        {Language::fr, {"minute"}},
        {Language::zh, {"分钟", "分"}},
        {Language::ja, {"分"}},
        {Language::ar, {"دقيقة", "دقائق", "دقيقتين"}}}},
      {"metre",
       {{Language::id, {"meter"}},
        {Language::en, {"meter", "metre", "m"}},
        {Language::fr, {"mètre", "m"}},
        {Language::zh, {"米"}},
        {Language::ja, {"メートル", "m"}},
        {Language::ar, {"متر", "أمتار", "مترا"}}}},
      {"foot",
       {{Language::id, {"kaki"}},
        {Language::en, {"foot", "feet"}},
        {Language::fr, {"pied"}},
        {Language::zh, {"英尺"}},
        {Language::ja, {"フィート"}},
        {Language::ar, {"قدم", "أقدام"}}}},
      {"degree",
       {{Language::id, {"derajat"}},
        {Language::en, {"degree", "°"}},
        {Language::fr, {"degré", "°"}},
        {Language::zh, {"度"}},
        {Language::ja, {"度"}},
        {Language::ar, {"درجة", "درجات"}}}},
  };
  return list;
}

terms::PhraseIndex unit_index(Language language) {
  terms::PhraseIndex index(language);
  for (size_t i = 0; i < units().size(); ++i) {
    const auto words = units()[i].words.find(language);
    if (words == units()[i].words.end()) continue;
    for (const char* word : words->second) index.add(word, static_cast<int>(i));
  }
  index.build();
  return index;
}

const terms::PhraseIndex* units_in(Language language) {
  static const std::map<Language, terms::PhraseIndex> indexes = [] {
    std::map<Language, terms::PhraseIndex> made;
    for (Language each : {Language::id, Language::en, Language::zh, Language::ja, Language::ar, Language::fr}) {
      made.emplace(each, unit_index(each));
    }
    return made;
  }();
  const auto found = indexes.find(language);
  return found == indexes.end() ? nullptr : &found->second;
}

// The units that stand right behind a figure: "17 kilometer".
std::vector<std::pair<int, Span>> counted_units(const Side& side) {
  std::vector<std::pair<int, Span>> found;
  const terms::PhraseIndex* index = units_in(side.language);
  if (index == nullptr || side.facts.empty()) return found;
  for (const terms::PhraseMatch& match : index->find(side.folded)) {
    const Span span = side.folded.span(match.begin, match.end);
    const bool counted = std::any_of(side.facts.begin(), side.facts.end(), [&](const text::Fact& fact) {
      return fact.kind == text::FactKind::number && span.begin >= fact.span.end && span.begin - fact.span.end <= 2;
    });
    if (counted) found.emplace_back(match.id, span);
  }
  return found;
}

void run_unit(const Reading& reading, Report& report) {
  const std::vector<std::pair<int, Span>> source = counted_units(reading.source);
  if (source.empty()) return;
  const terms::PhraseIndex* index = units_in(reading.target.language);
  if (index == nullptr) return;
  std::vector<std::pair<int, Span>> target;
  for (const terms::PhraseMatch& match : index->find(reading.target.folded)) {
    target.emplace_back(match.id, reading.target.folded.span(match.begin, match.end));
  }
  const auto has = [](const std::vector<std::pair<int, Span>>& list, int unit) {
    return std::any_of(list.begin(), list.end(), [&](const auto& entry) { return entry.first == unit; });
  };
  std::vector<std::pair<int, Span>> all_source;
  if (const terms::PhraseIndex* own = units_in(reading.source.language)) {
    for (const terms::PhraseMatch& match : own->find(reading.source.folded)) {
      all_source.emplace_back(match.id, reading.source.folded.span(match.begin, match.end));
    }
  }
  const std::vector<std::pair<int, Span>> counted = counted_units(reading.target);
  for (const auto& [unit, span] : source) {
    if (has(target, unit)) continue;
    for (const auto& [other, where] : counted) {
      if (has(all_source, other)) continue;
      report.add("unit", Severity::error, span, where, "unit.changed", reading.source.slice(span),
                 reading.target.slice(where));
      return;
    }
  }
}

void run_omission(const Reading& reading, Report& report) {
  const int source = static_cast<int>(reading.source.folded.text.size());
  const int target = static_cast<int>(reading.target.folded.text.size());
  const float deviation = reading.knowledge.lengths.deviation(reading.target.language, source, target);
  const auto coverage = reading.knowledge.lexical.coverage(reading.source.folded, reading.source.language,
                                                           reading.target.folded, reading.target.language);
  const bool uncovered = coverage && coverage->longest_gap >= 4;
  if (deviation < -4.5f) {
    report.add("omission", Severity::error, std::nullopt, Span{0, target}, "omission.short").blocking = true;
  } else if (deviation < -3.6f || (deviation < -1.5f && uncovered)) {
    report.add("omission", Severity::warning, uncovered ? std::optional(coverage->gap) : std::nullopt, std::nullopt,
               uncovered ? "omission.gap" : "omission.short",
               uncovered ? reading.source.slice(coverage->gap) : std::string());
  } else if (coverage && coverage->longest_gap >= 6) {
    report.add("omission", Severity::info, coverage->gap, std::nullopt, "omission.gap",
               reading.source.slice(coverage->gap));
  }
}

void run_addition(const Reading& reading, Report& report) {
  const int source = static_cast<int>(reading.source.folded.text.size());
  const int target = static_cast<int>(reading.target.folded.text.size());
  const float deviation = reading.knowledge.lengths.deviation(reading.target.language, source, target);
  if (deviation > 5.0f) {
    report.add("addition", Severity::error, std::nullopt, Span{0, target}, "addition.long").blocking = true;
  } else if (deviation > 3.8f) {
    report.add("addition", Severity::warning, std::nullopt, Span{0, target}, "addition.long");
  }
}

// Marks that a language sets differently; each with what stands there instead.
void run_typography(const Reading& reading, Report& report) {
  const std::u32string& text = reading.target.folded.text;
  const Language language = reading.target.language;
  const auto add = [&](size_t at, std::string_view mark, std::string_view right) {
    const Span span{static_cast<int>(at), static_cast<int>(at) + 1};
    report.add("typography", Severity::info, std::nullopt, span, "typography.mark", mark, right).fix =
        Fix{span, std::string(right)};
  };
  const auto near = [&](size_t at, auto predicate) {
    return (at > 0 && predicate(text[at - 1])) || (at + 1 < text.size() && predicate(text[at + 1]));
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char32_t before = i > 0 ? text[i - 1] : 0;
    if (terms::is_unspaced(language) && (text[i] == U',' || text[i] == U'?' || text[i] == U'!') &&
        terms::is_unspaced_point(before)) {
      const std::string_view right = text[i] == U','   ? (language == Language::ja ? "、" : "，")
                                     : text[i] == U'?' ? "？"
                                                       : "！";
      return add(i, encode_utf8(text.substr(i, 1)), right);
    }
    const auto arabic = [](char32_t point) { return point >= 0x0600 && point <= 0x06FF; };
    if (language == Language::ar && (text[i] == U',' || text[i] == U'?' || text[i] == U';') && arabic(before) &&
        near(i, arabic)) {
      return add(i, encode_utf8(text.substr(i, 1)), text[i] == U',' ? "،" : text[i] == U'?' ? "؟" : "؛");
    }
    if (language == Language::fr && (text[i] == U';' || text[i] == U'!' || text[i] == U'?' || text[i] == U'%') &&
        (terms::is_word_point(before))) {
      return add(i, encode_utf8(text.substr(i, 1)), "\u202F" + encode_utf8(text.substr(i, 1)));
    }
    if (language == Language::fr && text[i] == U'"' && near(i, terms::is_word_point)) {
      return add(i, "\"", before == 0 || before == U' ' || before == U'(' ? "«\u00A0" : "\u00A0»");
    }
  }
}

constexpr Example kQuoteExamples[] = {
    {Language::en, "\"Kami siap berangkat besok pagi,\" kata Budi.",
     "Budi said they were ready to leave tomorrow morning.", Finds::warning},
    {Language::en, "\"Kami siap,\" kata Budi.", "“We are ready,” Budi said.", Finds::nothing},
};
constexpr Example kUnitExamples[] = {
    {Language::en, "Letaknya 17 «kilometer» dari kota.", "It is 17 «miles» from the city.", Finds::error},
    {Language::en, "Letaknya 17 kilometer dari kota.", "It is 17 kilometers from the city.", Finds::nothing},
};
constexpr Example kOmissionExamples[] = {
    {Language::en, "Hujan deras sejak pagi membuat sungai meluap dan merendam ratusan rumah warga di tiga desa.",
     "«It rained.»", Finds::error},
    {Language::en, "Hujan deras sejak pagi membuat sungai meluap.", "Heavy rain since morning made the river overflow.",
     Finds::nothing},
};
constexpr Example kAdditionExamples[] = {
    {Language::en, "Hujan deras membuat sungai itu meluap sore ini.",
     "«Heavy rain made that river overflow this afternoon, and the local residents, who had been warned many times "
     "before by the authorities, had to leave their homes in a great hurry.»",
     Finds::error},
    {Language::en, "Hujan deras membuat sungai itu meluap sore ini.",
     "Heavy rain made that river overflow this afternoon.", Finds::nothing},
};
constexpr Example kTypographyExamples[] = {
    {Language::zh, "Hujan turun, sungai meluap.", "下雨了«,»河水泛滥。", Finds::info},
    {Language::zh, "Hujan turun, sungai meluap.", "下雨了，河水泛滥。", Finds::nothing},
};

}  // namespace

const Check kQuote = {"quote", "A quotation was lost or made up.", run_quote, kQuoteExamples};
const Check kMarkup = {
    "markup", "A link or mark of the source is not in the translation, or the other way round.", run_markup, {}};
const Check kUnit = {"unit", "A figure counts something else: kilometres became miles.", run_unit, kUnitExamples};
const Check kOmission = {"omission", "The translation is much too short, or a part of the source has no counterpart.",
                         run_omission, kOmissionExamples};
const Check kAddition = {"addition", "The translation is much too long for its source.", run_addition,
                         kAdditionExamples};
const Check kTypography = {"typography", "Punctuation marks of another language.", run_typography, kTypographyExamples};

}  // namespace kabar::checks
