#include "text/title_case.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "base/utf8.h"

namespace kabar::text {
namespace {

constexpr std::string_view kDirections[] = {"Utara", "Selatan", "Barat",    "Timur", "Tengah",
                                            "Daya",  "Laut",    "Tenggara", "Raya",  "Baru"};

bool is_direction(const Word& word) {
  return std::find(std::begin(kDirections), std::end(kDirections), word.text) != std::end(kDirections);
}

}  // namespace

bool is_title_case(std::string_view text, const std::vector<Word>& words, bool marked) {
  constexpr int kLettersMin = 4;  // shorter words are often small in headlines: "di", "yang"
  if (!marked && (text.ends_with('.') || text.ends_with(".\"") || text.ends_with(".”"))) return false;
  int long_words = 0;
  int capitals = 0;
  for (const Word& word : words) {
    if (word.span.size() < kLettersMin) continue;
    ++long_words;
    capitals += word.capital;
  }
  return long_words >= (marked ? 3 : 4) && capitals * 5 >= long_words * 4;
}

std::string sentence_case(std::string_view text, const std::vector<Word>& words, std::span<const Span> kept,
                          const std::function<bool(const Word&)>& is_small) {
  std::u32string points = decode_utf8(text);
  bool capital_before = false;  // the word before keeps its capital
  for (const Word& word : words) {
    const bool is_kept = std::any_of(kept.begin(), kept.end(), [&](Span span) { return span.overlaps(word.span); });
    const bool named = word.adjacent && capital_before && is_direction(word);
    const bool lower =
        word.capital && !word.all_capitals && !word.sentence_start && !is_kept && !named && is_small(word);
    capital_before = word.capital && !lower;
    char32_t& first = points[static_cast<size_t>(word.span.begin)];
    if (lower) first = static_cast<char32_t>(u_tolower(static_cast<UChar32>(first)));
  }
  return encode_utf8(points);
}

}  // namespace kabar::text
