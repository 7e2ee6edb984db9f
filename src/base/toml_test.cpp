#include "base/toml.h"

#include <gtest/gtest.h>

namespace kabar {
namespace {

TEST(Toml, TellsTheLineOfAnError) {
  const Result<toml::table> table = parse_toml("one = 1\ntwo = \n", "kabar.toml");
  ASSERT_FALSE(table.has_value());
  EXPECT_EQ(table.error().place, "kabar.toml:2");
}

// Each of these stops the program if it reaches toml++.
TEST(Toml, RefusesHeadersWithoutName) {
  for (const char* header : {"[!", "[", "[]", "[[", "[[!]]", " [\t.x]", "[\x01]"}) {
    const Result<toml::table> table = parse_toml(std::string("one = 1\n") + header + "\n", "kabar.toml");
    ASSERT_FALSE(table.has_value()) << header;
    EXPECT_EQ(table.error().place, "kabar.toml:2") << header;
  }
}

TEST(Toml, ReadsTablesAndArrays) {
  const Result<toml::table> table = parse_toml("[a]\nlist = [\n  [1, 2],\n]\n[[b]]\n['c d']\n", "kabar.toml");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ((*table)["a"]["list"][0][1].value<int>(), 2);
}

}  // namespace
}  // namespace kabar
