#include "translate/articles.h"

#include <gtest/gtest.h>

namespace kabar::translate {
namespace {

std::string with(std::string before, std::string name, Language target) {
  return before + std::string(missing_article(before, name, target)) + name;
}

TEST(Articles, AreWrittenBeforeBodies) {
  EXPECT_EQ(with("according to ", "Supreme Court", Language::en), "according to the Supreme Court");
  EXPECT_EQ(with("", "House of Representatives", Language::en), "the House of Representatives");
  EXPECT_EQ(with("The head of ", "Corruption Eradication Commission (KPK)", Language::en),
            "The head of the Corruption Eradication Commission (KPK)");
  EXPECT_EQ(with("Selon ", "Agence nationale de la nutrition", Language::fr),
            "Selon l'Agence nationale de la nutrition");
  EXPECT_EQ(with("", "Cour suprême", Language::fr), "la Cour suprême");
  EXPECT_EQ(with("Le chef de ", "Parquet général", Language::fr), "Le chef de le Parquet général")
      << "elision makes du of it";
}

TEST(Articles, ComeOnceAndOnlyWhereTheyBelong) {
  for (const char* before : {"the ", "its ", "said a ", "Indonesian ", "the country's ", "(", "police, "}) {
    EXPECT_EQ(missing_article(before, "Supreme Court", Language::en), "") << before;
  }
  EXPECT_EQ(missing_article("by ", "Pertamina", Language::en), "");
  EXPECT_EQ(missing_article("by ", "Bank Indonesia", Language::en), "");
  EXPECT_EQ(missing_article("by ", "Parliament", Language::en), "");
  for (const char* before : {"la ", "de la ", "l'", "cette ", "notre ", "en "}) {
    EXPECT_EQ(missing_article(before, "Cour suprême", Language::fr), "") << before;
  }
  EXPECT_EQ(missing_article("par ", "Pertamina", Language::fr), "");
  EXPECT_EQ(missing_article("", "最高法院", Language::zh), "");
}

}  // namespace
}  // namespace kabar::translate
