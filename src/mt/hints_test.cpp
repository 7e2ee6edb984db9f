#include "mt/hints.h"

#include <gtest/gtest.h>

#include <cmath>

namespace kabar::mt {
namespace {

// Source token 1 may be 10 or 20 21.
const std::vector<TokenHint> kHints = {{{1}, {{{10}, 0.5f}, {{20, 21}, 0.2f}}}};

std::vector<HintGain> gains(std::vector<int32_t> tokens, std::vector<float> attention) {
  std::vector<HintGain> out;
  hint_gains(
      kHints, tokens, attention, [](int32_t) { return 0.1f; }, out);
  return out;
}

TEST(Hints, SayNothingWhereTheAlignmentPointsElsewhere) { EXPECT_TRUE(gains({7}, {0.95f, 0.05f}).empty()); }

TEST(Hints, GiveTheFirstTokensTheirShares) {
  const std::vector<HintGain> out = gains({7}, {0, 1});
  ASSERT_EQ(out.size(), 2u);
  // 0.55 times the root of 0.5 + 0.2, in the proportion of the shares.
  EXPECT_EQ(out[0].token, 10);
  EXPECT_NEAR(out[0].probability, 0.55f * std::sqrt(0.7f) * 5 / 7, 1e-5f);
  EXPECT_EQ(out[1].token, 20);
  EXPECT_NEAR(out[1].probability, 0.55f * std::sqrt(0.7f) * 2 / 7, 1e-5f);
}

TEST(Hints, LetTheModelChooseTheForm) {
  std::vector<HintGain> out;
  const auto model = [](int32_t token) { return token == 20 ? 0.5f : 0.001f; };
  hint_gains(kHints, std::vector<int32_t>{7}, std::vector<float>{0, 1}, model, out);
  ASSERT_EQ(out.size(), 2u);
  EXPECT_GT(out[1].probability, 3 * out[0].probability);
}

TEST(Hints, LeaveTheRestOfTheProbabilityToTheModel) {
  // Two words at once would take more than there is.
  const std::vector<TokenHint> two = {{{0}, {{{10, 11}, 0.9f}}}, {{1}, {{{20, 21}, 0.9f}}}};
  std::vector<HintGain> out;
  const float kept = hint_gains(
      two, std::vector<int32_t>{10}, std::vector<float>{0.1f, 0.9f}, [](int32_t) { return 0.1f; }, out);
  ASSERT_EQ(out.size(), 2u);
  EXPECT_GT(kept, 0);
  EXPECT_NEAR(kept + out[0].probability + out[1].probability, 1, 1e-5f);
  EXPECT_EQ(hint_gains(
                two, {}, std::vector<float>{0, 0}, [](int32_t) { return 0.1f; }, out),
            1);
}

TEST(Hints, GoOnWithWhatWasBegun) {
  const std::vector<HintGain> out = gains({7, 20}, {0.5f, 0.5f});
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(out[0].token, 21);
  EXPECT_NEAR(out[0].probability, 0.55f, 1e-5f);
}

TEST(Hints, FinishAWordThatThePointerHasAlmostLeft) {
  const std::vector<HintGain> out = gains({7, 20}, {0.95f, 0.05f});
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(out[0].token, 21);
}

TEST(Hints, SayAWordOnce) {
  EXPECT_TRUE(gains({10, 7}, {0, 1}).empty());
  EXPECT_TRUE(gains({20, 21, 7}, {0, 1}).empty());
}

}  // namespace
}  // namespace kabar::mt
