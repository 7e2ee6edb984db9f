#include "translate/join_titles.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace kabar::translate {
namespace {

// A piece of `text` that begins at `name`, written alike in every target.
Fixed piece(std::string_view text, std::string_view name, Named named, char gender = 0) {
  const int begin = count_points(text.substr(0, text.find(name)));
  return {{begin, begin + count_points(name)}, 'X', {std::string(name)}, named, gender};
}

// What the pieces of the text are in English when titles are joined, with blanks between.
std::string joined(std::string_view text, std::vector<Fixed> pieces, Language target = Language::en) {
  static const terms::Titles titles = *terms::Titles::make(
      *terms::parse_table("id\ten\tfr\n"
                          "presiden\tPresident {}\tle président {}|la présidente {}\n"
                          "pelatih\tcoach {}\tl'entraîneur {}\n"
                          "raja\tKing {}\tle roi {}\n"
                          "hakim\tJudge {}\tle juge {}\n"
                          "menteri keuangan\tFinance Minister {}\tle ministre des Finances {}|la ministre des "
                          "Finances {}\n"
                          "menkeu\tFinance Minister {}\tle ministre des Finances {}|la ministre des Finances {}\n"
                          "kombes pol\tSenior Commissioner {}\tle commissaire {}\n"
                          "+mantan\tformer {}\tancien {}|ancienne {}\n"
                          "+pelaksana tugas\tacting {}\t{} par intérim\n",
                          "t.tsv"),
      "t.tsv", *terms::parse_table("id\ten\tfr\namerika serikat\tUS\taméricain|américaine\n", "d.tsv"), "d.tsv");
  static const terms::NameTable table =
      *terms::NameTable::make("name\tzh\tja\tar\nBudi\t布迪\tブディ\tبودي\n", "n.tsv");
  const Language targets[] = {target};
  join_titles(Read(text), targets, titles, table, pieces);
  std::string out;
  for (const Fixed& one : pieces) out += (out.empty() ? "" : " | ") + one.renderings[0];
  return out;
}

TEST(JoinTitles, TheTitleTravelsWithTheName) {
  const std::string_view text = "Kata Presiden Prabowo, aman.";
  EXPECT_EQ(joined(text, {piece(text, "Prabowo", Named::person)}), "President Prabowo");
  const std::string_view former = "mantan Menteri Keuangan (Menkeu) Sri Mulyani hadir";
  EXPECT_EQ(joined(former, {piece(former, "Sri Mulyani", Named::person, 'f')}), "former Finance Minister Sri Mulyani");
  EXPECT_EQ(joined(former, {piece(former, "Sri Mulyani", Named::person, 'f')}, Language::fr),
            "l'ancienne ministre des Finances Sri Mulyani");
  const std::string_view acting = "Pelaksana tugas Presiden Budi hadir";
  EXPECT_EQ(joined(acting, {piece(acting, "Budi", Named::unknown)}), "acting President Budi");
  const std::string_view rank = "kata Kombes Pol. Ade Ary kemarin";
  EXPECT_EQ(joined(rank, {piece(rank, "Ade Ary", Named::unknown)}), "Senior Commissioner Ade Ary");
}

TEST(JoinTitles, APlaceOrANationMayStandBetween) {
  const std::string_view nation = "Presiden Amerika Serikat Donald Trump tiba";
  EXPECT_EQ(joined(nation, {piece(nation, "Donald Trump", Named::person)}), "US President Donald Trump");
  const std::string_view club = "pelatih Persib Bojan Hodak marah";
  EXPECT_EQ(joined(club, {piece(club, "Persib", Named::other), piece(club, "Bojan Hodak", Named::unknown)}),
            "Persib coach Bojan Hodak");
  EXPECT_EQ(
      joined(club, {piece(club, "Persib", Named::other), piece(club, "Bojan Hodak", Named::unknown)}, Language::fr),
      "l'entraîneur de Persib Bojan Hodak");
}

TEST(JoinTitles, WhatMayBeNoPersonStaysAlone) {
  const std::string_view club = "pelatih Persebi marah";
  EXPECT_EQ(joined(club, {piece(club, "Persebi", Named::unknown)}), "Persebi");
  const std::string_view king = "kata Raja Juli kemarin";
  EXPECT_EQ(joined(king, {piece(king, "Juli", Named::unknown)}), "Juli") << "Raja may be his name";
  const std::string_view name = "kata Lukman Hakim Saifuddin Zuhri";
  EXPECT_EQ(joined(name, {piece(name, "Lukman", Named::unknown), piece(name, "Saifuddin Zuhri", Named::unknown)}),
            "Lukman | Saifuddin Zuhri");
  const std::string_view staff = "Staf Khusus Presiden Budi hadir";
  EXPECT_EQ(joined(staff, {piece(staff, "Budi", Named::unknown)}), "Budi") << "he serves the president";
  const std::string_view apart = "Presiden, Budi, dan lain-lain";
  EXPECT_EQ(joined(apart, {piece(apart, "Budi", Named::unknown)}), "Budi");
}

}  // namespace
}  // namespace kabar::translate
