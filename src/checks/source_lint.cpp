#include "checks/source_lint.h"

#include <algorithm>

#include "base/utf8.h"
#include "checks/messages.h"
#include "terms/fold.h"
#include "terms/phrase_index.h"
#include "text/facts/fact.h"

namespace kabar::checks {
namespace {

using text::Fact;
using text::FactKind;

// 1 Monday … 7 Sunday (Sakamoto's method, 1992).
int weekday_of(int year, int month, int day) {
  static constexpr int kOffsets[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  if (month < 3) --year;
  const int from_sunday = (year + year / 4 - year / 100 + year / 400 + kOffsets[month - 1] + day) % 7;
  return from_sunday == 0 ? 7 : from_sunday;
}

constexpr std::string_view kWeekdays[] = {"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"};

struct Spelling {
  const char* written;
  const char* meant;
};

// Rare forms that machine translation is known to misread (shared experience of AI-translated news).
constexpr Spelling kSpellings[] = {{"disitat", "dikutip"},
                                   {"menyitat", "mengutip"},
                                   {"sitat", "kutip"},
                                   {"ndak", "tidak"},
                                   {"ora", "tidak"},
                                   {"kagak", "tidak"},
                                   {"golput", "golongan putih (tidak memilih)"}};

const terms::PhraseIndex& spelling_index() {
  static const terms::PhraseIndex index = [] {
    terms::PhraseIndex made(Language::id);
    for (size_t i = 0; i < std::size(kSpellings); ++i) made.add(kSpellings[i].written, static_cast<int>(i));
    made.build();
    return made;
  }();
  return index;
}

class Lint {
 public:
  Lint(Language editor, std::vector<LintFinding>& out) : editor_(editor), out_(out) {}

  void add(const Segment& segment, std::string_view check, Span span, std::string_view key, std::string_view first,
           std::string_view second) {
    Finding finding;
    finding.check = check;
    finding.severity = Severity::warning;
    finding.source_span = span;
    finding.message = message(key, editor_, first, second);
    out_.push_back({segment.id, std::move(finding)});
  }

 private:
  Language editor_;
  std::vector<LintFinding>& out_;
};

void lint_weekdays(const Segment& segment, const std::vector<Fact>& facts, Lint& lint) {
  for (const Fact& fact : facts) {
    if (fact.kind != FactKind::date || fact.weekday == 0 || fact.day == 0 || fact.month == 0 || fact.year == 0)
      continue;
    if (weekday_of(fact.year, fact.month, fact.day) == fact.weekday) continue;
    lint.add(segment, "lint-weekday", fact.span, "lint.weekday", fact.text, kWeekdays[fact.weekday - 1]);
  }
}

// "30 orang, terdiri atas 12 pria dan 17 wanita": the first number and those behind "terdiri".
void lint_sums(const Segment& segment, const std::vector<Fact>& facts, Lint& lint) {
  const terms::Folded folded = terms::fold(segment.text, Language::id);
  static const terms::PhraseIndex divided = [] {
    terms::PhraseIndex index(Language::id);
    for (const char* word : {"terdiri atas", "terdiri dari", "yakni", "yaitu", "rinciannya", "meliputi"})
      index.add(word, 0);
    index.build();
    return index;
  }();
  const std::vector<terms::PhraseMatch> marks = divided.find(folded);
  if (marks.empty()) return;
  const int place = folded.span(marks[0].begin, marks[0].end).begin;
  const Fact* total = nullptr;
  int64_t sum = 0;
  int parts = 0;
  for (const Fact& fact : facts) {
    if (fact.kind != FactKind::number || fact.value.scale != 0 || fact.approximate || fact.ordinal) {
      if (fact.span.begin > place) return;  // other figures among the parts: cannot judge
      continue;
    }
    if (fact.span.end <= place) {
      total = &fact;
    } else {
      sum += fact.value.digits;
      ++parts;
    }
  }
  if (total == nullptr || parts < 2 || sum == total->value.digits) return;
  lint.add(segment, "lint-sum", total->span, "lint.sum", total->text, std::to_string(sum));
}

void lint_percentages(const Segment& segment, const std::vector<Fact>& facts, Lint& lint) {
  // Shares of one whole are listed; growth figures are not, so only a sentence that speaks of shares counts.
  if (segment.text.find("sisanya") == std::string::npos) return;
  double sum = 0;
  const Fact* last = nullptr;
  for (const Fact& fact : facts) {
    if (fact.kind != FactKind::percent) continue;
    double value = static_cast<double>(fact.value.digits);
    for (int i = 0; i < fact.value.scale; ++i) value /= 10;
    sum += value;
    last = &fact;
  }
  constexpr double kRounding = 0.51;
  if (last != nullptr && sum > 100 + kRounding) {
    lint.add(segment, "lint-percent", last->span, "lint.percent", std::to_string(static_cast<int>(sum)) + "%", {});
  }
}

// What figures in the news count, as the word that follows the figure within three: "17 orang tewas".
constexpr std::u32string_view kOutcomes[] = {U"tewas",   U"meninggal", U"luka",      U"terluka",
                                             U"hilang",  U"mengungsi", U"ditangkap", U"ditahan",
                                             U"dirawat", U"selamat",   U"tertimbun", U"rusak"};

struct Counted {
  const Segment* segment;
  const Fact* fact;
  std::u32string_view outcome;
};

void collect_counted(const Segment& segment, const std::vector<Fact>& facts, std::vector<Counted>& counted) {
  const std::u32string text = decode_utf8(segment.text);
  for (const Fact& fact : facts) {
    if (fact.kind != FactKind::number || fact.approximate || fact.ordinal) continue;
    size_t at = static_cast<size_t>(fact.span.end);
    for (int words = 0; words < 3 && at < text.size(); ++words) {
      while (at < text.size() && text[at] == U' ') ++at;
      std::u32string word;
      while (at < text.size() && terms::is_word_point(text[at])) word += terms::fold_point(text[at++]);
      const auto outcome = std::find(std::begin(kOutcomes), std::end(kOutcomes), word);
      if (word.empty()) break;
      if (outcome == std::end(kOutcomes)) continue;
      counted.push_back({&segment, &fact, *outcome});
      break;
    }
  }
}

// The headline says "17 tewas" and the text, which counts the dead as well, nowhere says 17.
void lint_headline(std::span<const Segment> segments, const std::vector<std::vector<Fact>>& facts, Lint& lint) {
  std::vector<Counted> headline, body;
  for (size_t i = 0; i < segments.size(); ++i) {
    collect_counted(segments[i], facts[i], segments[i].block_type == BlockType::headline ? headline : body);
  }
  for (const Counted& stated : headline) {
    const auto same_outcome = [&](const Counted& other) { return other.outcome == stated.outcome; };
    const auto other = std::find_if(body.begin(), body.end(), same_outcome);
    const bool said = std::any_of(body.begin(), body.end(), [&](const Counted& counted) {
      return same_outcome(counted) && counted.fact->value == stated.fact->value;
    });
    if (other == body.end() || said) continue;
    lint.add(*stated.segment, "lint-two-values", stated.fact->span, "lint.two-values", stated.fact->text,
             other->fact->text);
  }
}

void lint_spellings(const Segment& segment, Lint& lint) {
  const terms::Folded folded = terms::fold(segment.text, Language::id);
  for (const terms::PhraseMatch& match : spelling_index().find(folded)) {
    const Spelling& spelling = kSpellings[static_cast<size_t>(match.id)];
    lint.add(segment, "lint-spelling", folded.span(match.begin, match.end), "lint.spelling", spelling.written,
             spelling.meant);
  }
}

struct QuotationMarks {
  int straight = 0, open = 0, close = 0;
  bool even() const { return straight % 2 == 0 && open == close; }
};

void count_quotation_marks(std::string_view text, QuotationMarks& marks) {
  for (char32_t point : decode_utf8(text)) {
    marks.straight += point == U'"';
    marks.open += point == U'“';
    marks.close += point == U'”';
  }
}

// `block`: its segments. A quotation may run over several sentences, and over several paragraphs of which each begins
// with a mark, so marks are counted per block, and one alone at its edge is fine.
void lint_quotes(std::span<const Segment> block, Lint& lint) {
  QuotationMarks all;
  for (const Segment& segment : block) count_quotation_marks(segment.text, all);
  const std::string_view first = block.front().text, last = block.back().text;
  if (all.even() || first.starts_with('"') || first.starts_with("“") || last.ends_with('"') || last.ends_with("”")) {
    return;
  }
  for (const Segment& segment : block) {
    QuotationMarks own;
    count_quotation_marks(segment.text, own);
    if (own.even()) continue;
    lint.add(segment, "lint-quotes", {0, count_points(segment.text)}, "quote.unbalanced", {}, {});
    return;
  }
}

}  // namespace

std::vector<LintFinding> lint_source(std::span<const Segment> segments, int year, Language editor_language) {
  std::vector<LintFinding> out;
  Lint lint(editor_language, out);
  std::vector<std::vector<Fact>> facts;
  for (const Segment& segment : segments) {
    const std::vector<Fact>& here = facts.emplace_back(text::find_facts(segment.text, Language::id, {.year = year}));
    lint_weekdays(segment, here, lint);
    lint_sums(segment, here, lint);
    lint_percentages(segment, here, lint);
    lint_spellings(segment, lint);
  }
  for (size_t begin = 0, end = 0; begin < segments.size(); begin = end) {
    while (end < segments.size() && segments[end].block_id == segments[begin].block_id) ++end;
    lint_quotes(segments.subspan(begin, end - begin), lint);
  }
  lint_headline(segments, facts, lint);
  return out;
}

}  // namespace kabar::checks
