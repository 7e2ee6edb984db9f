#include "life/notices.h"

#include <gtest/gtest.h>

namespace kabar::life {
namespace {

std::string notice(Wrong what, const char* wrong, const char* right, Language language) {
  const Result<std::string> text = correction_notice(what, wrong, right, Language::id, language);
  return text ? *text : text.error().text();
}

TEST(CorrectionNotice, FiguresAreWrittenForEachReader) {
  EXPECT_EQ(notice(Wrong::number, "Rp1,2 miliar", "Rp1,2 triliun", Language::en),
            "The correct figure is 1.2 trillion rupiah. An earlier version said 1.2 billion rupiah.");
  EXPECT_EQ(notice(Wrong::number, "Rp1,2 miliar", "Rp1,2 triliun", Language::ja),
            "正しい数値は1兆2000億ルピアです。以前の版では12億ルピアとしていました。");
}

TEST(CorrectionNotice, NamesKeepTheirLetters) {
  EXPECT_EQ(notice(Wrong::name, "Sri Hartati", "Sri Hartini", Language::fr),
            "Le nom exact est Sri Hartini. Une version précédente indiquait Sri Hartati.");
}

TEST(CorrectionNotice, WhatCannotBeReadIsRefusedNotGuessed) {
  EXPECT_EQ(notice(Wrong::number, "banyak", "5", Language::en), "banyak: cannot be read as a number");
  EXPECT_EQ(notice(Wrong::date, "5 persen", "6 Agustus", Language::en), "5 persen: cannot be read as a date");
}

TEST(CorrectionNotice, WhatSaysMoreThanItsFactIsRefused) {
  for (const char* value :
       {"kurang dari 12 orang tewas", "236 dari 465 kursi", "Rp3 juta sampai Rp4,5 juta", "12 orang"}) {
    EXPECT_EQ(notice(Wrong::number, value, "20", Language::en),
              std::string(value) + ": says more than a number; give that alone");
    EXPECT_EQ(notice(Wrong::number, "20", value, Language::id),
              std::string(value) + ": says more than a number; give that alone");
  }
  EXPECT_EQ(notice(Wrong::date, "sebelum 3 Desember 2026 pukul 19.40 WIB", "4 Desember 2026", Language::en),
            "sebelum 3 Desember 2026 pukul 19.40 WIB: says more than a date; give that alone");
  EXPECT_EQ(notice(Wrong::number, "enam ratusan", "650", Language::en), "enam ratusan: cannot be read as a number");
  const std::string whole =
      notice(Wrong::date, "3 Desember 2026 pukul 19.40 WIB", "4 Desember 2026 pukul 19.40 WIB", Language::en);
  EXPECT_NE(whole.find("December 4, 2026"), std::string::npos) << whole;
}

TEST(CorrectionNotice, WhatWasRightIsNoCorrection) {
  EXPECT_EQ(notice(Wrong::number, "5 persen", "5%", Language::en), "5%: was right: --wrong and --right say the same");
  EXPECT_EQ(notice(Wrong::name, "Sri", "Sri", Language::en), "Sri: was right: --wrong and --right say the same");
  EXPECT_FALSE(translation_notice("He", "He", Language::en));
}

TEST(CorrectionNotice, EveryKindHasANameAndASentenceInEveryLanguage) {
  for (const Wrong what : {Wrong::headline, Wrong::picture, Wrong::other}) {
    EXPECT_EQ(parse_wrong(name_of(what)), what);
    for (const Language language :
         {Language::id, Language::en, Language::zh, Language::ja, Language::ar, Language::fr}) {
      EXPECT_FALSE(notice(what, "", "", language).empty());
    }
  }
}

}  // namespace
}  // namespace kabar::life
