#include "base/utf8.h"

#include <gtest/gtest.h>

namespace kabar {
namespace {

TEST(Utf8, FaultsAreReportedWithTheirPlace) {
  EXPECT_TRUE(check_utf8("Harga naik 5 %.\nمرحبا 你好 😀", "a.md"));
  const auto text_of = [](std::string_view bytes) { return check_utf8(bytes, "a.md").error().text(); };
  EXPECT_EQ(text_of("satu\ndua \xFF"), "a.md:2: not UTF-8: byte 0xFF at offset 9");
  EXPECT_EQ(text_of(std::string_view("a\0b", 3)), "a.md:1: NUL byte at offset 1");
  EXPECT_EQ(text_of("\xC0\xAF"), "a.md:1: not UTF-8: byte 0xC0 at offset 0");          // overlong
  EXPECT_EQ(text_of("\xED\xA0\x80"), "a.md:1: not UTF-8: byte 0xED at offset 0");      // surrogate
  EXPECT_EQ(text_of("\xF4\x90\x80\x80"), "a.md:1: not UTF-8: byte 0xF4 at offset 0");  // above U+10FFFF
  EXPECT_EQ(text_of("abc\xE4\xBD"), "a.md:1: not UTF-8: byte 0xE4 at offset 3");       // cut off
}

TEST(Utf8, DecodingAndEncodingAreInverse) {
  const std::string text = "Rp1,2 triliun – 你好 😀 مرحبا";
  EXPECT_EQ(encode_utf8(decode_utf8(text)), text);
  EXPECT_EQ(count_points(text), static_cast<int>(decode_utf8(text).size()));
  EXPECT_EQ(decode_utf8("a\xFFz"), U"a\uFFFDz");
}

TEST(Utf8, SpansCountCodePoints) {
  EXPECT_EQ(slice_points("aé你😀z", {1, 4}), "é你😀");
  EXPECT_EQ(slice_points("aé", {1, 9}), "é");
  EXPECT_EQ(slice_points("aé", {2, 2}), "");
  const PointIndex index("aé你z");
  EXPECT_EQ(index.size(), 4);
  EXPECT_EQ(index.point_at(2), 1);
  EXPECT_EQ(index.point_at(3), 2);
  EXPECT_EQ(index.point_at(99), 4);
  EXPECT_EQ(index.byte_at(3), 6u);
  EXPECT_EQ(index.byte_at(4), 7u);
}

TEST(Utf8, FoldingComparesWhatReadersSeeAsTheSame) {
  EXPECT_EQ(fold_case("STRASSE"), fold_case("straße"));
  EXPECT_EQ(to_nfc("e\u0301"), "é");
}

}  // namespace
}  // namespace kabar
