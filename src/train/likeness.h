// How much a sentence is like news: the difference of its cross-entropies under a model of general text and one of
// news (Moore and Lewis 2010), with bigrams of pieces.
#pragma once
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace kabar::train {

// Interpolated bigrams over piece ids, learned by adding sentences.
class BigramModel {
 public:
  explicit BigramModel(int vocabulary_size);
  void add(std::span<const uint16_t> pieces);
  // Mean of -ln p per piece, the end of the sentence included.
  double cross_entropy(std::span<const uint16_t> pieces) const;

 private:
  double probability(int previous, int piece) const;
  int end_;  // also the start: one past the last piece
  double total_ = 0;
  std::vector<float> unigrams_;
  std::vector<float> followers_;  // how often a piece was followed by any
  std::unordered_map<uint32_t, float> bigrams_;
};

// Larger = more like the texts of `domain` than like those of `general`.
double likeness(const BigramModel& domain, const BigramModel& general, std::span<const uint16_t> pieces);

}  // namespace kabar::train
