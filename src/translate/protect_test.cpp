#include "translate/protect.h"

#include <gtest/gtest.h>

namespace kabar::translate {
namespace {

constexpr Language kTargets[] = {Language::en, Language::ja};

TEST(Protect, FixedPiecesTravelAsPlaceholders) {
  const std::vector<Fixed> fixed = {{{0, 3}, 'X', {"the KPK", "汚職撲滅委員会"}},
                                    {{12, 20}, 'M', {"12,500 rupiah", "1万2500ルピア"}}};
  const Protected result = protect("KPK menyita Rp12.500 itu", fixed);
  EXPECT_EQ(result.source.text(), "⟦X0⟧ menyita ⟦M0⟧ itu");
  ASSERT_EQ(result.held.size(), 2u);
  EXPECT_EQ(restore("⟦X0⟧ seized the ⟦M0⟧.", result.held, 0, Language::en).text(), "The KPK seized the 12,500 rupiah.");
  EXPECT_EQ(restore("⟦X0⟧ は ⟦M0⟧ を押収した。", result.held, 1, Language::ja).text(),
            "汚職撲滅委員会は1万2500ルピアを押収した。");
}

TEST(Protect, RewrittenPiecesStandBesidePlaceholders) {
  const std::vector<Fixed> fixed = {{{12, 20}, 'M', {"12,500 rupiah", "1万2500ルピア"}}};
  const Protected result = protect("KPK menyita Rp12.500 itu", fixed, {{{0, 3}, "Komisi Pemberantasan Korupsi (KPK)"}});
  EXPECT_EQ(result.source.text(), "Komisi Pemberantasan Korupsi (KPK) menyita ⟦M0⟧ itu");
  EXPECT_EQ(result.source.to_original({0, 34}), (Span{0, 3}));
}

TEST(Protect, BlanksAreAddedWhereAModelLeftThemOut) {
  const std::vector<Fixed> fixed = {{{0, 3}, 'X', {"the KPK", "KPK"}}, {{4, 5}, 'N', {"5", "5"}}};
  const Protected result = protect("KPK 5", fixed);
  EXPECT_EQ(restore("by⟦X0⟧⟦N0⟧times, (⟦N0⟧)", result.held, 0, Language::en).text(), "by the KPK 5 times, (5)");
}

TEST(Protect, AFigureIsHeldAlsoWhereItsUnitHasNoForm) {
  const Language known[] = {Language::en, Language::ja};
  const std::vector<Fixed> with_unit = fixed_facts("Angin 60 km/jam.", Language::id, known, {});
  ASSERT_EQ(with_unit.size(), 1u);
  EXPECT_EQ(with_unit[0].renderings, (std::vector<std::string>{"60 km/h", "時速60キロ"}));
  const Language other[] = {Language::en, Language::id};
  const std::vector<Fixed> bare = fixed_facts("Angin 60 km/jam.", Language::id, other, {});
  ASSERT_EQ(bare.size(), 1u);
  EXPECT_EQ(bare[0].source, (Span{6, 8}));
  EXPECT_EQ(bare[0].renderings[0], "60");
}

TEST(Protect, WhatBelongsToPeopleStandsBesidePeopleOnly) {
  const std::vector<Fixed> fixed = {{{0, 3}, 'X', {"Budi", "ブディ"}, Named::person},
                                    {{10, 15}, 'X', {"Pertamina", "プルタミナ"}, Named::other}};
  const Protected result = protect("Budi ke Pertamina", fixed);
  EXPECT_EQ(restore("The ⟦X0⟧ went to ⟦X1⟧.", result.held, 0, Language::en).text(), "Budi went to Pertamina.");
  EXPECT_EQ(restore("The ⟦X1⟧ met ⟦X0⟧.", result.held, 0, Language::en).text(), "The Pertamina met Budi.");
  EXPECT_EQ(restore("⟦X0⟧氏は⟦X1⟧氏に行った。", result.held, 1, Language::ja).text(), "ブディ氏はプルタミナに行った。");
}

TEST(Protect, APersonWithATitleNeedsNoArticleAndHasAGender) {
  const std::vector<Fixed> fixed = {
      {{0, 4}, 'X', {"President Budi", "الرئيس بودي", "le président Budi"}, Named::titled, 'm'}};
  const Protected result = protect("Budi tiba.", fixed);
  EXPECT_EQ(restore("The ⟦X0⟧ came.", result.held, 0, Language::en).text(), "President Budi came.");
  EXPECT_EQ(restore("They met the ⟦X0⟧.", result.held, 0, Language::en).text(), "They met President Budi.");
  EXPECT_EQ(restore("Le ⟦X0⟧ est venu.", result.held, 2, Language::fr).text(), "Le président Budi est venu.");
  EXPECT_EQ(restore("قالت ⟦X0⟧ إنه جاء.", result.held, 1, Language::ar).text(), "قال الرئيس بودي إنه جاء.");
  EXPECT_EQ(restore("اتهامات ⟦X0⟧ كثيرة.", result.held, 1, Language::ar).text(), "اتهامات الرئيس بودي كثيرة.");
  EXPECT_EQ(restore("الشرطة التقت ⟦X0⟧.", result.held, 1, Language::ar).text(), "الشرطة التقت الرئيس بودي.")
      << "the police met him";
}

TEST(Protect, TheSeventhOfAKindStaysInTheText) {
  std::vector<Fixed> fixed;
  for (int i = 0; i < 7; ++i) fixed.push_back({{2 * i, 2 * i + 1}, 'N', {"n", "n"}});
  const Protected result = protect("1 2 3 4 5 6 7", fixed);
  EXPECT_EQ(result.source.text(), "⟦N0⟧ ⟦N1⟧ ⟦N2⟧ ⟦N3⟧ ⟦N4⟧ ⟦N5⟧ 7");
}

TEST(Protect, AnUnknownPlaceholderNeverReachesTheReader) {
  EXPECT_EQ(restore("a ⟦N3⟧ b", {}, 0, Language::en).text(), "a  b");
}

TEST(Protect, PreferredPiecesWinOverOverlappingOnes) {
  const std::vector<Fixed> merged =
      merge_fixed({{{5, 9}, 'D', {"d", "d"}}}, {{{0, 2}, 'X', {"x", "x"}}, {{8, 12}, 'N', {"n", "n"}}});
  ASSERT_EQ(merged.size(), 2u);
  EXPECT_EQ(merged[0].kind, 'X');
  EXPECT_EQ(merged[1].kind, 'D');
}

}  // namespace
}  // namespace kabar::translate
