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

TEST(Settings, NumbersHaveTheirRange) {
  EXPECT_EQ(parse_settings("[server]\n\nport = 99999\n", "kabar.toml").error().text(),
            "kabar.toml:3: server.port must be 0 to 65535");
  EXPECT_EQ(parse_settings("[site]\nindex_score_min = -3\n", "kabar.toml").error().text(),
            "kabar.toml:2: site.index_score_min must be 0 or more");
  setenv("KABAR_SERVER_THREADS", "0", 1);
  const Result<Settings> settings = parse_settings("", "kabar.toml");
  unsetenv("KABAR_SERVER_THREADS");
  EXPECT_EQ(settings.error().text(), "KABAR_SERVER_THREADS: must be 1 to 1024");
}

TEST(Settings, AFaultFoundLaterIsNamedWithItsLine) {
  const Settings settings =
      parse_settings("[site]\nemail = \"x\"\n[sites.sport]\nsite.email = \"y\"\n", "kabar.toml").value();
  EXPECT_EQ(settings.with_place({ErrorKind::bad_input, "site.email", "m"}).place, "kabar.toml:2: site.email");
  EXPECT_EQ(settings.with_place({ErrorKind::bad_input, "sites.sport.site.email", "m"}).place,
            "kabar.toml:4: sites.sport.site.email");
  EXPECT_EQ(settings.with_place({ErrorKind::bad_input, "site.name", "m"}).place, "site.name");
}

TEST(Settings, AFurtherSiteHasItsOwnValuesAndSharesTheOthers) {
  const Result<Settings> settings = parse_settings(
      "[site]\nname = \"Warta\"\nemail = \"halo@warta.example\"\n"
      "[sites.sport]\nsite.name = \"Sport\"\nsite.targets = [\"en\"]\npolicy.default = \"publish\"\n"
      "[sites.daerah.site]\naddress = \"https://daerah.example\"\n",
      "kabar.toml");
  ASSERT_TRUE(settings) << settings.error().text();
  EXPECT_EQ(settings->further_sites(), (std::vector<std::string>{"daerah", "sport"}));
  const Settings sport = settings->of_site("sport");
  EXPECT_EQ(sport.text("site.name"), "Sport");
  EXPECT_EQ(sport.text("site.email"), "halo@warta.example");
  EXPECT_EQ(sport.list("site.targets"), std::vector<std::string>{"en"});
  EXPECT_EQ(sport.text("policy.default"), "publish");
  EXPECT_EQ(settings->of_site("daerah").text("site.address"), "https://daerah.example");
  EXPECT_EQ(settings->text("site.name"), "Warta");
  EXPECT_EQ(settings->text("policy.default"), "hold on findings");
  EXPECT_TRUE(default_settings().further_sites().empty());
}

TEST(Settings, AFaultOfASiteIsOneLineWithItsPlace) {
  EXPECT_EQ(parse_settings("[sites.sport]\nsite.nmae = \"x\"\n", "kabar.toml").error().text(),
            "kabar.toml:2: there is no setting site.nmae; did you mean site.name?");
  EXPECT_EQ(parse_settings("[sites.sport]\nserver.port = 80\n", "kabar.toml").error().text(),
            "kabar.toml:1: server.port is the same for all sites; [sites.sport] may hold site.* and policy.*");
  EXPECT_EQ(parse_settings("[sites.\"../x\"]\n", "kabar.toml").error().text(),
            "kabar.toml:1: \"../x\" is no name of a site: small letters, digits and hyphens, at most 40");
  EXPECT_EQ(parse_settings("[sites]\nsport = 1\n", "kabar.toml").error().text(),
            "kabar.toml:2: sites are tables: [sites.NAME]");
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
