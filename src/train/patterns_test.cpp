#include "train/patterns.h"

#include <gtest/gtest.h>

#include <set>

#include "train/exclusion.h"
#include "train/masking.h"

namespace kabar::train {
namespace {

const std::filesystem::path kRoot = KABAR_ROOT;

PatternSet project_patterns() {
  Result<PatternSet> set = read_patterns(kRoot / "train/patterns");
  EXPECT_TRUE(set) << set.error().text();
  return set ? std::move(*set) : PatternSet();
}

TEST(Patterns, OfTheProjectAreManyAndDistinct) {
  const PatternSet set = project_patterns();
  EXPECT_GE(set.patterns.size(), 300u);
  std::set<std::string> texts;
  for (const PatternSet::Pattern& pattern : set.patterns) {
    EXPECT_TRUE(texts.insert(pattern.texts[0]).second) << pattern.place;
    for (const std::string& text : pattern.texts) EXPECT_FALSE(text.empty()) << pattern.place;
  }
}

TEST(Patterns, AreFilledTheSameForTheSameSeed) {
  const PatternSet set = project_patterns();
  const std::vector<Example> first = fill_patterns(set, 50, 0.5, 7, 0);
  const std::vector<Example> again = fill_patterns(set, 50, 0.5, 7, 0);
  ASSERT_EQ(first.size(), 100u);  // from Indonesian and from English
  for (size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].source, again[i].source);
    EXPECT_EQ(first[i].targets, again[i].targets);
  }
}

TEST(Patterns, LeaveNoSlotOpenAndNumberPlaceholdersBySource) {
  const PatternSet set = project_patterns();
  const auto count = static_cast<int>(set.patterns.size());
  for (const Example& example : fill_patterns(set, count, 1.0, 3, 0)) {
    EXPECT_EQ(example.source.find('{'), std::string::npos) << example.source;
    // The first placeholder of a kind in the source has the number 0.
    const size_t place = example.source.find("\u27E6");
    if (place != std::string::npos) {
      EXPECT_EQ(example.source[place + 4], '0') << example.source;
    }
    for (const std::string& text : example.targets) {
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      EXPECT_TRUE(text.empty() || has_placeholder(text) == has_placeholder(example.source)) << text;
    }
  }
}

TEST(Patterns, ContractFrench) {
  EXPECT_EQ(contract_french("le prix de le riz et de l'ail"), "le prix du riz et de l'ail");
  EXPECT_EQ(contract_french("la ville de Ambon"), "la ville d'Ambon");
  EXPECT_EQ(contract_french("par le ministre à les habitants"), "par le ministre aux habitants");
}

TEST(Patterns, ContractArabic) { EXPECT_EQ(contract_arabic("قال لالوزير"), "قال للوزير"); }

// What the demonstration translates must be new to the model.
TEST(TrainingTexts, HoldNoSentenceOfTheSamplesAndEvaluationSets) {
  const auto exclusion = Exclusion::read({kRoot / "data/samples", kRoot / "tests/eval"});
  ASSERT_TRUE(exclusion) << exclusion.error().text();
  const PatternSet set = project_patterns();
  for (const Example& example : fill_patterns(set, 3 * static_cast<int>(set.patterns.size()), 0, 1, 0)) {
    EXPECT_FALSE(exclusion->contains(example.source)) << example.source;
    for (const std::string& text : example.targets) EXPECT_FALSE(exclusion->contains(text)) << text;
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kRoot / "train")) {
    if (entry.path().extension() != ".tsv" || entry.path().parent_path().filename() == "slots") continue;
    const auto lines = read_six(entry.path());
    ASSERT_TRUE(lines) << lines.error().text();
    for (const SixTexts& texts : *lines) {
      for (const std::string& text : texts) EXPECT_FALSE(exclusion->contains(text)) << text;
    }
  }
}

TEST(Exclusion, KnowsASentenceByItsLettersAndDigits) {
  Exclusion exclusion;
  exclusion.add("Harga beras naik 5 persen, kata menteri.");
  EXPECT_TRUE(exclusion.contains("harga beras NAIK 5 persen kata menteri"));
  EXPECT_FALSE(exclusion.contains("Harga beras naik 6 persen, kata menteri."));
  EXPECT_FALSE(exclusion.contains("Jakarta"));
}

}  // namespace
}  // namespace kabar::train
