#include "train/bilingual_lexicon.h"

#include <gtest/gtest.h>

namespace kabar::train {
namespace {

using Pieces = std::vector<std::string>;

TEST(BilingualLexicon, FindsTheRunOfEachWord) {
  // Domba itu lari. / The sheep ran.
  const Pieces source = {"▁Dom", "ba", "▁itu", "▁lari", "."};
  const Pieces target = {"▁The", "▁she", "ep", "▁ran", "."};
  const std::vector<PieceLink> links = {{2, 0}, {0, 1}, {1, 2}, {3, 3}, {4, 4}};
  const std::vector<WordRun> runs = word_runs(source, target, links, true);
  ASSERT_EQ(runs.size(), 3u);
  EXPECT_EQ(runs[0].word, "domba");
  EXPECT_EQ(runs[0].begin, 1);
  EXPECT_EQ(runs[0].end, 3);
  EXPECT_EQ(runs[1].word, "itu");
  EXPECT_EQ(runs[2].word, "lari");
}

TEST(BilingualLexicon, LeavesOutWhatIsShared) {
  // "gulung tikar" / "bankrupt": neither word alone means it.
  const std::vector<PieceLink> links = {{0, 0}, {1, 0}};
  EXPECT_TRUE(word_runs(Pieces{"▁gulung", "▁tikar"}, Pieces{"▁bankrupt"}, links, true).empty());
}

TEST(BilingualLexicon, TakesWholeWordsWhereThereAreSpaces) {
  // Only the second half of "firewood" is linked.
  const std::vector<PieceLink> links = {{0, 1}};
  EXPECT_TRUE(word_runs(Pieces{"▁kayu"}, Pieces{"▁fire", "wood"}, links, true).empty());
  const std::vector<PieceLink> first = {{0, 0}};
  EXPECT_TRUE(word_runs(Pieces{"▁api"}, Pieces{"▁fire", "wood"}, first, true).empty());
  EXPECT_EQ(word_runs(Pieces{"▁kayu"}, Pieces{"木材", "を"}, first, false).size(), 1u);
}

TEST(BilingualLexicon, FiguresAndPlaceholdersAreNoWords) {
  const std::vector<PieceLink> links = {{0, 0}, {1, 1}};
  EXPECT_TRUE(word_runs(Pieces{"▁12", "⟦N0⟧"}, Pieces{"▁12", "⟦N0⟧"}, links, true).empty());
}

}  // namespace
}  // namespace kabar::train
