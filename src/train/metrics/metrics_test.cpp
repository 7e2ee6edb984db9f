#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "train/metrics/bleu.h"
#include "train/metrics/chrf.h"

namespace kabar::train {
namespace {

std::vector<std::string> lines(const std::string& name) {
  std::ifstream file(std::string(KABAR_ROOT) + "/tests/eval/" + name);
  std::vector<std::string> result;
  for (std::string line; std::getline(file, line);) result.push_back(line);
  return result;
}

struct Published {
  const char* output;     // in tests/eval/scored
  const char* reference;  // language
  double bleu;            // as the file .bleu says
  double chrf;            // published with the set; 0 = not published
};

// The systems were scored with sacreBLEU 2.3.1; chrF is from the description of the evaluation data.
constexpr Published kPublished[] = {{"en-ar.nllb", "ar", 21.3, 52.9},
                                    {"en-fr.bergamot-tiny", "fr", 48.5, 70.3},
                                    {"en-ja.nllb", "ja", 19.2, 29.8},
                                    {"en-zh.nllb", "zh", 29.6, 26.5},
                                    {"id-en.nllb", "en", 39.2, 64.2}};

TEST(Metrics, GiveEveryPublishedOutputItsPublishedScore) {
  for (const Published& system : kPublished) {
    const std::vector<std::string> output = lines(std::string("scored/") + system.output + ".txt");
    const std::vector<std::string> reference = lines(std::string("flores-dev/") + system.reference + ".txt");
    ASSERT_EQ(output.size(), 997u) << system.output;
    ASSERT_EQ(reference.size(), 997u);
    const auto tokenizer = bleu_tokenizer(*Language::parse(system.reference));
    if (tokenizer->name() != "char") {  // Japanese without MeCab cannot be compared
      EXPECT_NEAR(bleu(output, reference, *tokenizer), system.bleu, 0.05) << system.output;
    }
    EXPECT_NEAR(chrf(output, reference), system.chrf, 0.05) << system.output;
  }
}

TEST(Chrf, OfEqualTextsIs100AndOfStrangersIs0) {
  EXPECT_DOUBLE_EQ(chrf(chrf_counts("harga beras naik", "harga beras naik")), 100);
  EXPECT_DOUBLE_EQ(chrf(chrf_counts("xyz", "abc")), 0);
  EXPECT_DOUBLE_EQ(chrf(chrf_counts("", "abc")), 0);
}

// "ab" for "abc": 1-grams P 2/2, R 2/3; 2-grams P 1/1, R 1/2; the hypothesis has no 3-gram, so two orders count:
// P = 1, R = 7/12, F2 = 5 * 7/12 / (4 + 7/12) = 35/55.
TEST(Chrf, CountsOnlyOrdersThatBothSidesHave) { EXPECT_NEAR(chrf(chrf_counts("a b", "abc")), 100.0 * 35 / 55, 1e-9); }

TEST(Bleu, PartsMarksAsMteval13aDoes) {
  const std::vector<std::string> expected = {"Rp", "1.200", ",", "he", "said", ".", "(", "5", "-", "6", ")", "\""};
  EXPECT_EQ(bleu_tokenizer(Language::en)->tokens("Rp 1.200, he said. (5-6)&quot;"), expected);
}

TEST(Bleu, PartsChineseByCharacter) {
  const std::vector<std::string> expected = {"KPK", "周", "二", "，", "5", "月"};
  EXPECT_EQ(bleu_tokenizer(Language::zh)->tokens("KPK 周二，5月"), expected);
}

// Four tokens of five match as 1-grams, 3 of 4 as 2-grams, 2 of 3 and 1 of 2: BLEU = (4/5*3/4*2/3*1/2)^(1/4) =
// 0.2^(1/4).
TEST(Bleu, IsTheGeometricMeanOfPrecisions) {
  const std::vector<std::string> hypothesis = {"a", "b", "c", "d", "x"};
  const std::vector<std::string> reference = {"a", "b", "c", "d", "e"};
  EXPECT_NEAR(bleu(bleu_counts(hypothesis, reference)), 100 * std::pow(0.2, 0.25), 1e-9);
}

}  // namespace
}  // namespace kabar::train
