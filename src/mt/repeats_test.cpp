#include "mt/repeats.h"

#include <gtest/gtest.h>

namespace kabar::mt {
namespace {

std::vector<TokenPenalty> penalties(const std::vector<int32_t>& tokens, const std::vector<int32_t>& sources,
                                    const std::vector<float>& attention) {
  std::vector<TokenPenalty> out;
  repeat_penalties(tokens, sources, attention, out);
  return out;
}

TEST(Repeats, DissuadeFromWhatWasWrittenForTheWordLookedAt) {
  // Five source tokens; 10 was read from the first, 20 from the fourth, at which the head still looks.
  const auto out = penalties({10, 20}, {0, 3}, {0, 0, 0, 1, 0});
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(out[0].token, 20);
  EXPECT_FLOAT_EQ(out[0].nats, 2.5f);
}

TEST(Repeats, CountNeighbours) {
  const auto out = penalties({20}, {3}, {0, 0, 0.25f, 0.25f, 0.25f});
  ASSERT_EQ(out.size(), 1u);
  EXPECT_FLOAT_EQ(out[0].nats, 1.875f);  // three quarters
}

TEST(Repeats, AllowAWordThatTheSourceSaysTwice) { EXPECT_TRUE(penalties({10}, {0}, {0.05f, 0, 0, 0.95f}).empty()); }

TEST(Repeats, NameATokenOnce) { EXPECT_EQ(penalties({10, 10}, {0, 0}, {1, 0}).size(), 1u); }

TEST(Repeats, StayInsideTheSentence) { EXPECT_EQ(penalties({10, 11}, {0, 1}, {0.5f, 0.5f}).size(), 2u); }

}  // namespace
}  // namespace kabar::mt
