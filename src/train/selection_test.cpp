#include "train/selection.h"

#include <gtest/gtest.h>

#include <cmath>

#include "train/likeness.h"

namespace kabar::train {
namespace {

using Ids = std::vector<uint16_t>;

TEST(Likeness, PrefersSentencesThatGoOnAsTheDomainDoes) {
  BigramModel news(10);
  BigramModel general(10);
  for (int i = 0; i < 50; ++i) {
    news.add(Ids{1, 2, 3});
    general.add(Ids{3, 2, 1});
  }
  EXPECT_GT(likeness(news, general, Ids{1, 2, 3}), 0);
  EXPECT_LT(likeness(news, general, Ids{3, 2, 1}), 0);
}

TEST(Likeness, TakesPiecesThatWereNeverSeen) {
  BigramModel model(10);
  model.add(Ids{1});
  EXPECT_TRUE(std::isfinite(model.cross_entropy(Ids{9, 9})));
}

TEST(NearDuplicates, AreTextsWithTheSameLongWords) {
  EXPECT_EQ(near_duplicate_key("Since version 4.2, this option is ignored."),
            near_duplicate_key("This option is ignored since version 5.1"));
  EXPECT_NE(near_duplicate_key("This option is ignored."), near_duplicate_key("This option is required."));
  EXPECT_NE(near_duplicate_key("I am in."), near_duplicate_key("You are up."));  // too short to tell by long words
}

TEST(NearDuplicates, AreDroppedOnlyFromGroupsThatAreCutDown) {
  std::vector<GroupRule> groups(2);
  groups[1].keep = 0.5;
  std::vector<Example> examples(4);
  for (Example& example : examples) example.source = "Harga beras naik lagi";
  examples[2].group = examples[3].group = 1;
  EXPECT_EQ(drop_near_duplicates(examples, groups), 1);
  EXPECT_EQ(examples.size(), 3u);
}

TEST(FaultOfPair, NamesWhatTeachesNothing) {
  EXPECT_FALSE(fault_of_pair("Harga beras naik.", "Rice prices rose."));
  EXPECT_FALSE(fault_of_pair("Pemerintah menaikkan harga bahan bakar minyak.", "政府上调燃油价格。"));
  EXPECT_EQ(fault_of_pair("Ya", "Yes"), "too short");
  EXPECT_EQ(fault_of_pair("12.500 / 13.000 (2024)", "12,500 / 13,000 (2024)"), "few letters");
  EXPECT_EQ(fault_of_pair("<b>%s</b> {0} <i>x</i>", "<b>%s</b> {0} <i>x</i>"), "few letters");
  EXPECT_EQ(fault_of_pair("Kirim surel", "Kirim surel"), "not translated");
  EXPECT_EQ(fault_of_pair("Harga beras naik.",
                          "Rice prices rose sharply again this week in all markets of the capital city."),
            "lengths");
}

}  // namespace
}  // namespace kabar::train
