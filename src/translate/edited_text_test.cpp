#include "translate/edited_text.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace kabar::translate {
namespace {

TEST(EditedText, SpansFollowTheirWordsInBothDirections) {
  const std::string original = "Harga naik 5 persen menjadi Rp12.500 kemarin";
  const EditedText edited(original, {{{11, 19}, "⟦P0⟧"}, {{28, 36}, "⟦M0⟧"}});
  EXPECT_EQ(edited.text(), "Harga naik ⟦P0⟧ menjadi ⟦M0⟧ kemarin");
  const auto edited_of = [&](Span span) { return std::string(slice_points(edited.text(), edited.to_edited(span))); };
  const auto original_of = [&](Span span) { return std::string(slice_points(original, edited.to_original(span))); };
  EXPECT_EQ(edited_of({6, 10}), "naik");
  EXPECT_EQ(edited_of({11, 19}), "⟦P0⟧");
  EXPECT_EQ(edited_of({13, 16}), "⟦P0⟧");  // a part of what was replaced
  EXPECT_EQ(edited_of({37, 44}), "kemarin");
  EXPECT_EQ(original_of({24, 28}), "Rp12.500");
  EXPECT_EQ(original_of({29, 36}), "kemarin");
  EXPECT_EQ(original_of({0, 36}), original);
  EXPECT_EQ(edited_of({0, 44}), edited.text());
}

TEST(EditedText, InsertionsAndDeletions) {
  const EditedText edited("ab cd", {{{0, 0}, "x"}, {{2, 3}, ""}});
  EXPECT_EQ(edited.text(), "xabcd");
  EXPECT_EQ(edited.to_edited({0, 2}), (Span{0, 3}));
  EXPECT_EQ(edited.to_edited({3, 5}), (Span{3, 5}));
  EXPECT_EQ(edited.to_original({3, 5}), (Span{2, 5}));  // what was taken out there belongs to it
}

}  // namespace
}  // namespace kabar::translate
