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
