#include "text/languages.h"

#include <set>

#include <gtest/gtest.h>

namespace kabar::text {
namespace {

TEST(Languages, EachIsListedOnceAndNamed) {
  std::set<Language> seen;
  for (const LanguageInfo& info : languages()) {
    EXPECT_TRUE(seen.insert(info.language).second) << info.language.code();
    EXPECT_FALSE(info.english_name.empty());
    EXPECT_FALSE(info.native_name.empty());
    EXPECT_TRUE(info.html_tag.starts_with(info.language.view()));
  }
}

TEST(Languages, WhatReadersOfEachSee) {
  EXPECT_EQ(direction_name(language_info(Language::ar).direction), "rtl");
  EXPECT_EQ(direction_name(language_info(Language::fr).direction), "ltr");
  EXPECT_EQ(language_info(Language::zh).html_tag, "zh-Hans");
  EXPECT_EQ(gap_in(" ", Language::ja), "");
  EXPECT_EQ(gap_in("\n", Language::ja), "\n");
  EXPECT_EQ(gap_in(" ", Language::ar), " ");
}

}  // namespace
}  // namespace kabar::text
