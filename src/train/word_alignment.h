// Word alignment of sentence pairs by an IBM model with a preference for the diagonal.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "train/pack.h"

namespace kabar::train {

struct SentencePieces {
  std::span<const uint16_t> source;
  std::span<const uint16_t> target;
};

struct AlignmentOptions {
  int source_size = 8000;  // vocabulary sizes; the tables take 8 bytes for every pair of them
  int target_size = 8000;
  int rounds = 5;  // of expectation and maximisation; the first ones without positions (model 1)
  int model1_rounds = 2;
  double tension = 4.0;  // lambda of Dyer et al. 2013; 0 = order does not matter
  double null = 0.08;    // probability that a target piece comes from nowhere
};

// t(target | source): how probable a target piece is as the translation of a source piece.
// Row `source_size` is the empty word.
class LexicalTable {
 public:
  LexicalTable(int source_size, int target_size);
  float operator()(int source, int target) const { return values_[index(source, target)]; }
  float& at(int source, int target) { return values_[index(source, target)]; }
  int source_size() const { return source_size_; }
  int target_size() const { return target_size_; }
  std::span<const float> row(int source) const {
    return {values_.data() + index(source, 0), static_cast<size_t>(target_size_)};
  }

 private:
  size_t index(int source, int target) const {
    return static_cast<size_t>(source) * static_cast<size_t>(target_size_) + static_cast<size_t>(target);
  }
  int source_size_, target_size_;
  std::vector<float> values_;
};

// Expectation-maximisation over `pairs`; deterministic.
LexicalTable train_lexical_table(std::span<const SentencePieces> pairs, const AlignmentOptions& options);

// The links that both directions agree on, grown along neighbours that one direction proposes
// (grow-diag of Koehn et al. 2003). `backward[i]` is the target piece of source piece i or -1.
std::vector<PieceLink> symmetrize(std::span<const int> forward, std::span<const int> backward);

// Links and scores pairs with the tables of both directions. Not thread-safe (keeps the position tables it made).
class Aligner {
 public:
  // Trains both directions on `pairs`.
  Aligner(std::span<const SentencePieces> pairs, const AlignmentOptions& options);
  ~Aligner();

  std::vector<PieceLink> links(const SentencePieces& pair);
  // Mean over the pieces of both sides of ln sum_i t(piece | other side's piece i) / (length + 1): near -2 for literal
  // translations, below about -6 for pairs that have nothing to do with each other.
  double score(const SentencePieces& pair) const;

  const LexicalTable& forward() const { return forward_; }    // t(target | source)
  const LexicalTable& backward() const { return backward_; }  // t(source | target)

 private:
  struct Priors;
  LexicalTable forward_, backward_;
  std::unique_ptr<Priors> priors_;
};

}  // namespace kabar::train
