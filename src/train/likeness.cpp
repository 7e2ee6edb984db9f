#include "train/likeness.h"

#include <cmath>

namespace kabar::train {

BigramModel::BigramModel(int vocabulary_size)
    : end_(vocabulary_size),
      unigrams_(static_cast<size_t>(vocabulary_size) + 1, 0),
      followers_(static_cast<size_t>(vocabulary_size) + 1, 0) {}

void BigramModel::add(std::span<const uint16_t> pieces) {
  int previous = end_;
  for (size_t i = 0; i <= pieces.size(); ++i) {
    const int piece = i < pieces.size() ? pieces[i] : end_;
    ++unigrams_[static_cast<size_t>(piece)];
    ++followers_[static_cast<size_t>(previous)];
    ++bigrams_[static_cast<uint32_t>(previous) << 16 | static_cast<uint32_t>(piece)];
    ++total_;
    previous = piece;
  }
}

// The more often `previous` was seen, the more its own bigrams weigh (Witten-Bell with a fixed number of types).
double BigramModel::probability(int previous, int piece) const {
  constexpr double kTypes = 20;
  const double unigram =
      (unigrams_[static_cast<size_t>(piece)] + 0.1) / (total_ + 0.1 * static_cast<double>(unigrams_.size()));
  const double seen = followers_[static_cast<size_t>(previous)];
  const auto found = bigrams_.find(static_cast<uint32_t>(previous) << 16 | static_cast<uint32_t>(piece));
  const double count = found == bigrams_.end() ? 0 : found->second;
  return (count + kTypes * unigram) / (seen + kTypes);
}

double BigramModel::cross_entropy(std::span<const uint16_t> pieces) const {
  double total = 0;
  int previous = end_;
  for (size_t i = 0; i <= pieces.size(); ++i) {
    const int piece = i < pieces.size() ? pieces[i] : end_;
    total -= std::log(probability(previous, piece));
    previous = piece;
  }
  return total / static_cast<double>(pieces.size() + 1);
}

double likeness(const BigramModel& domain, const BigramModel& general, std::span<const uint16_t> pieces) {
  return general.cross_entropy(pieces) - domain.cross_entropy(pieces);
}

}  // namespace kabar::train
