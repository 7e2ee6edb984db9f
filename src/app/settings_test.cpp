#include "app/settings.h"

#include <cstdlib>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace kabar::app {
namespace {

TEST(SettingList, KeysAreUniqueDocumentedAndGrouped) {
  std::set<std::string_view> keys, tables;
  std::string_view table;
  for (const Setting& setting : setting_list()) {
    EXPECT_TRUE(keys.insert(setting.key).second) << setting.key;
    EXPECT_FALSE(setting.help.empty()) << setting.key;
    const std::string_view own = setting.key.substr(0, setting.key.find('.'));
    if (own != table) {
      EXPECT_TRUE(tables.insert(own).second) << own << " appears in two places";
    }
    table = own;
  }
}

TEST(Settings, TheWrittenDefaultFileSaysWhatTheDefaultsAre) {
  const Result<Settings> read = parse_settings(default_kabar_toml(), "kabar.toml");
  ASSERT_TRUE(read) << read.error().text();
  for (const Setting& setting : setting_list()) {
    EXPECT_EQ(read->list(setting.key), default_settings().list(setting.key)) << setting.key;
  }
}

TEST(SettingList, DocumentationHasEverySetting) {
  std::ifstream file(KABAR_ROOT "/docs/settings.md");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  for (const Setting& setting : setting_list()) {
    const std::string row = fmt::format("| `{}` | `{}` | {} | {} | `{}` |", setting.key, setting.default_value,
                                        setting.unit, setting.help, environment_name(setting));
    EXPECT_NE(text.find(row), std::string::npos) << row;
  }
}

TEST(Settings, FileOverDefaultsAndEnvironmentOverFile) {
  setenv("KABAR_SITE_TARGETS", "en, fr", 1);
  const Result<Settings> settings = parse_settings("[site]\nname = \"Warta\"\ntargets = [\"ja\"]\n", "kabar.toml");
  unsetenv("KABAR_SITE_TARGETS");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->text("site.name"), "Warta");
  EXPECT_EQ(settings->list("site.targets"), (std::vector<std::string>{"en", "fr"}));
  EXPECT_EQ(settings->integer("server.port"), 8080);
}

TEST(Settings, AFaultIsOneLineWithItsPlace) {
  EXPECT_EQ(parse_settings("[site]\nnmae = \"x\"\n", "kabar.toml").error().text(),
            "kabar.toml:2: there is no setting site.nmae; did you mean site.name?");
  EXPECT_EQ(parse_settings("[server]\nport = \"80\"\n", "kabar.toml").error().text(),
            "kabar.toml:2: server.port must be a whole number");
  EXPECT_EQ(parse_settings("[site\n", "kabar.toml").error().place, "kabar.toml:1");
  EXPECT_EQ(parse_settings("[wetter]\na = 1\n", "kabar.toml").error().text(),
            "kabar.toml:1: there is no setting wetter");
}

}  // namespace
}  // namespace kabar::app
