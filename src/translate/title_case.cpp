#include "translate/title_case.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "base/utf8.h"

namespace kabar::translate {
namespace {

constexpr std::string_view kDirections[] = {"Utara", "Selatan", "Barat",    "Timur", "Tengah",
                                            "Daya",  "Laut",    "Tenggara", "Raya",  "Baru"};

constexpr std::string_view kVerbPrefixes[] = {"di", "ter", "ber"};

bool is_direction(const Word& word) {
  return std::find(std::begin(kDirections), std::end(kDirections), word.text) != std::end(kDirections);
}

// Also bare stems ("Guncang") of verbs that the list has with a prefix.
bool is_written_small(const std::string& word, const CaseEvidence& evidence, const checks::Knowledge& knowledge) {
  if (evidence.names.contains(word)) return false;
  const std::string small = fold_case(word);
  if (evidence.small.contains(small) || knowledge.is_small_word(small, Language::id)) return true;
  return std::any_of(std::begin(kVerbPrefixes), std::end(kVerbPrefixes), [&](std::string_view prefix) {
    return knowledge.is_small_word(std::string(prefix) + small, Language::id);
  });
}

}  // namespace

CaseEvidence collect_case_evidence(std::span<const Segment> article) {
  CaseEvidence evidence{collect_name_words(article), {}};
  for (const Segment& segment : article) {
    for (const Word& word : words_of(decode_utf8(segment.text))) {
      if (!word.capital) evidence.small.insert(fold_case(word.text));
    }
  }
  return evidence;
}

bool is_title_case(std::string_view text, const std::vector<Word>& words, BlockType block) {
  constexpr int kLettersMin = 4;  // shorter words are often small in headlines: "di", "yang"
  const bool marked = block == BlockType::headline || block == BlockType::subheading;
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
                          const CaseEvidence& evidence, const checks::Knowledge& knowledge) {
  std::u32string points = decode_utf8(text);
  bool capital_before = false;  // the word before keeps its capital
  for (const Word& word : words) {
    const bool is_kept = std::any_of(kept.begin(), kept.end(), [&](Span span) { return span.overlaps(word.span); });
    const bool named = word.adjacent && capital_before && is_direction(word);
    const bool lower = word.capital && !word.all_capitals && !word.sentence_start && !is_kept && !named &&
                       is_written_small(word.text, evidence, knowledge);
    capital_before = word.capital && !lower;
    char32_t& first = points[static_cast<size_t>(word.span.begin)];
    if (lower) first = static_cast<char32_t>(u_tolower(static_cast<UChar32>(first)));
  }
  return encode_utf8(points);
}

}  // namespace kabar::translate
