#include "base/file.h"

#include <cstring>

#include <gtest/gtest.h>

namespace kabar {
namespace {

namespace fs = std::filesystem;

TEST(File, WritingReplacesTheWholeFileAndLeavesNothingBehind) {
  const fs::path folder = fs::path(testing::TempDir()) / "kabar_file_test";
  fs::remove_all(folder);
  const fs::path path = folder / "deep" / "page.html";
  ASSERT_TRUE(disk().write(path, "first, longer"));
  ASSERT_TRUE(disk().write(path, "second"));
  EXPECT_EQ(read_file(path, 100).value(), "second");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder / "deep"), {}), 1);
  EXPECT_TRUE(disk().remove(path));
  EXPECT_TRUE(disk().remove(path));
  EXPECT_EQ(read_file(path, 100).error().kind, ErrorKind::not_found);
}

TEST(File, HoldsOnlyTheVeryBytes) {
  const fs::path path = fs::path(testing::TempDir()) / "kabar_file_holds";
  const std::string long_text(100'000, 'x');
  ASSERT_TRUE(disk(false).write(path, long_text));
  EXPECT_TRUE(holds(path, long_text));
  EXPECT_FALSE(holds(path, long_text + 'x'));
  EXPECT_FALSE(holds(path, std::string(99'999, 'x') + 'y'));
  ASSERT_TRUE(disk(false).write(path, ""));
  EXPECT_TRUE(holds(path, ""));
  EXPECT_FALSE(holds(path.string() + "_not_there", ""));
  EXPECT_FALSE(holds(testing::TempDir(), ""));
}

TEST(File, LimitsAndFaultsAreErrors) {
  const fs::path path = fs::path(testing::TempDir()) / "kabar_file_limit";
  ASSERT_TRUE(disk().write(path, "12345"));
  EXPECT_TRUE(read_file(path, 5));
  EXPECT_EQ(read_file(path, 4).error().kind, ErrorKind::limit);
  EXPECT_FALSE(disk().write(path / "below_a_file", "x"));
  EXPECT_FALSE(MappedFile::open(testing::TempDir()));
  const Result<MappedFile> mapped = MappedFile::open(path);
  ASSERT_TRUE(mapped);
  ASSERT_EQ(mapped->bytes().size(), 5u);
  EXPECT_EQ(std::memcmp(mapped->bytes().data(), "12345", 5), 0);
}

}  // namespace
}  // namespace kabar
