// BLEU (Papineni et al. 2002) as sacreBLEU 2 computes it: 4-grams, one reference, case kept, exponential smoothing.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "train/metrics/bleu_tokens.h"

namespace kabar::train {

struct BleuCounts {
  static constexpr int kOrder = 4;
  std::array<int64_t, kOrder> match{}, total{};
  int64_t hypothesis_length = 0;
  int64_t reference_length = 0;
  BleuCounts& operator+=(const BleuCounts& other);
};

BleuCounts bleu_counts(std::span<const std::string> hypothesis, std::span<const std::string> reference);
// 0 to 100.
double bleu(const BleuCounts& counts);
// Of line-aligned texts. The shorter list decides.
double bleu(std::span<const std::string> hypotheses, std::span<const std::string> references,
            const BleuTokenizer& tokenizer);

// "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp".
std::string bleu_signature(const BleuTokenizer& tokenizer);

}  // namespace kabar::train
