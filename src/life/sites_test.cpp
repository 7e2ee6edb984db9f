// Two sites in one database: an article lives by the settings of its own, and readers of the other never see it.
#include <filesystem>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "db/sqlite.h"
#include "life/site_source.h"
#include "life/steps/correct.h"
#include "life/steps/receive.h"
#include "life/test_renderer.h"
#include "life/worker.h"
#include "store/articles.h"
#include "store/corrections.h"

namespace kabar::life {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class TwoSites : public testing::Test {
 protected:
  void SetUp() override {
    file_ = fs::temp_directory_path() / fmt::format("kabar-sites-{}.db", ::getpid());
    remove_database();
    database_ = db::open_sqlite(file_).value();
    life_.emplace(Life{
        .database = *database_,
        .clock = clock_,
        .renderer = renderer_,
        .sites = {{"", {.policies = Policies::parse("publish", {}).value(), .targets = {Language::en, Language::fr}}},
                  {"sport", {.policies = Policies::parse("hold always", {}).value(), .targets = {Language::ja}}}}});
  }
  void TearDown() override {
    life_.reset();
    database_.reset();
    remove_database();
  }
  void remove_database() {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(file_.string() + end);
  }

  Result<std::vector<Received>> import(const char* id, const char* site, const char* text) {
    Article article = article_of(id, text);
    article.site = site;
    return receive(*life_, {&article, 1}, "wire");
  }

  WorkReport work() {
    const auto none = [](std::span<const std::string>) -> Result<site::ChangedAddresses> {
      return site::ChangedAddresses{};
    };
    return work_until_idle(*life_, none).value();
  }

  // "en published, id published"
  std::string states(std::string_view article) {
    std::string all;
    const std::vector<store::VersionRow> versions = store::load_versions(*database_, article).value();
    for (const store::VersionRow& version : versions) {
      all += fmt::format("{}{} {}", all.empty() ? "" : ", ", version.key.language.view(), name_of(version.state));
    }
    return all;
  }

  std::vector<std::string> public_in(const char* site) {
    std::vector<std::string> ids;
    SiteSource source(*database_, topics_, site);
    EXPECT_TRUE(source.each([&](const site::SiteArticle& article) -> Result<void> {
      ids.push_back(article.id);
      return {};
    }));
    return ids;
  }

  FixedClock clock_{Time(std::chrono::seconds(1'790'000'000))};
  TestRenderer renderer_;
  fs::path file_;
  std::unique_ptr<db::Connection> database_;
  TopicNames topics_;
  std::optional<Life> life_;
};

TEST_F(TwoSites, AnArticleGetsTheLanguagesAndThePolicyOfItsSite) {
  ASSERT_TRUE(import("beras", "", "Beras naik\n\nHarga naik."));
  ASSERT_TRUE(import("gol", "sport", "Gol\n\nTim menang."));
  work();
  EXPECT_EQ(states("beras"), "en published, fr published, id published");
  EXPECT_EQ(states("gol"), "id published, ja in review");
  // A language that is added later is added to its site alone.
  db::Transaction transaction = db::Transaction::begin(*database_).value();
  ASSERT_TRUE(store::add_missing_versions(*database_, "sport", Language::ar, clock_.now()));
  ASSERT_TRUE(transaction.commit());
  EXPECT_EQ(states("beras"), "en published, fr published, id published");
  EXPECT_EQ(states("gol"), "ar segmented, id published, ja in review");
}

TEST_F(TwoSites, ReadersOfASiteSeeItsArticlesOnly) {
  ASSERT_TRUE(import("beras", "", "Beras naik\n\nHarga naik."));
  ASSERT_TRUE(import("gol", "sport", "Gol\n\nTim menang."));
  work();
  EXPECT_THAT(public_in(""), ElementsAre("beras"));
  EXPECT_THAT(public_in("sport"), ElementsAre("gol"));
  EXPECT_FALSE(SiteSource(*database_, topics_, "").find("gol").value());
  EXPECT_TRUE(SiteSource(*database_, topics_, "sport").find("gol").value());
}

TEST_F(TwoSites, ACorrectionIsToldInTheLanguagesOfTheSite) {
  ASSERT_TRUE(import("gol", "sport", "Gol\n\nTim menang 2-0."));
  work();
  ASSERT_TRUE(correct(*life_, {.article = "gol", .what = Wrong::number, .wrong = "2", .right = "3", .who = "Rina"}));
  const auto corrections = store::load_corrections(*database_, "gol").value();
  ASSERT_EQ(corrections.size(), 1u);
  std::vector<std::string> languages;
  for (const auto& [language, text] : corrections[0].notices) languages.push_back(language.code());
  EXPECT_THAT(languages, testing::UnorderedElementsAre("id", "ja"));
}

TEST_F(TwoSites, AnUnknownSiteIsRefusedAndNothingIsStored) {
  const auto result = import("gol", "sprot", "Gol\n\nTim menang.");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().text(), "gol: the settings have no site \"sprot\"");
  EXPECT_FALSE(store::find_article(*database_, "gol").value());
}

TEST_F(TwoSites, AnArticleStaysInItsSite) {
  ASSERT_TRUE(import("gol", "sport", "Gol\n\nTim menang."));
  const auto moved = import("gol", "", "Gol\n\nTim menang.");
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().text(),
            "gol: this id is taken by an article of the site \"sport\", and articles stay where they are");
  EXPECT_EQ(import("gol", "sport", "Gol\n\nTim menang.").value().front(), Received::unchanged);
}

TEST_F(TwoSites, ASiteThatWasTakenOutOfTheSettingsKeepsNoOtherFromItsReaders) {
  ASSERT_TRUE(import("gol", "sport", "Gol\n\nTim menang."));
  ASSERT_TRUE(import("beras", "", "Beras naik\n\nHarga naik."));
  life_->sites.erase("sport");
  EXPECT_THAT(work().last_fault, HasSubstr("the settings have no site \"sport\""));
  EXPECT_EQ(states("beras"), "en published, fr published, id published");
  EXPECT_EQ(states("gol"), "id received");
}

}  // namespace
}  // namespace kabar::life
