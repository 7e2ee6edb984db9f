#include "text/facts/compare.h"

#include <gtest/gtest.h>

namespace kabar::text {
namespace {

FactComparison compared(std::string_view source, std::string_view target, Language language) {
  const FactContext context{.year = 2026};
  return compare_facts(find_facts(source, Language::id, context), find_facts(target, language, context), language);
}

struct Case {
  Language language;
  std::string_view source;
  std::string_view target;
};

TEST(CompareFacts, GoodTranslationsAgree) {
  const Case kCases[] = {
      {Language::en, "Rp1,2 triliun", "1.2 trillion rupiah"},
      {Language::ja, "Rp1,2 triliun", "1兆2000億ルピア"},
      {Language::zh, "Rp1,2 triliun", "1.2万亿印尼盾"},
      {Language::ar, "Rp1,2 triliun", "1.2 تريليون روبية"},
      {Language::fr, "Rp1,2 triliun", "1 200 milliards de roupies"},
      {Language::zh, "selama sembilan jam", "9小时"},
      {Language::en, "18–24 Maret", "March 18 to 24"},
      {Language::fr, "18–24 Maret", "du 18 au 24 mars"},
      {Language::ar, "dari Rp70.000 menjadi Rp42.500", "من 70,000 إلى 42,500 روبية"},
      {Language::en, "Kamis (6/8)", "Thursday, Aug. 6"},
      {Language::ja, "Kamis (6/8)", "6日"},
      {Language::fr, "pukul 18.15 WIB", "à 18 h 15"},
      {Language::zh, "Rp16.245 per dolar AS", "1美元兑16245印尼盾"},
      {Language::ar, "2 jam", "ساعتين"},
      {Language::en, "kedua negara", "both countries"},
      {Language::en, "12 tewas", "12 dead, 12 in all"},
  };
  for (const Case& c : kCases) EXPECT_TRUE(compared(c.source, c.target, c.language).agree()) << c.source << c.target;
}

TEST(CompareFacts, WrongFiguresAreChanged) {
  const Case kCases[] = {
      {Language::en, "12 persen", "21 percent"},     {Language::ja, "Rp1,2 triliun", "1兆2000万ルピア"},
      {Language::zh, "80 ribu orang", "8000人"},     {Language::en, "Rp5 juta", "$5 million"},
      {Language::fr, "menang 3-1", "défaite 1-1"},   {Language::en, "Kamis (6/8)", "Thursday, June 8"},
      {Language::ar, "pukul 21.00", "الساعة 20:00"}, {Language::en, "puluhan orang", "thousands of people"},
  };
  for (const Case& c : kCases) {
    const FactComparison result = compared(c.source, c.target, c.language);
    EXPECT_EQ(result.changed.size(), 1u) << c.source << " / " << c.target;
  }
}

TEST(CompareFacts, MissingAndInventedOnesAreNamed) {
  EXPECT_EQ(compared("17 remaja ditahan", "teenagers were detained", Language::en).lost, std::vector<int>{0});
  EXPECT_EQ(compared("remaja ditahan", "17 teenagers were detained", Language::en).added, std::vector<int>{0});
  EXPECT_EQ(compared("lihat https://a.id/x", "see the page", Language::en).lost, std::vector<int>{0});
  // Five percent is not five people.
  EXPECT_EQ(compared("5 persen", "5 people", Language::en).lost, std::vector<int>{0});
}

}  // namespace
}  // namespace kabar::text
