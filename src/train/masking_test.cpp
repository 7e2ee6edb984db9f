#include "train/masking.h"

#include <gtest/gtest.h>

#include "train/corpus.h"

namespace kabar::train {
namespace {

constexpr size_t kEnglish = 0, kChinese = 1, kJapanese = 2, kArabic = 3, kFrench = 4;

Masker masker() {
  TermForms east_java;
  east_java.sources[0] = {U"Jawa Timur"};
  east_java.sources[1] = {U"East Java"};
  east_java.targets[kEnglish] = {U"East Java"};
  east_java.targets[kArabic] = {U"جاوة الشرقية"};
  return Masker({east_java});
}

Example example(std::string source) {
  Example result;
  result.source = std::move(source);
  return result;
}

TEST(Masking, ReplacesFactsByValueInEveryWriting) {
  Example rice = example("Harga beras naik 5,5 persen menjadi Rp14.500 pada Senin (6/8).");
  rice.targets[kEnglish] = "Rice prices rose 5.5 percent to 14,500 rupiah on Monday (August 6).";
  rice.targets[kChinese] = "周一（8月6日），大米价格上涨5.5%，至14500印尼盾。";
  const std::vector<Example> masked = masker().mask(rice);
  ASSERT_EQ(masked.size(), 1u);
  EXPECT_EQ(masked[0].source, "Harga beras naik ⟦P0⟧ menjadi ⟦M0⟧ pada ⟦D0⟧.");
  EXPECT_EQ(masked[0].targets[kEnglish], "Rice prices rose ⟦P0⟧ to ⟦M0⟧ on ⟦D0⟧.");
  EXPECT_EQ(masked[0].targets[kChinese], "⟦D0⟧，大米价格上涨⟦P0⟧，至⟦M0⟧。");
}

// Numbers in words stay: the model inflects them. The French side says "trois", the source "3": still the same fact.
TEST(Masking, LeavesNumberWordsOfTheSource) {
  Example words = example("Dua orang tewas.");
  words.targets[kEnglish] = "Two people died.";
  EXPECT_EQ(masker().mask(words)[0].source, words.source);
  Example figures = example("3 orang tewas.");
  figures.targets[kFrench] = "Bilan : trois morts.";
  EXPECT_EQ(masker().mask(figures)[0].targets[kFrench], "Bilan : ⟦N0⟧ morts.");
}

TEST(Masking, NumbersPlaceholdersByTheirOrderInTheSource) {
  Example crash = example("Sebanyak 25 dari 40 penumpang selamat.");
  crash.targets[kJapanese] = "乗客40人のうち25人が無事だった。";
  EXPECT_EQ(masker().mask(crash)[0].targets[kJapanese], "乗客⟦N1⟧人のうち⟦N0⟧人が無事だった。");
}

TEST(Masking, KeepsFiguresWhereATranslationHasAnotherFact) {
  Example votes = example("Pasangan itu meraih 53 persen suara.");
  votes.targets[kEnglish] = "The pair won 53 percent of the vote.";
  votes.targets[kFrench] = "Le tandem a obtenu plus de la moitié des voix.";
  const std::vector<Example> masked = masker().mask(votes);
  ASSERT_EQ(masked.size(), 2u);
  EXPECT_EQ(masked[0].targets[kEnglish], "The pair won ⟦P0⟧ of the vote.");
  EXPECT_EQ(masked[0].targets[kFrench], "");
  EXPECT_EQ(masked[1].source, votes.source);
  EXPECT_EQ(masked[1].targets[kFrench], votes.targets[kFrench]);
}

// The Arabic preposition is written together with the name and stays.
TEST(Masking, ReplacesTermsAndAcronyms) {
  Example flood = example("KPK memeriksa pejabat di Jawa Timur.");
  flood.targets[kEnglish] = "The KPK questioned officials in East Java.";
  flood.targets[kArabic] = "استجوبت لجنة KPK مسؤولين بجاوة الشرقية.";
  const std::vector<Example> masked = masker().mask(flood);
  EXPECT_EQ(masked[0].source, "⟦X0⟧ memeriksa pejabat di ⟦X1⟧.");
  EXPECT_EQ(masked[0].targets[kEnglish], "The ⟦X0⟧ questioned officials in ⟦X1⟧.");
  EXPECT_EQ(masked[0].targets[kArabic], "استجوبت لجنة ⟦X0⟧ مسؤولين ب⟦X1⟧.");
}

TEST(Masking, LeavesWhatStandsTwice) {
  Example twice = example("Skor 20 lawan 20.");
  twice.targets[kEnglish] = "The score was 20 to 20.";
  EXPECT_EQ(masker().mask(twice)[0].source, twice.source);
}

TEST(TermForms, ComeFromTheTermbaseOfTheProject) {
  const auto terms = read_term_forms(std::string(KABAR_ROOT) + "/data/termbase/id-news");
  ASSERT_TRUE(terms) << terms.error().text();
  const auto surabaya = std::find_if(terms->begin(), terms->end(), [](const TermForms& term) {
    return !term.sources[0].empty() && term.sources[0][0] == U"Surabaya";
  });
  ASSERT_NE(surabaya, terms->end());
  EXPECT_EQ(surabaya->targets[kChinese], std::vector<std::u32string>{U"泗水"});
}

}  // namespace
}  // namespace kabar::train
