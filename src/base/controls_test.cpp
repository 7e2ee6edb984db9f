#include "base/controls.h"

#include <gtest/gtest.h>

namespace kabar {
namespace {

TEST(Controls, AreNoText) {
  EXPECT_EQ(drop_controls("satu\vdua\ftiga\x01\x1B[31m\x7F\tempat\r\nlima"), "satu dua tiga[31m\tempat\r\nlima");
  EXPECT_EQ(drop_controls("a\u0085b\uFFFEc\uFFFFd\u00A0é中"), "abcd\u00A0é中");
  EXPECT_EQ(one_line("satu\r\ndua\t\x07"), "satu  dua ");
}

}  // namespace
}  // namespace kabar
