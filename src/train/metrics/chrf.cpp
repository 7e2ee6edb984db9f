#include "train/metrics/chrf.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <unordered_map>

#include "base/utf8.h"

namespace kabar::train {
namespace {

using NgramCounts = std::unordered_map<std::u32string_view, int64_t>;

std::u32string without_spaces(std::string_view text) {
  std::u32string points = decode_utf8(text);
  std::erase_if(points, [](char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)); });
  return points;
}

NgramCounts count_ngrams(std::u32string_view text, size_t order) {
  NgramCounts counts;
  for (size_t i = 0; i + order <= text.size(); ++i) ++counts[text.substr(i, order)];
  return counts;
}

}  // namespace

ChrfCounts& ChrfCounts::operator+=(const ChrfCounts& other) {
  for (size_t i = 0; i < hypothesis.size(); ++i) {
    hypothesis[i] += other.hypothesis[i];
    reference[i] += other.reference[i];
    match[i] += other.match[i];
  }
  return *this;
}

ChrfCounts chrf_counts(std::string_view hypothesis, std::string_view reference) {
  const std::u32string hypothesis_points = without_spaces(hypothesis);
  const std::u32string reference_points = without_spaces(reference);
  ChrfCounts counts;
  for (size_t i = 0; i < counts.match.size(); ++i) {
    const NgramCounts ours = count_ngrams(hypothesis_points, i + 1);
    const NgramCounts theirs = count_ngrams(reference_points, i + 1);
    if (theirs.empty()) continue;  // an order that the reference does not have is not counted against us
    for (const auto& [ngram, count] : ours) {
      counts.hypothesis[i] += count;
      const auto found = theirs.find(ngram);
      if (found != theirs.end()) counts.match[i] += std::min(count, found->second);
    }
    for (const auto& [ngram, count] : theirs) counts.reference[i] += count;
  }
  return counts;
}

double chrf(const ChrfCounts& counts) {
  constexpr double kBetaSquared = 4;
  double precision = 0;
  double recall = 0;
  int orders = 0;  // orders that both sides have
  for (size_t i = 0; i < counts.match.size(); ++i) {
    if (counts.hypothesis[i] == 0 || counts.reference[i] == 0) continue;
    precision += static_cast<double>(counts.match[i]) / static_cast<double>(counts.hypothesis[i]);
    recall += static_cast<double>(counts.match[i]) / static_cast<double>(counts.reference[i]);
    ++orders;
  }
  if (precision == 0 || recall == 0) return 0;
  precision /= orders;
  recall /= orders;
  return 100 * (1 + kBetaSquared) * precision * recall / (kBetaSquared * precision + recall);
}

double chrf(std::span<const std::string> hypotheses, std::span<const std::string> references) {
  ChrfCounts counts;
  for (size_t i = 0; i < std::min(hypotheses.size(), references.size()); ++i) {
    counts += chrf_counts(hypotheses[i], references[i]);
  }
  return chrf(counts);
}

}  // namespace kabar::train
