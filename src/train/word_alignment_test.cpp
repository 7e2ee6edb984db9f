#include "train/word_alignment.h"

#include <gtest/gtest.h>

namespace kabar::train {
namespace {

using Ids = std::vector<uint16_t>;

// Three "sentences" in which only co-occurrence tells what belongs together: 1-11, 2-12, 3-13.
struct Toy {
  std::vector<Ids> sources = {{1, 2}, {2, 3}, {1, 3}, {1}, {2}};
  std::vector<Ids> targets = {{12, 11}, {13, 12}, {13, 11}, {11}, {12}};
  std::vector<SentencePieces> pairs;
  Toy() {
    for (size_t i = 0; i < sources.size(); ++i) pairs.push_back({sources[i], targets[i]});
  }
};

AlignmentOptions toy_options() {
  return {.source_size = 20, .target_size = 20, .rounds = 20, .model1_rounds = 20, .tension = 0};
}

TEST(WordAlignment, FindsWhatBelongsTogetherAcrossWordOrder) {
  const Toy toy;
  Aligner aligner(toy.pairs, toy_options());
  EXPECT_GT(aligner.forward()(1, 11), 0.9f);
  EXPECT_GT(aligner.backward()(13, 3), 0.9f);
  // Source 1 2 stands as 12 11: the second target piece comes from the first source piece.
  EXPECT_EQ(aligner.links(toy.pairs[0]), (std::vector<PieceLink>{{1, 0}, {0, 1}}));
}

TEST(WordAlignment, ProbabilitiesOfASourcePieceSumToOne) {
  const Toy toy;
  const LexicalTable table = train_lexical_table(toy.pairs, toy_options());
  double sum = 0;
  for (int target = 0; target < table.target_size(); ++target) sum += table(2, target);
  EXPECT_NEAR(sum, 1, 1e-4);
}

TEST(WordAlignment, ScoresAWrongPairBelowARightOne) {
  const Toy toy;
  const Aligner aligner(toy.pairs, toy_options());
  const Ids stranger = {13};
  EXPECT_GT(aligner.score({toy.sources[3], toy.targets[3]}), aligner.score({toy.sources[3], stranger}) + 1);
}

// grow-diag: 1-1 is sure; 2-1 touches it and its source has no link yet, so it comes in. 5-3 touches nothing.
TEST(WordAlignment, GrowsAlongNeighbours) {
  const std::vector<int> forward = {-1, 1, -1, 5};
  const std::vector<int> backward = {-1, 1, 1, -1, -1, -1};
  EXPECT_EQ(symmetrize(forward, backward), (std::vector<PieceLink>{{1, 1}, {2, 1}}));
}

TEST(WordAlignment, TakesEmptySides) {
  const Ids empty;
  const std::vector<SentencePieces> pairs = {{empty, empty}};
  Aligner aligner(pairs, toy_options());
  EXPECT_TRUE(aligner.links(pairs[0]).empty());
}

}  // namespace
}  // namespace kabar::train
