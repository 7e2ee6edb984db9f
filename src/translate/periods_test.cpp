#include "translate/periods.h"

#include <gtest/gtest.h>

#include "text/typography.h"

namespace kabar::translate {
namespace {

std::string spelled(std::string text) { return text::apply_edits(text, spell_periods(text)); }

TEST(Periods, OfAYearAreSaidInWords) {
  EXPECT_EQ(spelled("Laba naik pada semester I 2026."), "Laba naik pada semester pertama 2026.");
  EXPECT_EQ(spelled("Ekonomi “tumbuh” pada kuartal III-2026."), "Ekonomi “tumbuh” pada kuartal ketiga 2026.");
  EXPECT_EQ(spelled("Triwulan II dan triwulan IV/2025 turun."), "Triwulan kedua dan triwulan keempat 2025 turun.");
}

TEST(Periods, LeaveOtherRomanFiguresAlone) {
  for (const char* text : {"Paus Yohanes Paulus II wafat.", "Semester Islam dimulai.", "Kuartal VI tidak ada.",
                           "Perang Dunia II", "kuartal IIX"}) {
    EXPECT_EQ(spelled(text), text);
  }
}

}  // namespace
}  // namespace kabar::translate
