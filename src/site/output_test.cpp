#include "site/output.h"

#include <gtest/gtest.h>

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

class Folder : public testing::Test {
 protected:
  Folder() : path_(fs::path(testing::TempDir()) / "kabar_output") { fs::remove_all(path_); }
  void stands(const std::string& name, std::string_view bytes) { ASSERT_TRUE(disk(false).write(path_ / name, bytes)); }
  std::string bytes(const std::string& name) { return read_file(path_ / name, 1000).value_or("nothing"); }

  fs::path path_;
};

TEST_F(Folder, APublicationIntoAnEmptyOneWritesAndRemovesNothing) {
  stands("media/a.jpg", "photo");
  stands("media/page.html", "the operator's own");
  Output output(path_ / "", disk(false));  // with a slash at the end
  output.begin_all();
  ASSERT_TRUE(output.put("/id/", "first"));
  ASSERT_TRUE(output.put("/id/", "second"));
  ASSERT_TRUE(output.remove_others());
  EXPECT_EQ(bytes("id/index.html"), "second");
  EXPECT_EQ(bytes("media/a.jpg"), "photo");
  EXPECT_EQ(bytes("media/page.html"), "the operator's own");
  EXPECT_EQ(output.report.files_removed, 0);
  EXPECT_TRUE(output.take_changed().empty());
  // From now on files are compared and their compressed forms go.
  stands("id/index.html.br", "short");
  ASSERT_TRUE(output.put("/id/", "second"));
  EXPECT_EQ(bytes("id/index.html.br"), "short");
  ASSERT_TRUE(output.put("/id/", "third"));
  EXPECT_EQ(bytes("id/index.html.br"), "nothing");
  EXPECT_EQ(output.report.files_unchanged, 1);
  EXPECT_EQ(output.take_changed(), std::vector<std::string>{"/id/"});
}

TEST_F(Folder, APublicationCutOffBeforeLeavesFilesThatAreComparedAndRemoved) {
  stands("id/index.html", "same");
  stands("id/old/index.html", "of an article that went");
  stands("id/changed/index.html", "old");
  stands("id/changed/index.html.gz", "short");
  Output output(path_, disk(false));
  output.begin_all();
  ASSERT_TRUE(output.put("/id/", "same"));
  ASSERT_TRUE(output.put("/id/changed/", "new"));
  ASSERT_TRUE(output.remove_others());
  EXPECT_EQ(output.report.files_unchanged, 1);
  EXPECT_EQ(output.report.files_removed, 1);
  EXPECT_FALSE(fs::exists(path_ / "id/old"));
  EXPECT_EQ(bytes("id/changed/index.html"), "new");
  EXPECT_EQ(bytes("id/changed/index.html.gz"), "nothing");
}

}  // namespace
}  // namespace kabar::site
