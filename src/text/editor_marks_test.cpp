#include "text/editor_marks.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace kabar::text {
namespace {

std::string marks(std::string_view text) {
  std::string all;
  for (const Span span : find_editor_marks(text)) all += std::string(slice_points(text, span)) + "|";
  return all;
}

TEST(EditorMarks, OnlyInsideBrackets) {
  EXPECT_EQ(marks("“Dia (Budi, red.) pergi ke sana (–red) kemarin (red)”"), "red.|red|red|");
  EXPECT_EQ(marks("Lampu (merah red) dan (kared.)"), "");
  EXPECT_EQ(marks("(Jakarta, red"), "");
}

}  // namespace
}  // namespace kabar::text
