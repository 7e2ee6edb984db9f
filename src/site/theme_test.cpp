#include "site/theme.h"

#include <gtest/gtest.h>

#include "site/test_site.h"
#include "site/theme_check.h"

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

TEST_F(Site, AThemeThatLosesTheNoticeIsRefused) {
  const fs::path theme = folder_ / "theme";
  fs::create_directories(folder_);
  fs::copy(kRoot / "themes/default", theme, fs::copy_options::recursive);
  std::string text = *read_file(theme / "article.mustache", 1 << 20);
  text.erase(text.find("{{{notice_end}}}"), 16);
  ASSERT_TRUE(disk(false).write(theme / "article.mustache", text));
  Publisher publisher = open(disk(false), theme);
  const Result<PublishReport> report = publisher.publish(source_);
  ASSERT_FALSE(report);
  EXPECT_NE(report.error().message.find("without its notice"), std::string::npos);
}

TEST_F(Site, TheBuiltInThemePassesItsOwnCheckAndAMisspeltNameIsFound) {
  const fs::path theme = kRoot / "themes/default";
  const Result<ThemeReport> good = check_theme(theme, theme, kRoot / "data/messages", config_, folder_);
  ASSERT_TRUE(good) << good.error().text();
  EXPECT_TRUE(good->unknown.empty());
  EXPECT_GT(good->pages, 10);
  fs::create_directories(folder_);
  fs::copy(theme, folder_ / "theme", fs::copy_options::recursive);
  const std::string footer = *read_file(theme / "footer.mustache", 1 << 20);
  ASSERT_TRUE(disk(false).write(folder_ / "theme/footer.mustache", "{{site_titel}}" + footer));
  const Result<ThemeReport> misspelt = check_theme(folder_ / "theme", theme, kRoot / "data/messages", config_, folder_);
  ASSERT_TRUE(misspelt);
  ASSERT_FALSE(misspelt->unknown.empty());
  EXPECT_NE(misspelt->unknown[0].find("site_titel"), std::string::npos);
}

TEST_F(Site, EveryFieldOfTheThemeIsDocumented) {
  const Result<Theme> theme = Theme::load(kRoot / "themes/default");
  ASSERT_TRUE(theme);
  const std::string text = *read_file(kRoot / "docs/theme.md", 1 << 20);
  for (const std::string& field : theme->fields()) {
    const std::string name = field.substr(field.rfind('.') == std::string::npos ? 0 : field.rfind('.') + 1);
    if (name.empty() || name.starts_with("ui_")) continue;
    EXPECT_NE(text.find("`" + name + "`"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace kabar::site
