#include "base/percent.h"

#include <gtest/gtest.h>

namespace kabar {
namespace {

TEST(Percent, TwoDigitsMakeAByte) {
  EXPECT_EQ(percent_byte("a%2Fb", 1), '/');
  EXPECT_EQ(percent_byte("%c3", 0), '\xC3');
}

TEST(Percent, AnythingElseIsNone) {
  for (const char* text : {"", "%", "%2", "%2g", "%g2", "% 2", "%-1", "a2F"}) {
    EXPECT_EQ(percent_byte(text, 0), std::nullopt) << text;
  }
  EXPECT_EQ(percent_byte("%2F", 7), std::nullopt);
}

}  // namespace
}  // namespace kabar
