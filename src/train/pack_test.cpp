#include "train/pack.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace kabar::train {
namespace {

std::vector<PackedRecord> two_records() {
  return {{0, 3, {5, 600, 7999}, {{0, {9}, {{2, 0}}}, {4, {1, 2}, {}}}}, {1, 0, {8}, {{1, {3, 4}, {{0, 0}, {0, 1}}}}}};
}

std::string packed() {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "kabar_pack_test.kpack";
  EXPECT_TRUE(write_pack(path, two_records()));
  const auto bytes = read_file(path, 1 << 20);
  std::filesystem::remove(path);
  return *bytes;
}

TEST(Pack, GivesBackWhatWasWritten) {
  const auto records = parse_pack(packed(), "test");
  ASSERT_TRUE(records) << records.error().text();
  EXPECT_EQ(*records, two_records());
}

// The format is read by other programs (train/gpu), so its bytes are fixed: magic, count, then the first record.
TEST(Pack, HasTheDocumentedBytes) {
  const std::string expected = std::string("KABARPK1") + std::string("\x02\0\0\0", 4) +  // two records
                               std::string("\0\x03\x02\0", 4) +                          // id, group 3, two targets
                               std::string("\x03\0\x05\0\x58\x02\x3F\x1F", 8) +          // 3 pieces: 5, 600, 7999
                               std::string("\0\0\x01\0\x01\0\x09\0", 8) +                // en, 1 piece, 1 link
                               std::string("\x02\0\0\0", 4);                             // 2 -> 0
  EXPECT_EQ(packed().substr(0, expected.size()), expected);
}

TEST(Pack, RefusesEveryCutAndExtraBytes) {
  const std::string whole = packed();
  for (size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(parse_pack(std::string_view(whole).substr(0, size), "cut")) << size;
  }
  EXPECT_FALSE(parse_pack(whole + '\0', "longer"));
}

TEST(Pack, RefusesALinkOutsideTheSentence) {
  std::vector<PackedRecord> records = two_records();
  records[0].targets[0].links = {{3, 0}};
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "kabar_pack_bad.kpack";
  ASSERT_TRUE(write_pack(path, records));
  EXPECT_FALSE(read_pack(path));
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace kabar::train
