// chrF: the F-score of character n-grams (Popović 2015), as sacreBLEU 2 computes it.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kabar::train {

// Counts of one sentence or, added up, of a corpus: chrF of a corpus is made from its sums, not from its sentences.
struct ChrfCounts {
  static constexpr int kOrder = 6;
  std::array<int64_t, kOrder> hypothesis{}, reference{}, match{};
  ChrfCounts& operator+=(const ChrfCounts& other);
};

ChrfCounts chrf_counts(std::string_view hypothesis, std::string_view reference);
// 0 to 100, beta 2.
double chrf(const ChrfCounts& counts);
// Of line-aligned texts. The shorter list decides.
double chrf(std::span<const std::string> hypotheses, std::span<const std::string> references);

inline constexpr std::string_view kChrfSignature = "nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no";

}  // namespace kabar::train
