#include "mt/hints.h"

#include <gtest/gtest.h>

namespace kabar::mt {
namespace {

// Source token 1 may be 10 or 20 21.
const std::vector<TokenHint> kHints = {{{1}, {{{10}, 0.5f}, {{20, 21}, 0.2f}}}};

std::vector<HintGain> gains(std::vector<int32_t> tokens, std::vector<float> attention) {
  std::vector<HintGain> out;
  hint_gains(kHints, tokens, attention, out);
  return out;
}

TEST(Hints, SayNothingWhereTheAlignmentPointsElsewhere) { EXPECT_TRUE(gains({7}, {0.9f, 0.1f}).empty()); }

TEST(Hints, GiveTheFirstTokensTheirShares) {
  const std::vector<HintGain> out = gains({7}, {0, 1});
  ASSERT_EQ(out.size(), 2u);
  // 0.7 * 0.5 and 0.7 * 0.2, which leave the model 1 - 0.49.
  EXPECT_EQ(out[0].token, 10);
  EXPECT_NEAR(out[0].probability, 0.35f / 0.51f, 1e-5f);
  EXPECT_EQ(out[1].token, 20);
  EXPECT_NEAR(out[1].probability, 0.14f / 0.51f, 1e-5f);
}

TEST(Hints, GoOnWithWhatWasBegun) {
  const std::vector<HintGain> out = gains({7, 20}, {0.5f, 0.5f});
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(out[1].token, 21);
  EXPECT_GT(out[1].probability, out[0].probability);
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
