#include "terms/transliterate.h"

#include <gtest/gtest.h>

namespace kabar::terms {
namespace {

struct Case {
  const char* name;
  const char* japanese;
  const char* arabic;
};

const Case kCases[] = {
    {"Budi Santoso", "ブディ・サントソ", "بودي سانتوسو"},
    {"Soekarno", "スカルノ", "سوكارنو"},
    {"Siti", "シティ", "سيتي"},
    {"Bandung", "バンドゥン", "باندونغ"},
    {"Nyoman", "ニョマン", "نيومان"},
    {"Bambang", "バンバン", "بامبانغ"},
    {"Ali", "アリ", "ألي"},
};

NameTable names() {
  Result<NameTable> table = NameTable::make(
      "# people\n"
      "name\tzh\tja\tar\n"
      "F\tF\tF\tإف\n"
      "John\t约翰\tジョン\tجون\n"
      "Kennedy\t肯尼迪\tケネディ\tكينيدي\n"
      "Kim\t金\tキム\tكيم\n"
      "Jong\t正\tジョン\tجونغ\n"
      "Un\t恩\tウン\tأون\n"
      "un\t恩\tウン\tأون\n"
      "Tanaka\t田中\t田中\tتاناكا\n",
      "names.tsv");
  EXPECT_TRUE(table) << table.error().message;
  return *table;
}

TEST(Transliterate, WritesNamesBySound) {
  for (const Case& test : kCases) {
    EXPECT_EQ(transliterate(test.name, Language::ja, names()).text, test.japanese) << test.name;
    EXPECT_EQ(transliterate(test.name, Language::ar, names()).text, test.arabic) << test.name;
  }
}

TEST(Transliterate, WritesPartsThatTheTableHasAsNewspapersDo) {
  EXPECT_EQ(transliterate("John F. Kennedy", Language::zh, names()).text, "约翰·F·肯尼迪");
  EXPECT_EQ(transliterate("John F. Kennedy", Language::ja, names()).text, "ジョン・F・ケネディ");
  EXPECT_EQ(transliterate("John F. Kennedy", Language::ar, names()).text, "جون إف كينيدي");
  // Chinese characters of one name are not divided.
  EXPECT_EQ(transliterate("Kim Jong-un", Language::zh, names()).text, "金正恩");
  EXPECT_EQ(transliterate("Kim Jong-un", Language::ja, names()).text, "キム・ジョン・ウン");
  EXPECT_EQ(transliterate("Tanaka", Language::ja, names()).text, "田中");
  EXPECT_TRUE(transliterate("John F. Kennedy", Language::ja, names()).established);
  // What the table lacks is written by sound, where there is a rule.
  EXPECT_EQ(transliterate("John Santoso", Language::ja, names()).text, "ジョン・サントソ");
  EXPECT_EQ(transliterate("John Santoso", Language::ar, names()).text, "جون سانتوسو");
  EXPECT_FALSE(transliterate("John Santoso", Language::ar, names()).established);
}

TEST(Transliterate, KeepsTheLatinFormWhereThereIsNoRule) {
  EXPECT_EQ(transliterate("Budi", Language::en, names()).text, "");
  EXPECT_EQ(transliterate("John", Language::en, names()).text, "");
  EXPECT_EQ(transliterate("Budi", Language::zh, names()).text, "");
  EXPECT_EQ(transliterate("John Santoso", Language::zh, names()).text, "");
  EXPECT_EQ(transliterate("李", Language::ja, names()).text, "");
  EXPECT_EQ(transliterate("", Language::ja, names()).text, "");
}

}  // namespace
}  // namespace kabar::terms
