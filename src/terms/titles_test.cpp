#include "terms/titles.h"

#include <gtest/gtest.h>

namespace kabar::terms {
namespace {

Titles read_titles() {
  const Table titles = *parse_table(
      "id\ten\tfr\tzh\tja\tar\n"
      "gubernur\tGovernor {}\tle gouverneur {}|la gouverneure {}\t省长{}\t{}知事\tالحاكم {}|الحاكمة {}\n"
      "direktur utama\tPresident Director {}\tle directeur général {}\t总裁{}\t{}社長\tالمدير العام {}\n"
      "presiden\tPresident {}\tle président {}|la présidente {}\t总统{}\t{}大統領\tالرئيس {}|الرئيسة {}\n"
      "jenderal\tGen. {}\tle général {}\t{}上将\t{}大将\tالجنرال {}\n"
      "kapolri\tNational Police Chief {}\tle chef de la Police nationale {}\t国家警察总长{}\t{}国家警察長官\tقائد "
      "الشرطة "
      "الوطنية {}\n"
      "penyanyi\tsinger {}\tle chanteur {}|la chanteuse {}\t歌手{}\t歌手の{}\tالمغني {}|المغنية {}\n"
      "+mantan\tformer {}\tancien {}|ancienne {}\t前{}\t元{}\t{} السابق|{} السابقة\n",
      "t.tsv");
  const Table nations = *parse_table(
      "id\ten\tfr\tzh\tja\tar\namerika serikat\tUS\taméricain|américaine\t美国\t米国\tالأمريكي|الأمريكية\n", "d.tsv");
  return *Titles::make(titles, "t.tsv", nations, "d.tsv");
}

std::string join(const TitledName& name, Language target) { return read_titles().join(name, target).value_or("-"); }

TEST(Titles, StandWhereTheLanguageWantsThem) {
  const auto president = [](std::string name) { return TitledName{"presiden", "", "", "", std::move(name)}; };
  EXPECT_EQ(join(president("Prabowo"), Language::en), "President Prabowo");
  EXPECT_EQ(join(president("Prabowo"), Language::fr), "le président Prabowo");
  EXPECT_EQ(join(president("普拉博沃"), Language::zh), "总统普拉博沃");
  EXPECT_EQ(join(president("プラボウォ"), Language::ja), "プラボウォ大統領");
  EXPECT_EQ(join(president("برابوو"), Language::ar), "الرئيس برابوو");
}

TEST(Titles, TakeThePlaceOrTheNationBetweenThem) {
  const auto governor = [](std::string place, std::string name) {
    return TitledName{"gubernur", "", "", std::move(place), std::move(name)};
  };
  EXPECT_EQ(join(governor("West Java", "Dedi"), Language::en), "West Java Governor Dedi");
  EXPECT_EQ(join(governor("Java occidental", "Dedi"), Language::fr), "le gouverneur de Java occidental Dedi");
  EXPECT_EQ(join(governor("西爪哇", "德迪"), Language::zh), "西爪哇省长德迪");
  EXPECT_EQ(join(governor("西ジャワ州", "デディ"), Language::ja), "西ジャワ州のデディ知事");
  EXPECT_EQ(join(governor("جاوة الغربية", "ديدي"), Language::ar), "حاكم جاوة الغربية ديدي");
  EXPECT_EQ(join({"direktur utama", "", "", "برتامينا", "سايمون"}, Language::ar), "المدير العام لبرتامينا سايمون")
      << "an adjective stands between the office and the body";
  const auto american = [](std::string name) { return TitledName{"presiden", "", "amerika serikat", "", name, true}; };
  EXPECT_EQ(join(american("Harris"), Language::en), "US President Harris");
  EXPECT_EQ(join(american("Harris"), Language::fr), "la présidente américaine Harris");
  EXPECT_EQ(join(american("哈里斯"), Language::zh), "美国总统哈里斯");
  EXPECT_EQ(join(american("ハリス"), Language::ja), "米国のハリス大統領");
  EXPECT_EQ(join(american("هاريس"), Language::ar), "الرئيسة الأمريكية هاريس");
}

TEST(Titles, AreModified) {
  const auto former = [](std::string place, std::string name) {
    return TitledName{"gubernur", "mantan", "", std::move(place), std::move(name)};
  };
  EXPECT_EQ(join(former("West Java", "Ridwan"), Language::en), "former West Java Governor Ridwan");
  EXPECT_EQ(join(former("Bali", "Koster"), Language::fr), "le ancien gouverneur de Bali Koster")
      << "elided later, with the sentence";
  EXPECT_EQ(join(former("西爪哇", "里德万"), Language::zh), "前西爪哇省长里德万");
  EXPECT_EQ(join(former("西ジャワ州", "リドワン"), Language::ja), "西ジャワ州のリドワン元知事");
  EXPECT_EQ(join(former("جاوة الغربية", "رضوان"), Language::ar), "حاكم جاوة الغربية السابق رضوان");
  EXPECT_EQ(join({"penyanyi", "mantan", "", "", "ライサ"}, Language::ja), "元歌手のライサ");
}

TEST(Titles, StandBeforeOtherTitles) {
  const auto chief = [](std::string name) { return TitledName{"kapolri", "", "", "", std::move(name), false, true}; };
  EXPECT_EQ(join(chief("Gen. Listyo"), Language::en), "National Police Chief Gen. Listyo");
  EXPECT_EQ(join(chief("le général Listyo"), Language::fr), "le chef de la Police nationale, le général Listyo");
  EXPECT_EQ(join(chief("利斯蒂奥上将"), Language::zh), "国家警察总长利斯蒂奥上将");
  EXPECT_EQ(join(chief("リスティヨ大将"), Language::ja), "国家警察長官のリスティヨ大将");
}

TEST(Titles, WhatIsNotKnownIsNotJoined) {
  EXPECT_EQ(join({"bupati", "", "", "", "Sudewo"}, Language::en), "-");
  EXPECT_EQ(join({"presiden", "calon", "", "", "Ganjar"}, Language::en), "-");
  EXPECT_EQ(join({"presiden", "", "atlantis", "", "Ganjar"}, Language::en), "-");
}

TEST(Titles, SayWhereARowIsWrong) {
  const Table none = *parse_table("id\ten\n", "d.tsv");
  const auto error = [&](std::string_view rows) {
    const Result<Titles> made =
        Titles::make(*parse_table("id\ten\n" + std::string(rows), "t.tsv"), "t.tsv", none, "d.tsv");
    return made ? std::string() : made.error().place + ": " + made.error().message;
  };
  EXPECT_EQ(error("presiden\tPresident\n"), "t.tsv:2: 'President|President' must have one {} each");
  EXPECT_EQ(error("presiden\tA {}\npresiden\tB {}\n"), "t.tsv:3: 'presiden' occurs twice");
  EXPECT_EQ(error("presiden\tA {}|B {}|C {}\n"),
            "t.tsv:2: 'A {}|B {}|C {}' must be a form, or a masculine and a feminine one");
}

}  // namespace
}  // namespace kabar::terms
