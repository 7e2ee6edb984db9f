#include "text/unit_symbols.h"

#include <gtest/gtest.h>

namespace kabar::text {
namespace {

std::string written(std::string_view behind, Language language) {
  const std::optional<UnitSymbol> unit = find_unit_symbol(behind);
  return unit ? write_unit(unit->number, "60", language) : "none";
}

TEST(UnitSymbols, AreWrittenAsEachLanguageDoes) {
  EXPECT_EQ(written(" km/jam.", Language::en), "60 km/h");
  EXPECT_EQ(written(" km/jam", Language::ja), "時速60キロ");
  EXPECT_EQ(written("km/jam", Language::zh), "每小时60公里");
  EXPECT_EQ(written(" m, lalu", Language::en), "60 m");
  EXPECT_EQ(written(" m2 tanah", Language::fr), "60 m²");
  EXPECT_EQ(written(" °C", Language::ar), "60 درجة مئوية");
  EXPECT_EQ(find_unit_symbol(" km/jam dan")->points, 7);
}

TEST(UnitSymbols, AreNoBeginningsOfWords) {
  EXPECT_EQ(written(" meter", Language::en), "none");
  EXPECT_EQ(written(" mobil", Language::en), "none");
  EXPECT_EQ(written(" m/menit", Language::en), "none");
  EXPECT_EQ(written(" orang", Language::en), "none");
  EXPECT_EQ(written("", Language::en), "none");
}

}  // namespace
}  // namespace kabar::text
