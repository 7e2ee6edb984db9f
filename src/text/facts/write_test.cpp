#include <gtest/gtest.h>

#include "text/facts/fact.h"

namespace kabar::text {
namespace {

struct Case {
  std::string_view source;  // Indonesian, with one fact
  std::string_view en, fr, zh, ja, ar;
};

TEST(WriteFact, AsNewspapersDo) {
  constexpr Case kCases[] = {
      {"Rp1,2 triliun", "1.2 trillion rupiah", "1\u202F200\u00A0milliards de roupies", "1.2万亿印尼盾",
       "1兆2000億ルピア", "1.2 تريليون روبية"},
      {"Rp12.500", "12,500 rupiah", "12\u202F500\u00A0roupies", "1.25万印尼盾", "1万2500ルピア", "12,500 روبية"},
      {"US$ 3,4 miliar", "US$3.4 billion", "3,4\u00A0milliards de dollars", "34亿美元", "34億ドル", "3.4 مليار دولار"},
      {"5 miliar euro", "€5 billion", "5\u00A0milliards d’euros", "50亿欧元", "50億ユーロ", "5 مليارات يورو"},
      {"1.798.412 pemilih", "1,798,412", "1\u202F798\u202F412", "1798412", "179万8412", "1,798,412"},
      {"250 ribu ton", "250,000", "250\u202F000", "25万", "25万", "250 ألف"},
      {"2.350 jiwa", "2,350", "2\u202F350", "2350", "2350", "2,350"},
      {"tahun 2020", "2020", "2020", "2020", "2020", "2020"},
      {"1,50 detik", "1.50", "1,50", "1.50", "1.50", "1.50"},
      {"0,28 persen", "0.28 percent", "0,28\u202F%", "0.28%", "0.28％", "0.28 في المئة"},
      {"10-15 juta", "10–15 million", "10-15\u00A0millions", "1000万至1500万", "1000万～1500万", "10 ملايين-15 مليون"},
      {"puluhan ribu", "tens of thousands", "des dizaines de milliers", "数万", "数万", "عشرات الآلاف"},
      {"ke-79", "79th", "79e", "第79", "第79", "الـ79"},
      {"era 1990-an", "1990s", "années 1990", "20世纪90年代", "1990年代", "عقد 1990"},
      {"Minggu (9/8)", "Sunday, August 9", "dimanche 9 août", "8月9日（周日）", "8月9日（日）", "الأحد 9 أغسطس"},
      {"1 Juli 2021", "July 1, 2021", "1er juillet 2021", "2021年7月1日", "2021年7月1日", "1 يوليو 2021"},
      {"Kamis", "Thursday", "jeudi", "周四", "木曜日", "الخميس"},
      {"pukul 21.30 WIB", "9:30 p.m. Western Indonesia Time", "21\u00A0h\u00A030 (heure de l’ouest de l’Indonésie)",
       "印尼西部时间21时30分", "インドネシア西部時間午後9時30分", "21:30 بتوقيت غرب إندونيسيا"},
      {"pukul 00.00", "12 a.m.", "0\u00A0h", "0时", "午前0時", "00:00"},
      {"menang 2-1", "2–1", "2-1", "2比1", "2―1", "2-1"},
      {"a@b.co.id", "a@b.co.id", "a@b.co.id", "a@b.co.id", "a@b.co.id", "a@b.co.id"},
  };
  for (const Case& c : kCases) {
    const std::vector<Fact> facts = find_facts(c.source, Language::id, {.year = 2026});
    ASSERT_EQ(facts.size(), 1u) << c.source;
    EXPECT_EQ(write_fact(facts[0], Language::en), c.en);
    EXPECT_EQ(write_fact(facts[0], Language::fr), c.fr);
    EXPECT_EQ(write_fact(facts[0], Language::zh), c.zh);
    EXPECT_EQ(write_fact(facts[0], Language::ja), c.ja);
    EXPECT_EQ(write_fact(facts[0], Language::ar), c.ar);
  }
}

// Whatever we write must be read back as the same fact, or the checks would accuse our own work.
TEST(WriteFact, IsReadBackByValue) {
  constexpr std::string_view kSources[] = {"Rp1,2 triliun",
                                           "Rp12.500",
                                           "US$ 3,4 miliar",
                                           "5 miliar euro",
                                           "1.798.412 pemilih",
                                           "250 ribu ton",
                                           "tahun 2020",
                                           "0,28 persen",
                                           "5-10 persen",
                                           "10-15 juta",
                                           "puluhan ribu",
                                           "ke-79",
                                           "era 1990-an",
                                           "Minggu (9/8)",
                                           "Kamis",
                                           "1 Juli 2021",
                                           "pukul 21.30 WIB",
                                           "pukul 07.05 WITA",
                                           "pukul 12.00 WIT",
                                           "pukul 00.15",
                                           "2-1",
                                           "2019-2024",
                                           "7 juta yen",
                                           "3 miliar yuan",
                                           "Rp6 miliar",
                                           "2 juta dolar Singapura",
                                           "dua puluh lima",
                                           "Agustus 2026"};
  for (const std::string_view source : kSources) {
    const Fact fact = find_facts(source, Language::id, {.year = 2026}).at(0);
    for (const Language language :
         {Language::id, Language::en, Language::fr, Language::zh, Language::ja, Language::ar}) {
      // Times are written without the word that announces them, as the translator's sentence has it.
      const std::string_view announce = fact.kind != FactKind::time ? ""
                                        : language == Language::ar  ? "الساعة "
                                        : language == Language::fr  ? "à "
                                        : language == Language::id  ? "pukul "
                                                                    : "";
      const std::string written = std::string(announce) + write_fact(fact, language);
      const std::vector<Fact> again = find_facts(written, language, {.year = 2026});
      ASSERT_EQ(again.size(), 1u) << written;
      EXPECT_TRUE(same_fact(fact, again[0])) << source << " -> " << written;
    }
  }
}

}  // namespace
}  // namespace kabar::text
