#include <span>

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "text/facts/decimal.h"
#include "text/facts/fact.h"

namespace kabar::text {
namespace {

std::string show(Decimal value) {
  std::string digits = std::to_string(value.digits);
  if (value.scale == 0) return digits;
  const size_t scale = static_cast<size_t>(value.scale);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  return digits.insert(digits.size() - scale, ".");
}

// "money IDR 1250.5", "date 2026-8-6 w4", "time 21:30 WIB": what a reader understands, one fact after the other.
std::string describe(const Fact& fact) {
  switch (fact.kind) {
    case FactKind::number: {
      const std::string mark = fact.approximate ? "~" : fact.ordinal ? "#" : "";
      return mark + show(fact.value);
    }
    case FactKind::percent:
      return show(fact.value) + (fact.value2 == Decimal{} ? "" : "-" + show(fact.value2)) + "%";
    case FactKind::money:
      return fact.currency + " " + show(fact.value) + (fact.value2 == Decimal{} ? "" : "-" + show(fact.value2));
    case FactKind::date:
      return fmt::format("{}-{}-{} w{}", fact.year, fact.month, fact.day, fact.weekday);
    case FactKind::time:
      return fmt::format("{}:{:02}{}", fact.hour, fact.minute, fact.zone);
    case FactKind::score:
      return "score " + show(fact.value) + ":" + show(fact.value2);
    case FactKind::range:
      return "range " + show(fact.value) + "-" + show(fact.value2);
    default:
      return fact.text;
  }
}

std::string found(std::string_view text, Language language) {
  std::string all;
  for (const Fact& fact : find_facts(text, language, {.year = 2026})) {
    all += (all.empty() ? "" : ", ") + describe(fact);
  }
  return all;
}

struct Case {
  std::string_view text;
  std::string_view facts;
};

void expect_all(std::span<const Case> cases, Language language) {
  for (const Case& c : cases) EXPECT_EQ(found(c.text, language), c.facts) << c.text;
}

TEST(FindFacts, Indonesian) {
  constexpr Case kCases[] = {
      {"sebanyak 1.250,5 ton", "1250.5"},
      {"sebanyak 1.250 orang", "1250"},
      {"1.798.412 pemilih", "1798412"},
      {"magnitudo 6,1 dan 2.56", "6.1, 2.56"},
      {"unggul 1,205 detik", "1.205"},
      {"1,2 triliun", "1200000000000"},
      {"12 ribu ton, 5 jt, 7 rb", "12000, 5000000, 7000"},
      {"selusin pabrik", "12"},
      {"dua puluh lima orang", "25"},
      {"tiga ratus tujuh belas ribu", "317000"},
      {"seribu dua ratus", "1200"},
      {"dua belas", "12"},
      {"satu setengah juta", "1500000"},
      {"seratus satu", "101"},
      {"sembilan jam", "9"},
      {"dua dekade", "20"},
      {"salah satu korban, satu-satunya, satu per satu", ""},
      {"sebuah rumah dan seorang warga", ""},
      {"dua-duanya hadir", ""},
      {"belasan, puluhan, ratusan ribu, jutaan orang", "~15, ~10, ~100000, ~1000000"},
      {"era 1990-an", "~1990"},
      {"Rp1.250,5", "IDR 1250.5"},
      {"Rp 300 ribu dan Rp. 5.000", "IDR 300000, IDR 5000"},
      {"Rp1,2 T dan Rp48,7 M", "IDR 1200000000000, IDR 48700000000"},
      {"300 ribu rupiah", "IDR 300000"},
      {"US$ 3,4 miliar", "USD 3400000000"},
      {"5 juta dolar AS, 2 juta dolar Singapura", "USD 5000000, SGD 2000000"},
      {"Rp5-10 juta", "IDR 5000000-10000000"},
      {"0,28 persen atau 12%", "0.28%, 12%"},
      {"5-10 persen", "5-10%"},
      {"naik 2 persen poin", "2%"},
      {"Minggu (9/8) dini hari", "2026-8-9 w7"},
      {"Minggu 11 Juli 2021", "2021-7-11 w7"},
      {"Selasa, 6 Agustus", "2026-8-6 w2"},
      {"pada (6/8/2024)", "2024-8-6 w0"},
      {"6/8/2026", "2026-8-6 w0"},
      {"17 Agustus 1945", "1945-8-17 w0"},
      {"bulan Mei 2026 dan Juli", "2026-5-0 w0, 0-7-0 w0"},
      {"Januari tahun 2004", "2004-1-0 w0"},
      {"tahun 2020", "2020"},
      {"pada Selasa sore", "0-0-0 w2"},
      {"seminggu, dua minggu, minggu depan", "2"},
      {"Libur Dua Minggu Lagi", "2"},
      {"pukul 21.00 WIB", "21:00WIB"},
      {"pukul 07.30", "7:30"},
      {"21.00 WITA", "21:00WITA"},
      {"jam 9 malam dan jam 12 malam", "21:00, 0:00"},
      {"pukul 1 siang", "13:00"},
      {"jam 7 malam", "19:00"},
      {"2 jam 5 menit", "2, 5"},
      {"24 jam 7 hari", "24, 7"},
      {"dua jam 15 menit", "2, 15"},
      {"pukul 10.00-12.00 WIT", "10:00, 12:00WIT"},
      {"9 jam", "9"},
      {"menang 2-1", "score 2:1"},
      {"kalah 1–3", "score 1:3"},
      {"10-15 orang", "range 10-15"},
      {"10-15 juta orang", "range 10000000-15000000"},
      {"periode 2019-2024", "range 2019-2024"},
      {"HUT ke-79 dan abad ke-XIX", "#79, #19"},
      {"kesembilan belas", "#19"},
      {"Pasal 340 KUHP No. 1/2025", "340, 1, 2025"},
      {"usia U-23, 2x45 menit", "23, 2, 45"},
      {"500 km2 akibat COVID-19", "500"},
      {"laman https://kpu.go.id/a?b=1.", "https://kpu.go.id/a?b=1"},
      {"kata KOMPAS.com.", "KOMPAS.com"},
      {"surel a.b@kpu.go.id, akun @kpu_id, #Pemilu2024", "a.b@kpu.go.id, @kpu_id, #Pemilu2024"},
      {"NIK 3201234567890001", "3201234567890001"},
      {"versi 1.2.3", "1, 2, 3"},
  };
  expect_all(kCases, Language::id);
}

TEST(FindFacts, English) {
  constexpr Case kCases[] = {
      {"1,250.5 tons and 1.250", "1250.5, 1.25"},
      {"two hundred and five; twenty-five thousand", "205, 25000"},
      {"one of them, no one, the one", ""},
      {"one million, a hundred, half a million", "1000000, 100, 500000"},
      {"a dozen; dozens; tens of thousands", "12, ~10, ~10000"},
      {"six and a half years", "6.5"},
      {"the 1990s", "~1990"},
      {"88th, eighteenth, second", "#88, #18, #2"},
      {"$3.4 billion, US$5m, €2bn", "USD 3400000000, USD 5000000, EUR 2000000000"},
      {"1.2 trillion rupiah, Rp 16,245", "IDR 1200000000000, IDR 16245"},
      {"3 million Singapore dollars", "SGD 3000000"},
      {"12 percent, 12 per cent, 12%", "12%, 12%, 12%"},
      {"Thursday, Aug. 6, 2026", "2026-8-6 w4"},
      {"on 6 August and August 7", "2026-8-6 w0, 2026-8-7 w0"},
      {"the 4th of July 2020", "2020-7-4 w0"},
      {"He may march in May.", ""},
      {"in May 2026", "2026-5-0 w0"},
      {"on Tuesday night", "0-0-0 w2"},
      {"at 9:30 p.m. Western Indonesia Time (WIB)", "21:30WIB"},
      {"9 p.m., 12 a.m., 3:27 a.m.", "21:00, 0:00, 3:27"},
      {"won 3–1", "score 3:1"},
      {"March 18 to 24", "2026-3-18 w0, 24"},
      {"Henry VIII and I", "#8"},
  };
  expect_all(kCases, Language::en);
}

TEST(FindFacts, French) {
  constexpr Case kCases[] = {
      {"12 500 personnes, 1\u202F798\u202F412 électeurs", "12500, 1798412"},
      {"en 2020 300 personnes", "2020, 300"},
      {"3,5 et 12.500", "3.5, 12500"},
      {"vingt et un, soixante et onze, quatre-vingt-dix-sept, dix-huit", "21, 71, 97, 18"},
      {"deux cents, mille, trois mille", "200, 1000, 3000"},
      {"un homme, une femme, l’un d’eux", ""},
      {"un million, un pour cent", "1000000, 1%"},
      {"une douzaine, une quinzaine, des dizaines de milliers", "12, ~15, ~10000"},
      {"XIXe siècle, 88e, dix-huitième", "#19, #88, #18"},
      {"12 500 roupies", "IDR 12500"},
      {"1 200 milliards de roupies", "IDR 1200000000000"},
      {"3,4 milliards de dollars, 5 millions d’euros", "USD 3400000000, EUR 5000000"},
      {"12 %, 12 pour cent", "12%, 12%"},
      {"le jeudi 6 août 2026", "2026-8-6 w4"},
      {"le 1er juillet", "2026-7-1 w0"},
      {"en mars, sur Mars", "0-3-0 w0"},
      {"à 21 h 30, heure de l’Ouest de l’Indonésie (WIB)", "21:30WIB"},
      {"à 21h00, vers 9 heures, à 21 h", "21:00, 9:00, 21:00"},
      {"pendant 9 heures", "9"},
      {"50 cents", "50"},
  };
  expect_all(kCases, Language::fr);
}

TEST(FindFacts, Chinese) {
  constexpr Case kCases[] = {
      {"1798412人，16,245点", "1798412, 16245"},
      {"12万，1.2 万亿", "120000, 1200000000000"},
      {"二十五人，三百，一百零五，三千二百万", "25, 300, 105, 32000000"},
      {"一名男子，一个，一些", ""},
      {"两名，三个区", "2, 3"},
      {"四川，五角大楼，万一，十分", ""},
      {"数万人，数十名，十余名", "~10000, ~10, ~15"},
      {"1.2万亿印尼盾，5 亿印尼盾，34亿美元", "IDR 1200000000000, IDR 500000000, USD 3400000000"},
      {"12%，百分之十二，百分之12", "12%, 12%, 12%"},
      {"2026年8月6日（周四）", "2026-8-6 w4"},
      {"8月9日，周日，10 月 7 日", "2026-8-9 w0, 0-0-0 w7, 2026-10-7 w0"},
      {"二〇二六年八月六日", "2026-8-6 w0"},
      {"7月份，星期五", "0-7-0 w0, 0-0-0 w5"},
      {"一周一次，三周", "3"},
      {"2026年", "2026"},
      {"20世纪90年代", "~1990"},
      {"晚上9点，下午3点半，凌晨2时15分", "21:00, 15:30, 2:15"},
      {"印尼西部时间（WIB）18时15分", "18:15WIB"},
      {"9小时，上涨45点", "9, 45"},
      {"3比1，第88届，第二次", "score 3:1, #88, #2"},
      {"200千升", "200"},
  };
  expect_all(kCases, Language::zh);
}

TEST(FindFacts, Japanese) {
  constexpr Case kCases[] = {
      {"1万6245ルピア、1兆2000億ルピア", "IDR 16245, IDR 1200000000000"},
      {"179万8412人、２５人", "1798412, 25"},
      {"0.28％、12パーセント、3割、2割5分", "0.28%, 12%, 30%, 25%"},
      {"34億ドル、500円", "USD 3400000000, JPY 500"},
      {"二十五人、第2回、三つ", "25, #2, 3"},
      {"一人、一部、八百長", ""},
      {"数十人、数千億円", "~10, JPY 100000000000"},
      {"2026年8月6日（木）", "2026-8-6 w4"},
      {"9日、9日間、8月9日", "0-0-9 w0, 9, 2026-8-9 w0"},
      {"木曜日、日曜", "0-0-0 w4, 0-0-0 w7"},
      {"午後9時30分、21時、午前0時、9時半", "21:30, 21:00, 0:00, 9:30"},
      {"西部時間（WIB）午前2時15分", "2:15WIB"},
      {"9時間", "9"},
      {"3―1、8～10人", "score 3:1, range 8-10"},
      {"500万～1000万ルピア", "IDR 5000000-10000000"},
  };
  expect_all(kCases, Language::ja);
}

TEST(FindFacts, Arabic) {
  constexpr Case kCases[] = {
      {"١٬٢٥٠٫٥ طن و1,250 شخصا", "1250.5, 1250"},
      {"خمسة وعشرون، ثلاثة عشر، أحد عشر", "25, 13, 11"},
      {"ثلاثمئة وخمسة وعشرين، ألفين وخمسمئة", "325, 2500"},
      {"ثلاثة آلاف، 120 ألف، 3 ملايين", "3000, 120000, 3000000"},
      {"واحد من الضحايا، أحد الضحايا", ""},
      {"ألف كتابا في الموضوع", ""},
      {"عشرات الأشخاص، عشرات الآلاف، مئات", "~10, ~10000, ~100"},
      {"1.2 تريليون روبية، 12,500 روبية", "IDR 1200000000000, IDR 12500"},
      {"مليوني دولار، 3.4 مليار دولار أمريكي", "USD 2000000, USD 3400000000"},
      {"12 في المئة، 12 بالمئة، 12٪، 12%", "12%, 12%, 12%, 12%"},
      {"يوم الأحد 9 أغسطس", "2026-8-9 w7"},
      {"6 أغسطس/آب 2026، السادس من أغسطس", "2026-8-6 w0, 2026-8-6 w0"},
      {"مساء الاثنين، بين الاثنين", "0-0-0 w1"},
      {"الساعة 18:15 بتوقيت غرب إندونيسيا", "18:15WIB"},
      {"الساعة التاسعة والنصف مساءً", "21:30"},
      {"الثاني والستين، التاسع عشر", "#62, #19"},
      {"11 كم، 3-1", "11, score 3:1"},
  };
  expect_all(kCases, Language::ar);
}

TEST(FindFacts, SpansCountCodePointsOfTheOriginal) {
  const std::vector<Fact> facts = find_facts("Kafé naik 5 persen, Kamis (6/8).", Language::id);
  ASSERT_EQ(facts.size(), 2u);
  EXPECT_EQ(facts[0].span, (Span{10, 18}));
  EXPECT_EQ(facts[0].text, "5 persen");
  EXPECT_EQ(facts[1].span, (Span{20, 31}));
  // Vowel marks and bidi marks are skipped while reading but counted in the span.
  const std::vector<Fact> marked = find_facts("\u2067مساءً 12\u2069 بالمئة", Language::ar);
  ASSERT_EQ(marked.size(), 1u);
  EXPECT_EQ(marked[0].text, "12\u2069 بالمئة");
}

TEST(FindFacts, UnknownLanguageHasDigitsAndLinks) {
  EXPECT_EQ(found("ada 5 % ing https://x.id", *Language::parse("jv")), "5%, https://x.id");
}

TEST(FindFacts, EndlessDigitsAreHarmless) {
  EXPECT_EQ(find_facts(std::string(100'000, '9'), Language::id).size(), 1u);
  std::string juta = "9";
  for (int i = 0; i < 1000; ++i) juta += " triliun";
  EXPECT_FALSE(find_facts(juta, Language::id).empty());
}

}  // namespace
}  // namespace kabar::text
