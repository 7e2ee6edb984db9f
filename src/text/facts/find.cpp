#include "base/utf8.h"
#include "text/facts/numeral.h"
#include "text/facts/readers.h"

namespace kabar::text {
namespace {

// A fact begins at a digit, a sign, a letter that starts a word, or anywhere among letters without word borders.
bool may_start(const FoldedText& text, int at) {
  const char32_t c = text.at(at);
  const char32_t before = text.at(at - 1);
  if (is_digit(c)) {
    // Inside "1.250" or "21.00" only the first digit is a start.
    return !is_digit(before);
  }
  const LetterClass letter = letter_class(c);
  if (letter == LetterClass::none) return c == U'@' || c == U'#' || c == U'$' || c >= 0xA2;
  if (letter == LetterClass::open || letter == LetterClass::katakana) return true;
  return letter_class(before) != letter;
}

// Whether anything but a link can begin with this letter.
bool may_be_fact(const Reader& reader, int at) {
  const char32_t c = reader.text.at(at);
  if (letter_class(c) == LetterClass::none || reader.lexicon.may_match(reader.text, at)) return true;
  if (c == U'i' || c == U'v' || c == U'x' || c == U'k') return true;  // Roman numerals, "ke-88"
  return writes_han(reader.lexicon.language()) && is_han_numeral(c);
}

// The 2 of "km2", the 19 of "COVID-19": names, not figures.
bool is_part_of_name(const FoldedText& text, int at) {
  if (!is_digit(text.at(at))) return false;
  if ((text.at(at) == U'2' || text.at(at) == U'3') && text.at(at - 1) == U'm' && !is_digit(text.at(at + 1))) {
    const char32_t before = text.at(at - 2);
    if (before == U'k' || before == U'c' || before == U'm' || letter_class(before) == LetterClass::none) return true;
  }
  const std::u32string_view before = std::u32string_view(text.points).substr(0, static_cast<size_t>(at));
  return before.ends_with(U"covid-") || before.ends_with(U"كوفيد-");
}

std::optional<Fact> read_fact(const Reader& reader, int at) {
  if (std::optional<Fact> fact = read_link(reader, at)) return fact;
  if (!may_be_fact(reader, at) || is_part_of_name(reader.text, at)) return std::nullopt;
  if (std::optional<Fact> fact = read_date(reader, at)) return fact;
  if (std::optional<Fact> fact = read_time(reader, at)) return fact;
  return read_amount(reader, at);
}

}  // namespace

std::vector<Fact> find_facts(std::string_view text, Language language, const FactContext& context) {
  const FoldedText folded = fold_text(text);
  const Reader reader{folded, lexicon_of(language), context};
  std::vector<Fact> facts;
  for (int at = 0; at < folded.size();) {
    std::optional<Fact> fact = may_start(folded, at) ? read_fact(reader, at) : std::nullopt;
    if (!fact || fact->span.end <= at) {
      ++at;
      continue;
    }
    at = fact->span.end;
    facts.push_back(std::move(*fact));
  }
  if (facts.empty()) return facts;
  const PointIndex index(text);
  for (Fact& fact : facts) {
    // The end is behind the last folded point, so that dropped marks at the end stay outside.
    fact.span = {folded.origins[static_cast<size_t>(fact.span.begin)],
                 folded.origins[static_cast<size_t>(fact.span.end - 1)] + 1};
    const size_t begin = index.byte_at(fact.span.begin);
    fact.text = text.substr(begin, index.byte_at(fact.span.end) - begin);
  }
  return facts;
}

}  // namespace kabar::text
