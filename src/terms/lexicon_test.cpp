#include "terms/lexicon.h"

#include <gtest/gtest.h>

namespace kabar::terms {
namespace {

constexpr std::string_view kTable =
    "# a comment\n"
    "domba\tsheep\t0.42\n"
    "domba\tlamb\t0.10\n"
    "layang-layang\tkite\t0.50\n";

TEST(Lexicon, FindsWordsWhateverTheirCase) {
  const auto lexicon = Lexicon::parse(kTable, Language::id, Language::en, "id-en.tsv");
  ASSERT_TRUE(lexicon);
  const auto found = lexicon->find("Domba itu lari.", Language::id, Language::en);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].source, (Span{0, 5}));
  ASSERT_EQ(found[0].renderings.size(), 2u);
  EXPECT_EQ(found[0].renderings[0].text, "sheep");
  EXPECT_FLOAT_EQ(found[0].renderings[0].share, 0.42f);
}

TEST(Lexicon, ReadsHyphenatedWordsWholeAndLeavesPlaceholdersAlone) {
  const auto lexicon = Lexicon::parse(kTable, Language::id, Language::en, "id-en.tsv");
  ASSERT_TRUE(lexicon);
  const auto found = lexicon->find("⟦domba⟧ «layang-layang» dombaku", Language::id, Language::en);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].source, (Span{9, 22}));
}

TEST(Lexicon, TakesTheLongestCompound) {
  const auto lexicon =
      Lexicon::parse("rumah\thouse\t0.5\nrumah sakit\thospital\t0.8\nrumah sakit jiwa\tasylum\t0.8\nsakit\till\t0.5\n",
                     Language::id, Language::en, "id-en.tsv");
  ASSERT_TRUE(lexicon);
  const auto renderings = [&](std::string_view text) {
    std::vector<std::string> all;
    for (const LexiconMatch& match : lexicon->find(text, Language::id, Language::en))
      all.push_back(match.renderings.front().text);
    return all;
  };
  EXPECT_EQ(renderings("Rumah sakit itu"), std::vector<std::string>{"hospital"});
  EXPECT_EQ(renderings("di rumah sakit jiwa"), std::vector<std::string>{"asylum"});
  EXPECT_EQ(renderings("rumah, sakit"), (std::vector<std::string>{"house", "ill"}));
  EXPECT_EQ(renderings("rumah"), std::vector<std::string>{"house"});
  const auto found = lexicon->find("di rumah sakit itu", Language::id, Language::en);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].source, (Span{3, 14}));
}

TEST(Lexicon, KnowsWordsWithEndingsAndSaidTwice) {
  const auto lexicon = Lexicon::parse("anak\tchild\t0.5\ntanya\task\t0.5\n", Language::id, Language::en, "id-en.tsv");
  ASSERT_TRUE(lexicon);
  for (const std::string_view text : {"anak-anak", "anaknya", "Anaklah", "tanya"}) {
    EXPECT_EQ(lexicon->find(text, Language::id, Language::en).size(), 1u) << text;
  }
  for (const std::string_view text : {"anak-cucu", "nya", "anakan"}) {
    EXPECT_TRUE(lexicon->find(text, Language::id, Language::en).empty()) << text;
  }
}

TEST(Lexicon, HasNoHintsForOtherPairs) {
  const auto lexicon = Lexicon::parse(kTable, Language::id, Language::en, "id-en.tsv");
  ASSERT_TRUE(lexicon);
  EXPECT_TRUE(lexicon->find("domba", Language::id, Language::fr).empty());
  EXPECT_TRUE(Lexicon("/nowhere").find("domba", Language::id, Language::en).empty());
}

TEST(Lexicon, FaultsNameTheLine) {
  for (const char* bad : {"domba\tsheep\n", "domba\t\t0.4\n", "domba\tsheep\t1.4\n", "domba\tsheep\t0.4x\n"}) {
    const auto lexicon = Lexicon::parse(std::string("a\tb\t0.5\n") + bad, Language::id, Language::en, "id-en.tsv");
    ASSERT_FALSE(lexicon) << bad;
    EXPECT_EQ(lexicon.error().place, "id-en.tsv:2");
  }
}

}  // namespace
}  // namespace kabar::terms
