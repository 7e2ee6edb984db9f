// Form: quotations and who speaks, markup, units, what is left out or added, typography.
#include <algorithm>
#include <map>
#include <span>

#include "base/utf8.h"
#include "checks/conversions.h"
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
  return quotes.longest >= (terms::is_unspaced(language) ? 9 : 22);
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
    // What stands between two quoted pieces is not quoted.
    const bool closes = point == U'"' ? quotes.straight % 2 == 0
                                      : std::u32string_view(U"”»」").find(point) != std::u32string_view::npos;
    if (begin >= 0 && closes) quotes.longest = std::max(quotes.longest, here - begin);
    begin = closes ? -1 : here;
  }
  return quotes;
}

// An apostrophe that begins a word quotes; one inside ("l'école") does not.
bool has_opening_apostrophe(const Side& side) {
  const std::u32string& text = side.folded.text;
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    const bool begins = i == 0 || !terms::is_word_point(text[i - 1]);
    if (text[i] == U'\'' && begins && terms::is_word_point(text[i + 1])) return true;
  }
  return false;
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
                             has_opening_apostrophe(reading.target);
    const bool speech = quotes_speech(source, reading.source.language) && source.balanced();
    const Severity severity = other_marks || !speech ? Severity::info : Severity::warning;
    report.add("quote", severity, source.first, std::nullopt, "quote.count", std::to_string(source.pairs()), "0");
  } else if (!source.any() && target.pairs() > 0) {
    const bool single =
        has_opening_apostrophe(reading.source) || reading.source.text.find("‘") != std::string_view::npos;
    // Quoted speech made of reported speech: a sentence in marks, not one word.
    // Japanese puts names in corner brackets too; と follows what was said.
    const bool named =
        reading.target.language == Language::ja && reading.target.text.find("」と") == std::string_view::npos;
    const bool short_piece = single || named || !target.balanced() || !quotes_speech(target, reading.target.language);
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

// The units of a text that stand right behind a figure: "17 kilometer"; or all of them.
std::vector<const ConceptHit*> units_of(const Reading& reading, const Side& side, bool counted) {
  std::vector<const ConceptHit*> units;
  for (const ConceptHit& hit : side.concepts) {
    if (reading.knowledge.concepts.list()[static_cast<size_t>(hit.concept_number)].theme != "unit") continue;
    const bool behind = std::any_of(side.facts.begin(), side.facts.end(), [&](const text::Fact& fact) {
      return fact.kind == text::FactKind::number && hit.span.begin >= fact.span.end &&
             hit.span.begin - fact.span.end <= 2;
    });
    if (!counted || (behind && hit.weight == Weight::hard)) units.push_back(&hit);
  }
  return units;
}

// Whether the two count one figure: of another figure another unit says nothing.
bool count_the_same(const Reading& reading, const ConceptHit& from, const ConceptHit& to) {
  for (const text::Fact& a : reading.source.facts) {
    for (const text::Fact& b : reading.target.facts) {
      if (stands_behind(a, from.span) && stands_behind(b, to.span) && a.kind == b.kind && a.value == b.value)
        return true;
    }
  }
  return false;
}

// "16,1 cm" as 6.34 inches: another unit, and the figure that goes with it.
bool is_converted(const Reading& reading, const ConceptHit& from, const ConceptHit& to) {
  for (const text::Fact& a : reading.source.facts) {
    for (const text::Fact& b : reading.target.facts) {
      if (stands_behind(a, from.span) && stands_behind(b, to.span) && is_same_measure(a, b, reading)) return true;
    }
  }
  return false;
}

// Measures that a figure has one of: "58 kilometer" is never 58 metres. Speeds, degrees and what is counted by the
// piece are said in too many ways.
bool is_measure(const Reading& reading, int unit) {
  static constexpr std::string_view kMeasures[] = {
      "unit-km",     "unit-mile", "unit-metre", "unit-centimetre", "unit-millimetre", "unit-foot",
      "unit-inch",   "unit-kg",   "unit-gram",  "unit-ton",        "unit-quintal",    "unit-hectare",
      "unit-acre",   "unit-km2",  "unit-m2",    "unit-litre",      "unit-gallon",     "unit-barrel",
      "unit-second", "unit-hour", "unit-day",   "unit-week",       "unit-month",      "unit-year"};
  return std::find(std::begin(kMeasures), std::end(kMeasures),
                   reading.knowledge.concepts.list()[static_cast<size_t>(unit)].id) != std::end(kMeasures);
}

// The unit behind the figure of `unit` in the target, if it is another and the source does not count that figure in it.
// Only for figures that each side states once.
const ConceptHit* unit_of_same_figure(const Reading& reading, const ConceptHit& unit,
                                      const std::vector<const ConceptHit*>& target) {
  const auto figure = [](const Side& side, const ConceptHit& hit) -> const text::Fact* {
    const auto found = std::find_if(side.facts.begin(), side.facts.end(), [&](const text::Fact& fact) {
      return fact.kind == text::FactKind::number && stands_behind(fact, hit.span);
    });
    return found == side.facts.end() ? nullptr : &*found;
  };
  const text::Fact* const ours = figure(reading.source, unit);
  const auto times = [&](const Side& side) {
    return std::count_if(side.facts.begin(), side.facts.end(),
                         [&](const text::Fact& fact) { return fact.value == ours->value; });
  };
  if (ours == nullptr || times(reading.source) != 1 || times(reading.target) != 1) return nullptr;
  for (const ConceptHit* other : target) {
    const text::Fact* const theirs = figure(reading.target, *other);
    if (theirs == nullptr || theirs->value != ours->value) continue;
    const bool also = std::any_of(target.begin(), target.end(), [&](const ConceptHit* hit) {
      return hit->span.overlaps(other->span) && hit->concept_number == unit.concept_number;
    });
    const bool measures = is_measure(reading, unit.concept_number) && is_measure(reading, other->concept_number);
    if (measures && other->concept_number != unit.concept_number && !also) return other;
  }
  return nullptr;
}

void run_unit(const Reading& reading, Report& report) {
  const std::vector<const ConceptHit*> source = units_of(reading, reading.source, true);
  if (source.empty()) return;
  const std::vector<const ConceptHit*> all_source = units_of(reading, reading.source, false);
  const std::vector<const ConceptHit*> target = units_of(reading, reading.target, true);
  const std::vector<const ConceptHit*> all_target = units_of(reading, reading.target, false);
  const auto has = [](const std::vector<const ConceptHit*>& list, int unit) {
    return std::any_of(list.begin(), list.end(), [&](const ConceptHit* hit) { return hit->concept_number == unit; });
  };
  for (const ConceptHit* lost : source) {
    if (const ConceptHit* other = unit_of_same_figure(reading, *lost, target)) {
      report.add("unit", Severity::error, lost->span, other->span, "unit.changed", reading.source.slice(lost->span),
                 reading.target.slice(other->span));
      return;
    }
    if (has(all_target, lost->concept_number)) continue;
    for (const ConceptHit* added : target) {
      if (has(all_source, added->concept_number) || is_converted(reading, *lost, *added)) continue;
      if (!count_the_same(reading, *lost, *added)) continue;
      report.add("unit", Severity::error, lost->span, added->span, "unit.changed", reading.source.slice(lost->span),
                 reading.target.slice(added->span));
      return;
    }
  }
}

// So many of the source's words are not there in any known rendering that some must be lost or mistranslated.
void add_lost_words(const Reading& reading, Report& report) {
  constexpr int kKnownMin = 4;
  constexpr float kShareMin = 0.5f;
  const WordCoverage& words = reading.words;
  if (words.known < kKnownMin || words.share() >= kShareMin) return;
  std::string lost;
  for (const Span span : words.lost) lost += (lost.empty() ? "" : ", ") + reading.source.slice(span);
  const Span first = words.lost.front(), last = words.lost.back();
  report.add("omission", Severity::info, Span{first.begin, last.end}, std::nullopt, "omission.words", lost);
}

void run_omission(const Reading& reading, Report& report) {
  add_lost_words(reading, report);
  const int source = static_cast<int>(reading.source.folded.text.size());
  const int target = static_cast<int>(reading.target.folded.text.size());
  const float deviation = reading.knowledge.lengths.deviation(reading.target.language, source, target);
  const std::optional<LexicalTables::Coverage>& coverage = reading.coverage;
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

bool is_arabic_point(char32_t point) { return point >= 0x0600 && point <= 0x06FF; }

// A mark that a language sets differently, and what stands there instead. Where it is wrong:
enum class Where {
  anywhere,
  after_own,  // right behind a letter of the language's own script
  after_word,
  after_space,
  beside_word,
};
struct Mark {
  std::u32string_view marks;
  Where where;
  std::u32string_view right;  // one for each of the marks, or one point for all
};
constexpr Mark kChineseMarks[] = {{U",?!;:.", Where::after_own, U"，？！；：。"},
                                  {U"\"", Where::beside_word, U"“"},
                                  {U"「」", Where::anywhere, U"“”"}};
constexpr Mark kJapaneseMarks[] = {{U",?!;.", Where::after_own, U"、？！；。"},
                                   {U"\"", Where::beside_word, U"「"},
                                   {U"“”", Where::anywhere, U"「」"},
                                   {U"，", Where::anywhere, U"、"}};
constexpr Mark kArabicMarks[] = {{U",?;", Where::after_own, U"،؟؛"}, {U"，、。", Where::anywhere, U"،،."}};
constexpr Mark kFrenchMarks[] = {{U";!?%:", Where::after_word, U"\u202F"},
                                 {U"\"“", Where::beside_word, U"«"},
                                 {U"”", Where::anywhere, U"»"},
                                 {U"，、。；：？！،؛؟", Where::anywhere, U",,.;:?!,;?"}};
constexpr Mark kEnglishMarks[] = {{U"«»„", Where::anywhere, U"“”“"},
                                  {U",;:!?", Where::after_space, U",;:!?"},
                                  {U"，、。；：？！،؛؟", Where::anywhere, U",,.;:?!,;?"}};

std::span<const Mark> marks_of(Language language) {
  if (language == Language::zh) return kChineseMarks;
  if (language == Language::ja) return kJapaneseMarks;
  if (language == Language::ar) return kArabicMarks;
  if (language == Language::fr) return kFrenchMarks;
  if (language == Language::en) return kEnglishMarks;
  return {};
}

bool stands(Where where, const std::u32string& text, size_t at) {
  const char32_t before = at > 0 ? text[at - 1] : 0;
  const char32_t after = at + 1 < text.size() ? text[at + 1] : 0;
  switch (where) {
    case Where::anywhere:
      return true;
    case Where::after_own:
      // "A.B", "10.000" and web addresses are no ends of sentences.
      return (terms::is_unspaced_point(before) || is_arabic_point(before)) &&
             !(text[at] == U'.' && (after == U'.' || (after < 0x80 && terms::is_word_point(after))));
    case Where::after_word:
      // "12:30" and "https://" are no punctuation.
      return terms::is_word_point(before) && !terms::is_word_point(after) && after != U'/';
    case Where::after_space:
      return before == U' ' && (after == U' ' || after == 0);
    case Where::beside_word:
      return (terms::is_word_point(before) && !terms::is_digit_point(before)) || terms::is_word_point(after);
  }
  return false;
}

bool is_in_link(const Side& side, int at) {
  return std::any_of(side.facts.begin(), side.facts.end(), [&](const text::Fact& fact) {
    const bool link = fact.kind == text::FactKind::url || fact.kind == text::FactKind::email;
    return link && fact.span.begin <= at && at < fact.span.end;
  });
}

// The first mark of another language; the rest of them come to light with it.
void run_typography(const Reading& reading, Report& report) {
  const std::u32string& text = reading.target.folded.text;
  for (size_t i = 0; i < text.size(); ++i) {
    if (terms::is_word_point(text[i])) continue;
    for (const Mark& mark : marks_of(reading.target.language)) {
      const size_t which = mark.marks.find(text[i]);
      if (which == std::u32string_view::npos || !stands(mark.where, text, i)) continue;
      if (is_in_link(reading.target, static_cast<int>(i))) continue;
      const std::string written = encode_utf8(text.substr(i, 1));
      std::string right = encode_utf8(mark.right.substr(mark.right.size() > 1 ? which : 0, 1));
      if (mark.where == Where::after_word) right += written;  // a narrow space, then the mark
      const int begin = static_cast<int>(i) - (mark.where == Where::after_space);
      const Span span{begin, static_cast<int>(i) + 1};
      report.add("typography", Severity::warning, std::nullopt, span, "typography.mark", written, right).fix =
          Fix{span, right};
      return;
    }
  }
}

constexpr Example kQuoteExamples[] = {
    {Language::en, "\"Kami siap berangkat besok pagi,\" kata Budi.",
     "Budi said they were ready to leave tomorrow morning.", Finds::warning},
    {Language::en, "\"Kami siap,\" kata Budi.", "“We are ready,” Budi said.", Finds::nothing},
};
constexpr Example kUnitExamples[] = {
    {Language::en, "Pusatnya 58 «kilometer» dari kota, kedalamannya 33 kilometer.",
     "It was centred 58 «metres» from the city, at a depth of 33 kilometres.", Finds::error},
    {Language::en, "Letaknya 17 «kilometer» dari kota.", "It is 17 «miles» from the city.", Finds::error},
    {Language::en, "Letaknya 17 kilometer dari kota.", "It is 17 kilometers from the city.", Finds::nothing},
    {Language::en, "Curah hujan mencapai 16,1 cm di sana.", "Rainfall reached 6.34 inches there.", Finds::nothing},
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
    {Language::zh, "Hujan turun, sungai meluap.", "下雨了«,»河水泛滥。", Finds::warning},
    {Language::ar, "Hujan turun, sungai meluap.", "هطل المطر«,» ففاض النهر.", Finds::warning},
    {Language::fr, "Siapa yang menang?", "Qui a gagné\u202F?", Finds::nothing},
    {Language::fr, "Inflasi 2,5 persen.", "L'inflation est de 2,5\u202F%.", Finds::nothing},
    {Language::ja, "\"Kami siap,\" kata Budi.", "ブディ氏は«“»準備はできている”と述べた。", Finds::warning},
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
