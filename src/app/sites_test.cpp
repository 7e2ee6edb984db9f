// A newsroom with two sites: settings, pages, search and server of one never show what belongs to the other.
#include "app/sites.h"

#include <atomic>
#include <fstream>
#include <map>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/newsroom.h"
#include "app/site_api.h"
#include "base/file.h"
#include "db/sqlite.h"
#include "http/server.h"
#include "http/test_client.h"
#include "store/articles.h"
#include "store/publications.h"
#include "store/reports.h"
#include "store/versions.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOneSite = "[site]\nname = \"Warta\"\naddress = \"https://warta.example\"\ntargets = [\"en\"]\n";
constexpr const char* kFurtherSite =
    "[sites.sport]\nsite.name = \"Lapangan\"\nsite.address = \"https://sport.example\"\nsite.targets = [\"fr\"]\n"
    "policy.default = \"publish\"\n";

std::string fault_of(const std::string& toml) {
  const auto sites = sites_of(parse_settings(toml, "kabar.toml").value());
  if (sites) return "none";
  const std::string text = sites.error().text();  // behind "kabar.toml:LINE: " where the file names the key
  return text.starts_with("kabar.toml:") ? text.substr(text.find(' ') + 1) : text;
}

TEST(Sites, AFaultNamesTheSiteAndTheKey) {
  const std::string both = std::string(kOneSite) + kFurtherSite;
  EXPECT_EQ(fault_of(both), "none");
  EXPECT_EQ(fault_of(both + "site.language = \"qqqq\"\n"), "sites.sport.site.language: \"qqqq\" is no language");
  EXPECT_EQ(fault_of(std::string(kOneSite) + "[sites.sport]\npolicy.default = \"perhaps\"\n"),
            "sites.sport.policy.default: \"perhaps\" is no policy; there are publish, hold on findings, hold always");
  EXPECT_EQ(fault_of(std::string(kOneSite) + "[sites.sport]\nsite.address = \"http://Warta.example:8080\"\n"),
            "sites.sport.site.address: every site needs a host of its own, and warta.example is that of site.address");
}

TEST(Sites, WhatReadersSeeOfASiteIsItsSettings) {
  const auto sites = sites_of(parse_settings(std::string(kOneSite) + R"(sections = ["ekonomi", "daerah"]
section_names = ["daerah/en: Across the Islands"]
titles = ["en: Warta: English Edition"]
taglines = ["id: Kabar hari ini"]
about = ["en: We are Warta.\n\nWrite to us."]
notice = ["en: A machine made this."]
main_at_root = true
slugs = "latin"
x_default = "en"
index_score_min = 1.5
full_text_feeds = false
mining_reserved = false
[sites.sport]
site.address = "https://sport.example"
site.x_default = "none"
)",
                                             "kabar.toml")
                                  .value());
  ASSERT_TRUE(sites) << sites.error().text();
  const site::SiteConfig& config = sites->front().config;
  ASSERT_EQ(config.sections.size(), 2u);
  EXPECT_TRUE(config.sections[0].names.empty());
  EXPECT_EQ(config.sections[1].names.at(Language::en), "Across the Islands");
  EXPECT_EQ(config.titles, (site::Texts{{Language::en, "Warta: English Edition"}}));
  EXPECT_EQ(config.taglines, (site::Texts{{Language::id, "Kabar hari ini"}}));
  EXPECT_EQ(config.about, (site::Texts{{Language::en, "We are Warta.\n\nWrite to us."}}));
  EXPECT_EQ(config.notice, (site::Texts{{Language::en, "A machine made this."}}));
  EXPECT_TRUE(config.main_language_at_root && config.slugs == site::SlugStyle::latin);
  EXPECT_EQ(config.x_default, Language::en);
  EXPECT_EQ(config.index_score_min, 1.5);
  EXPECT_FALSE(config.full_text_feeds || config.mining_reserved);
  EXPECT_FALSE(sites->back().config.x_default);
}

TEST(Sites, AFaultyTextNamesItself) {
  const std::string start = kOneSite;
  EXPECT_EQ(fault_of(start + "titles = [\"Warta\"]\n"), "site.titles \"Warta\": written LANGUAGE: TEXT");
  EXPECT_EQ(fault_of(start + "notice = [\"en: \"]\n"), "site.notice \"en: \": written LANGUAGE: TEXT");
  EXPECT_EQ(fault_of(start + "about = [\"ja: Kami\"]\n"), "site.about: \"ja\" is no language of this site");
  EXPECT_EQ(
      fault_of(start + "section_names = [\"ekonomi/en: Business\"]\n"),
      "site.section_names \"ekonomi/en: Business\": written SECTION/LANGUAGE: NAME, with a section of site.sections");
  EXPECT_EQ(fault_of(start + "slugs = \"kanji\"\n"), "site.slugs: \"kanji\" is neither \"own script\" nor \"latin\"");
  EXPECT_EQ(fault_of(start + "x_default = \"ja\"\n"), "site.x_default: \"ja\" is no language of this site");
  EXPECT_EQ(fault_of(start + "email = \"bukan email\"\n"), "site.email: \"bukan email\" is no address");
  EXPECT_TRUE(
      fault_of(start + "time_zone = \"Asia/Jkt\"\n").starts_with("site.time_zone: \"Asia/Jkt\" is no time zone"));
  EXPECT_EQ(fault_of(start + "sections = [\"Ibu Kota\"]\n"),
            "site.sections: \"Ibu Kota\" cannot stand in an address; \"ibu-kota\" could");
  EXPECT_EQ(fault_of("[site]\nname = \" \"\n"), "site.name: a newspaper has a name");
  EXPECT_EQ(fault_of("[site]\ntargets = [\"de\"]\n"), "site.targets: there are no texts for pages in \"de\"");
  EXPECT_EQ(fault_of("[site]\ntargets = [\"en\", \"en\"]\n"), "site.targets: \"en\" stands twice");
  EXPECT_EQ(
      fault_of("[site]\naddress = \"https://warta.example/?a=b\"\n"),
      "site.address: \"https://warta.example/?a=b\" is not http:// or https:// with a host and nothing behind it");
  EXPECT_EQ(fault_of("[ping]\nwebsub_hub = \"hub\"\n"), "ping.websub_hub: must begin with http:// or https://");
  EXPECT_EQ(fault_of("[policy]\nrules = [\"politik/xx: publish\"]\n"),
            "policy.rules \"politik/xx: publish\": there are no texts for pages in \"xx\"");
}

class SitesOfANewsroom : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::temp_directory_path() / fmt::format("kabar-sites-of-{}", ::getpid());
    fs::remove_all(dir_);
  }
  void TearDown() override {
    desk_.reset();
    fs::remove_all(dir_);
  }

  void open(const std::string& toml) {
    desk_.reset();
    fs::create_directories(dir_);
    auto opened = Desk::open({dir_, parse_settings(toml, "kabar.toml").value()});
    ASSERT_TRUE(opened) << opened.error().text();
    desk_ = std::move(*opened);
  }

  // Publishes a story as the worker's steps do, without a model: `word` and `translated` stand in it everywhere.
  void publish_story(const std::string& site, const std::string& id, const std::string& word, Language target,
                     const std::string& translated) {
    db::Connection& database = desk_->life().database;
    db::Transaction transaction = db::Transaction::begin(database).value();
    Article article{.id = id, .site = site, .section = "berita", .authors = {"Rina"}, .tags = {word}};
    article.blocks = blocks(word);
    ASSERT_TRUE(store::put_revision(database, {.number = 1, .received = kNow, .fingerprint = "f", .article = article}));
    for (const auto& [language, text] : {std::pair(Language(Language::id), word), std::pair(target, translated)}) {
      ASSERT_TRUE(store::put_version(database, {.key = {id, 1, language}, .state = store::State::published}));
      ASSERT_TRUE(store::put_publication(database, {.article = id,
                                                    .language = language,
                                                    .revision = 1,
                                                    .published = kNow,
                                                    .modified = kNow,
                                                    .reviewed_by = "",
                                                    .reviewed = {},
                                                    .score = 1.0f,
                                                    .blocks = blocks(text),
                                                    .segments = {}}));
    }
    ASSERT_TRUE(store::add_site_change(database, id));
    ASSERT_TRUE(transaction.commit());
    ASSERT_TRUE(desk_->work({}));
  }
  static std::vector<Block> blocks(const std::string& word) {
    return {{.id = "b1", .type = BlockType::headline, .text = word + " satu"}, {.id = "b2", .text = word + " dua."}};
  }

  // Files whose name or content has the word.
  int files_with(const fs::path& folder, const std::string& word) {
    int count = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      const std::string all = entry.path().string() + read_file(entry.path(), 1 << 20).value();
      count += all.find(word) != std::string::npos ? 1 : 0;
    }
    return count;
  }

  std::map<std::string, std::string> bytes_of(const fs::path& folder) {
    std::map<std::string, std::string> bytes;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) bytes[entry.path().string()] = read_file(entry.path(), 1 << 20).value();
    }
    return bytes;
  }

  static constexpr Time kNow{std::chrono::seconds(1'795'000'000)};
  fs::path dir_;
  std::unique_ptr<Desk> desk_;
};

TEST_F(SitesOfANewsroom, PagesFeedsAndSitemapsShowTheArticlesOfTheSiteOnly) {
  open(std::string(kOneSite) + kFurtherSite);
  publish_story("", "beras", "Padi", Language::en, "Paddy");
  publish_story("sport", "gol", "Gawang", Language::fr, "Cagefoot");
  const fs::path first = dir_ / "public", sport = dir_ / "sites/sport/public";
  for (const bool all : {false, true}) {
    if (all) {
      ASSERT_TRUE(desk_->publish_all());
    }
    for (const char* word : {"Padi", "Paddy", "/beras/"}) {
      EXPECT_GT(files_with(first, word), 0) << word;
      EXPECT_EQ(files_with(sport, word), 0) << word;
    }
    for (const char* word : {"Gawang", "Cagefoot", "/gol/"}) {
      EXPECT_EQ(files_with(first, word), 0) << word;
      EXPECT_GT(files_with(sport, word), 0) << word;
    }
  }
  // Name, address and languages are the site's own as well.
  EXPECT_TRUE(fs::exists(first / "en/index.html") && !fs::exists(first / "fr"));
  EXPECT_TRUE(fs::exists(sport / "fr/index.html") && !fs::exists(sport / "en"));
  EXPECT_EQ(files_with(first, "Lapangan") + files_with(first, "sport.example"), 0);
  EXPECT_EQ(files_with(sport, "Warta") + files_with(sport, "warta.example"), 0);
  EXPECT_GT(files_with(sport, "https://sport.example/id/berita/gol/"), 0);
}

TEST_F(SitesOfANewsroom, TheServerChoosesTheSiteByItsHost) {
  open(std::string(kOneSite) + kFurtherSite);
  publish_story("", "beras", "Padi", Language::en, "Paddy");
  publish_story("sport", "gol", "Gawang", Language::fr, "Cagefoot");
  const FixedClock clock{kNow};
  http::ServerOptions options;
  std::atomic<uint16_t> port = 0;
  options.port = 0;
  options.hosts = hosts_of(*desk_, clock);
  options.listening = [&port](uint16_t bound) { port = bound; };
  const std::jthread thread([&options](std::stop_token stop) { (void)http::serve(options, stop); });
  while (port == 0) std::this_thread::yield();
  const auto get = [&](const std::string& host, const std::string& target) {
    return http::talk_to(port, fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", target, host));
  };
  const auto has = [](const std::string& answer, const char* part) { return answer.find(part) != std::string::npos; };
  EXPECT_TRUE(has(get("warta.example", "/id/"), "Padi satu"));
  EXPECT_TRUE(has(get("sport.example:8080", "/id/"), "Gawang satu"));
  EXPECT_TRUE(has(get("localhost", "/id/"), "Padi satu"));
  EXPECT_TRUE(has(get("sport.example", "/id/berita/beras/"), "HTTP/1.1 404 "));
  EXPECT_TRUE(has(get("warta.example", "/api/search?q=padi"), "\"total\":1"));
  EXPECT_TRUE(has(get("sport.example", "/api/search?q=padi"), "\"total\":0"));
  EXPECT_TRUE(has(get("sport.example", "/api/search?q=gawang"), "\"total\":1"));
  // A reader of a site reports what that site has shown him.
  const auto report = [&](const std::string& host) {
    const std::string form = "article=gol&language=fr&comment=salah";
    return http::talk_to(port,
                         fmt::format("POST /api/report HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: "
                                     "application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
                                     host, form.size(), form));
  };
  EXPECT_TRUE(has(report("warta.example"), "HTTP/1.1 404 "));
  EXPECT_TRUE(has(report("sport.example"), "HTTP/1.1 204 "));
  EXPECT_EQ(store::open_reports(desk_->life().database, 10).value().size(), 1u);
}

TEST_F(SitesOfANewsroom, ANewsroomFromBeforeThereWereSitesIsPublishedUnchanged) {
  open(kOneSite);
  publish_story("", "beras", "Padi", Language::en, "Paddy");
  const auto before = bytes_of(dir_ / "public");
  {
    // What the migrations added is taken out again, and what they dropped put back.
    db::Connection& database = desk_->life().database;
    db::Transaction transaction = db::Transaction::begin(database).value();
    ASSERT_TRUE(database.run("DROP TABLE term"));
    ASSERT_TRUE(database.run("ALTER TABLE article DROP COLUMN site"));
    ASSERT_TRUE(database.run("DROP TABLE ping"));
    ASSERT_TRUE(database.run("DROP TABLE hold"));
    ASSERT_TRUE(database.run("ALTER TABLE site_change DROP COLUMN urgent"));
    ASSERT_TRUE(database.run("DROP INDEX version_quick"));
    ASSERT_TRUE(database.run("DROP INDEX revision_fingerprint"));
    ASSERT_TRUE(
        database.run("CREATE TABLE backup_file (name TEXT NOT NULL PRIMARY KEY, content TEXT NOT NULL) STRICT"));
    ASSERT_TRUE(database.run("DELETE FROM schema_migration WHERE number >= 3"));
    ASSERT_TRUE(transaction.commit());
  }
  open(kOneSite);
  const auto report = desk_->publish_all();
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->articles, 1);
  EXPECT_EQ(report->files_written, 0);
  EXPECT_EQ(report->files_removed, 0);
  EXPECT_EQ(bytes_of(dir_ / "public"), before);
  EXPECT_FALSE(fs::exists(dir_ / "sites"));
  // A site that is added later leaves the pages of the first as they are.
  open(std::string(kOneSite) + kFurtherSite);
  ASSERT_TRUE(desk_->publish_all());
  EXPECT_EQ(bytes_of(dir_ / "public"), before);
  EXPECT_TRUE(fs::exists(dir_ / "sites/sport/public/id/index.html"));
}

}  // namespace
}  // namespace kabar::app
