#include "translate/case_evidence.h"

#include <algorithm>

#include "base/utf8.h"

namespace kabar::translate {
namespace {

constexpr std::string_view kVerbPrefixes[] = {"di", "ter", "ber"};

}  // namespace

CaseEvidence collect_case_evidence(std::span<const Segment> article) {
  CaseEvidence evidence{collect_name_words(article), {}};
  for (const Segment& segment : article) {
    for (const text::Word& word : text::words_of(decode_utf8(segment.text))) {
      if (!word.capital) evidence.small.insert(fold_case(word.text));
    }
  }
  return evidence;
}

bool is_written_small(const text::Word& word, const CaseEvidence& evidence, const checks::Knowledge& knowledge) {
  if (evidence.names.contains(word.text)) return false;
  const std::string small = fold_case(word.text);
  if (evidence.small.contains(small) || knowledge.is_small_word(small, Language::id)) return true;
  // A bare stem ("Guncang") of a verb that the list has with a prefix.
  return std::any_of(std::begin(kVerbPrefixes), std::end(kVerbPrefixes), [&](std::string_view prefix) {
    return knowledge.is_small_word(std::string(prefix) + small, Language::id);
  });
}

}  // namespace kabar::translate
