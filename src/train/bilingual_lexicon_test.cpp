#include "train/bilingual_lexicon.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <set>

#include "base/file.h"

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

TEST(BilingualLexicon, TheDictionaryGivesItsRenderingsByRank) {
  // Without records there is nothing but the dictionary.
  const std::vector<DictionaryEntry> dictionary = {
      {"rumah sakit",
       {{"rumah sakit"}, {"hospital", "hospitals"}, {"hôpital"}, {"医院"}, {"病院"}, {"المستشفى", "مستشفى"}}},
      {"kotor", {{"kotor"}, {"dirty", "100 %", "dirty"}, {"sale"}, {"脏"}, {"汚い"}, {"قذر"}}}};
  const auto folder = std::filesystem::temp_directory_path() / ("kabar-lexicon-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const auto vocabularies = Vocabularies::open(KABAR_ROOT "/models/starter");
  ASSERT_TRUE(vocabularies);
  ASSERT_TRUE(write_bilingual_lexicon({}, *vocabularies, dictionary, folder));
  const auto text = read_file(folder / "id-en.tsv", 1 << 20);
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("\nkotor\tdirty\t0.85\n"), std::string::npos) << *text;  // no figures, nothing twice
  EXPECT_NE(text->find("\nrumah sakit\thospital\t0.49\nrumah sakit\thospitals\t0.36\n"), std::string::npos) << *text;
}

TEST(BilingualLexicon, TheWrittenDictionaryIsWhole) {
  const auto entries = read_dictionary(KABAR_ROOT "/train/dictionary");
  ASSERT_TRUE(entries) << entries.error().message;
  EXPECT_GT(entries->size(), 20'000u);
  std::set<std::string> terms;
  for (const DictionaryEntry& entry : *entries) EXPECT_TRUE(terms.insert(entry.term).second) << entry.term << " twice";
}

}  // namespace
}  // namespace kabar::train
