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

TEST(Transliterate, WritesNamesBySound) {
  for (const Case& test : kCases) {
    EXPECT_EQ(transliterate(test.name, Language::ja), test.japanese) << test.name;
    EXPECT_EQ(transliterate(test.name, Language::ar), test.arabic) << test.name;
  }
}

TEST(Transliterate, KeepsTheLatinFormWhereThereIsNoRule) {
  EXPECT_EQ(transliterate("Budi", Language::en), "");
  EXPECT_EQ(transliterate("Budi", Language::zh), "");
  EXPECT_EQ(transliterate("李", Language::ja), "");
  EXPECT_EQ(transliterate("", Language::ja), "");
}

}  // namespace
}  // namespace kabar::terms
