#include "train/metrics/bleu.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

namespace kabar::train {
namespace {

using NgramCounts = std::map<std::vector<std::string_view>, int64_t>;

NgramCounts count_ngrams(std::span<const std::string> tokens, size_t order) {
  NgramCounts counts;
  for (size_t i = 0; i + order <= tokens.size(); ++i) {
    ++counts[std::vector<std::string_view>(tokens.begin() + static_cast<std::ptrdiff_t>(i),
                                           tokens.begin() + static_cast<std::ptrdiff_t>(i + order))];
  }
  return counts;
}

}  // namespace

BleuCounts& BleuCounts::operator+=(const BleuCounts& other) {
  for (size_t i = 0; i < match.size(); ++i) {
    match[i] += other.match[i];
    total[i] += other.total[i];
  }
  hypothesis_length += other.hypothesis_length;
  reference_length += other.reference_length;
  return *this;
}

BleuCounts bleu_counts(std::span<const std::string> hypothesis, std::span<const std::string> reference) {
  BleuCounts counts;
  counts.hypothesis_length = static_cast<int64_t>(hypothesis.size());
  counts.reference_length = static_cast<int64_t>(reference.size());
  for (size_t i = 0; i < counts.match.size(); ++i) {
    const NgramCounts theirs = count_ngrams(reference, i + 1);
    for (const auto& [ngram, count] : count_ngrams(hypothesis, i + 1)) {
      counts.total[i] += count;
      const auto found = theirs.find(ngram);
      if (found != theirs.end()) counts.match[i] += std::min(count, found->second);
    }
  }
  return counts;
}

double bleu(const BleuCounts& counts) {
  if (counts.match[0] == 0) return 0;
  double logarithm = 0;
  double smooth = 1;
  for (size_t i = 0; i < counts.match.size(); ++i) {
    if (counts.total[i] == 0) return 0;
    double matched = static_cast<double>(counts.match[i]);
    if (matched == 0) {
      smooth *= 2;  // each order without a match counts half of the one before
      matched = 1 / smooth;
    }
    logarithm += std::log(matched / static_cast<double>(counts.total[i]));
  }
  logarithm /= BleuCounts::kOrder;
  const double ratio = static_cast<double>(counts.reference_length) /
                       static_cast<double>(std::max<int64_t>(counts.hypothesis_length, 1));
  return 100 * std::exp(logarithm + std::min(0.0, 1 - ratio));
}

double bleu(std::span<const std::string> hypotheses, std::span<const std::string> references,
            const BleuTokenizer& tokenizer) {
  BleuCounts counts;
  for (size_t i = 0; i < std::min(hypotheses.size(), references.size()); ++i) {
    counts += bleu_counts(tokenizer.tokens(hypotheses[i]), tokenizer.tokens(references[i]));
  }
  return bleu(counts);
}

std::string bleu_signature(const BleuTokenizer& tokenizer) {
  return "nrefs:1|case:mixed|eff:no|tok:" + tokenizer.name() + "|smooth:exp";
}

}  // namespace kabar::train
