#include "translate/review.h"

#include <gtest/gtest.h>

#include "translate/finish.h"
#include "translate/pipeline.h"

namespace kabar::translate {
namespace {

// Prefers a wrong figure; has the right one among its other hypotheses when asked for enough of them.
class Hesitating : public mt::Translator {
 public:
  explicit Hesitating(int others_min) : others_min_(others_min) {}
  Result<std::vector<std::vector<mt::Hypothesis>>> translate(std::span<const mt::Sentence> sentences, Language,
                                                             std::span<const Language> targets,
                                                             const mt::TranslateOptions& options,
                                                             std::stop_token) const override {
    mt::Hypothesis best{.text = "The losses reached 520 tons."};
    if (options.others >= others_min_) {
      best.others = {{.text = "The losses not reached 250 tons."}, {.text = "The losses reached 250 tons."}};
    }
    return std::vector(targets.size(), std::vector(sentences.size(), best));
  }
  std::string model_name(Language, Language) const override { return "test 1"; }
  bool keeps_placeholders(Language, Language) const override { return false; }

 private:
  int others_min_;
};

class Best : public testing::TestWithParam<std::pair<int, Origin>> {};

// The first try has a few hypotheses, a repair more.
INSTANTIATE_TEST_SUITE_P(Tries, Best, testing::Values(std::pair(2, Origin::machine), std::pair(8, Origin::repaired)));

TEST_P(Best, IsTheHypothesisInWhichLeastIsFound) {
  const Result<checks::Knowledge> knowledge = checks::Knowledge::load(KABAR_ROOT "/data");
  ASSERT_TRUE(knowledge) << knowledge.error().text();
  const Hesitating translator(GetParam().first);
  const std::vector<Segment> segments = {{.id = "s1", .text = "Kerugian mencapai 250 ton."}};
  const size_t wanted[] = {0};
  const Language targets[] = {Language::en};
  const auto result = Pipeline(translator, *knowledge).translate(segments, wanted, {}, targets);
  ASSERT_TRUE(result) << result.error().text();
  const TranslatedSegment& segment = (*result)[0][0];
  EXPECT_EQ(segment.text, "The losses reached 250 tons.");
  EXPECT_EQ(segment.origin, GetParam().second);
  EXPECT_TRUE(segment.findings.empty());
}

TEST(Finish, ASentenceBeginsWithACapitalIfTheSourceDoes) {
  const auto finished = [](std::string source, std::string text) {
    Prepared prepared;
    prepared.segment.text = source;
    prepared.sent.source = EditedText(source, {});
    return finish(prepared, {.text = std::move(text)}, 0, Language::en, "test 1").text;
  };
  EXPECT_EQ(finished("Gempa terjadi.", "an earthquake struck."), "An earthquake struck.");
  EXPECT_EQ(finished("\"Gempa,\" katanya.", "“earthquake,” he said."), "“Earthquake,” he said.");
  EXPECT_EQ(finished("iPhone laku.", "iPhones sell."), "iPhones sell.");
}

}  // namespace
}  // namespace kabar::translate
