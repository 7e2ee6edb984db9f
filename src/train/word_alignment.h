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

// t(target | source): how probable a target piece is as the translation of a source piece. The source piece
// `source_size` is the empty word. All probabilities of one target piece lie together, because the alignment of a
// sentence asks for one target piece and many source pieces at a time.
class LexicalTable {
 public:
  LexicalTable(int source_size, int target_size);
  float operator()(int source, int target) const { return column(target)[static_cast<size_t>(source)]; }
  int source_size() const { return source_size_; }
  int target_size() const { return target_size_; }
  int empty_word() const { return source_size_; }
  // By source piece, the empty word last.
  std::span<float> column(int target) { return {values_.data() + offset(target), width()}; }
  std::span<const float> column(int target) const { return {values_.data() + offset(target), width()}; }

 private:
  size_t width() const { return static_cast<size_t>(source_size_) + 1; }
  size_t offset(int target) const { return static_cast<size_t>(target) * width(); }
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
  // Mean over the pieces of both sides of ln of their probability under model 1: about -4 for good translations, some
  // units less for pairs that have nothing to do with each other.
  double score(const SentencePieces& pair) const;

  const LexicalTable& forward() const { return forward_; }    // t(target | source)
  const LexicalTable& backward() const { return backward_; }  // t(source | target)

 private:
  struct Priors;
  LexicalTable forward_, backward_;
  std::unique_ptr<Priors> priors_;
};

}  // namespace kabar::train
