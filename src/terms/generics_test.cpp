#include "terms/generics.h"

#include <gtest/gtest.h>

namespace kabar::terms {
namespace {

Result<Generics> read(std::string_view rows) {
  return Generics::make(*parse_table("id\ten\tzh\n" + std::string(rows), "g.tsv"), "g.tsv");
}

TEST(Generics, JoinANameAsTheLanguageDoes) {
  const Result<Generics> generics = read("sungai\tthe {} River\t{}河\nair terjun\t{} Waterfall\t{}瀑布\n");
  ASSERT_TRUE(generics);
  EXPECT_TRUE(generics->contains("air terjun"));
  EXPECT_EQ(generics->join("sungai", "Ciliwung", Language::en), "the Ciliwung River");
  EXPECT_EQ(generics->join("sungai", "芝利翁", Language::zh), "芝利翁河");
  EXPECT_EQ(generics->join("sungai", "黄河", Language::zh), "黄河") << "its generic is there already";
  EXPECT_EQ(generics->join("sungai", "Ciliwung", Language::fr), std::nullopt);
  EXPECT_EQ(generics->join("laut", "Jawa", Language::en), std::nullopt);
}

TEST(Generics, SayWhereARowIsWrong) {
  const auto error = [](std::string_view rows) {
    const Result<Generics> generics = read(rows);
    return generics ? std::string() : generics.error().place + ": " + generics.error().message;
  };
  EXPECT_EQ(error("sungai\tRiver\t{}河\n"), "g.tsv:2: 'River' must have one {} for the name");
  EXPECT_EQ(error("sungai\t{} {}\t{}河\n"), "g.tsv:2: '{} {}' must have one {} for the name");
  EXPECT_EQ(error("sungai\t{} River\t{}河\nsungai\t{} River\t{}河\n"), "g.tsv:3: 'sungai' is empty or occurs twice");
}

}  // namespace
}  // namespace kabar::terms
