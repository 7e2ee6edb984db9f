#include "translate/clauses.h"

#include <string>

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace kabar::translate {
namespace {

std::string repeat(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST(Clauses, AShortSentenceStaysWhole) {
  EXPECT_EQ(cut_clauses("Harga naik, kata dia.", kClausePointsMax), (std::vector<Span>{{0, 21}}));
  EXPECT_EQ(cut_clauses("", kClausePointsMax), (std::vector<Span>{{0, 0}}));
}

TEST(Clauses, CutBehindTheStrongestMark) {
  const std::string text = repeat("kata ", 50) + "a; b, " + repeat("kata ", 50) + "akhir";
  const std::vector<Span> pieces = cut_clauses(text, kClausePointsMax);
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_TRUE(slice_points(text, pieces[0]).ends_with("a;"));
  EXPECT_TRUE(slice_points(text, pieces[1]).starts_with("b, "));
}

TEST(Clauses, FiguresAndPlaceholdersAreNotCut) {
  const std::string figures = repeat("1,5", 200);
  for (const Span& piece : cut_clauses(figures, kClausePointsMax)) EXPECT_LE(piece.size(), kClausePointsMax);
  const std::string text = repeat("x", 358) + "⟦N0⟧" + repeat("y", 10);
  const std::vector<Span> pieces = cut_clauses(text, kClausePointsMax);
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_TRUE(slice_points(text, pieces[1]).starts_with("⟦N0⟧"));
}

TEST(Clauses, WithoutAMarkCutBeforeAConjunction) {
  const std::string text = "Warga di tiga kampung sudah mengungsi sejak dini hari karena air sungai naik cepat sekali";
  const std::vector<Span> pieces = cut_clauses(text, 80);
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_TRUE(slice_points(text, pieces[1]).starts_with("karena "));
}

TEST(Clauses, NothingButBlanksIsLost) {
  const std::string text = repeat("satu dua, tiga; empat ", 60);
  std::string joined;
  for (const Span& piece : cut_clauses(text, kClausePointsMax)) joined += slice_points(text, piece);
  std::erase(joined, ' ');
  std::string expected = text;
  std::erase(expected, ' ');
  EXPECT_EQ(joined, expected);
}

}  // namespace
}  // namespace kabar::translate
