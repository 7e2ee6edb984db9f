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
    if (has(all_target, lost->concept_number)) continue;
    for (const ConceptHit* added : target) {
      if (has(all_source, added->concept_number)) continue;
      report.add("unit", Severity::error, lost->span, added->span, "unit.changed", reading.source.slice(lost->span),
                 reading.target.slice(added->span));
      return;
    }
  }
}

void run_omission(const Reading& reading, Report& report) {
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
