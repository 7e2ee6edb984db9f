// The two addresses of the public site that a program answers, by real requests.
#include "app/site_api.h"

#include <atomic>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "db/sqlite.h"
#include "http/test_client.h"
#include "site/search_index.h"
#include "store/articles.h"
#include "store/publications.h"
#include "store/reports.h"
#include "store/versions.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

constexpr Time kNow{std::chrono::seconds(1'795'000'000)};

class SiteApi : public testing::Test {
 protected:
  void SetUp() override {
    newsroom_.dir = fs::path(testing::TempDir()) / "kabar_site_api";
    newsroom_.settings = default_settings();
    fs::remove_all(newsroom_.dir);
    fs::create_directories(newsroom_.state());
    fs::create_directories(newsroom_.site());
    publish_story();
    options_.port = 0;
    options_.hosts = {
        {.name = "", .folder = newsroom_.site(), .headers = {}, .routes = site_routes(newsroom_, site_, clock_)}};
    options_.listening = [this](uint16_t port) { port_ = port; };
    thread_ = std::jthread([this](std::stop_token stop) { (void)http::serve(options_, stop); });
    while (port_ == 0) std::this_thread::yield();
  }

  void publish_story() {
    const std::unique_ptr<db::Connection> database = db::open_sqlite(newsroom_.database()).value();
    db::Transaction transaction = db::Transaction::begin(*database).value();
    Article article{.id = "beras", .section = "ekonomi"};
    article.blocks = {{.id = "b1", .type = BlockType::headline, .text = "Harga Beras Naik"}};
    ASSERT_TRUE(
        store::put_revision(*database, {.number = 1, .received = kNow, .fingerprint = "f", .article = article}));
    ASSERT_TRUE(store::put_version(*database, {.key = {"beras", 1, Language::en}, .state = store::State::approved}));
    store::Publication publication{.article = "beras", .language = Language::en, .revision = 1, .published = kNow};
    publication.modified = kNow;
    publication.segments = {{.id = "s1", .block_id = "b1", .source = "Harga Beras Naik", .text = "Rise Prices Rice"}};
    ASSERT_TRUE(store::put_publication(*database, publication));
    ASSERT_TRUE(transaction.commit());
    site::SearchIndex index =
        site::SearchIndex::open(newsroom_.search_file(), {Language::id, Language::en, Language::zh}).value();
    ASSERT_TRUE(index.put("beras", {{.article = "beras",
                                     .language = Language::en,
                                     .title = "Rice prices rise",
                                     .address = "/en/ekonomi/beras/rice/",
                                     .label = "AI translation"},
                                    {.article = "beras", .language = Language::zh, .title = "总统府：米价上涨"}}));
    ASSERT_TRUE(index.commit());
  }

  std::string talk(const std::string& bytes) { return http::talk_to(port_, bytes); }
  std::string get(const std::string& target) {
    return talk("GET " + target + " HTTP/1.1\r\nHost: warta.example\r\nConnection: close\r\n\r\n");
  }
  std::string post(const std::string& form, const std::string& headers = "") {
    return talk(
        fmt::format("POST /api/report HTTP/1.1\r\nHost: warta.example\r\nConnection: close\r\n"
                    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n{}\r\n{}",
                    form.size(), headers, form));
  }
  static nlohmann::json body_of(const std::string& answer) {
    return nlohmann::json::parse(answer.substr(answer.find("\r\n\r\n") + 4));
  }
  static bool is(const std::string& answer, int status) {
    return answer.starts_with(fmt::format("HTTP/1.1 {} ", status));
  }
  std::vector<store::Report> reports() {
    return store::open_reports(*db::open_sqlite(newsroom_.database()).value(), 100).value();
  }

  Newsroom newsroom_;
  Site site_{.name = "",
             .settings = default_settings(),
             .languages = {Language::id, {Language::en, Language::zh}},
             .policies = {}};
  FixedClock clock_{kNow};
  http::ServerOptions options_;
  std::atomic<uint16_t> port_ = 0;
  std::jthread thread_;
};

TEST_F(SiteApi, SearchAnswersWithTheMarkOfTranslations) {
  const std::string answer = get("/api/search?q=ric&lang=en");
  ASSERT_TRUE(is(answer, 200)) << answer;
  const nlohmann::json json = body_of(answer);
  EXPECT_EQ(json["total"], 1);
  EXPECT_EQ(json["items"][0]["title"], "Rice prices rise");
  EXPECT_EQ(json["items"][0]["url"], "/en/ekonomi/beras/rice/");
  EXPECT_EQ(json["items"][0]["machine"], true);
  EXPECT_EQ(json["items"][0]["label"], "AI translation");
}

TEST_F(SiteApi, SearchTakesOtherScriptsAndBothNamesOfAnEdition) {
  EXPECT_EQ(body_of(get("/api/search?q=%E6%80%BB%E7%BB%9F&lang=zh"))["total"], 1);
  EXPECT_EQ(body_of(get("/api/search?q=%E6%80%BB%E7%BB%9F&lang=zh-Hans"))["total"], 1);
  EXPECT_EQ(body_of(get("/api/search?q=%E6%80%BB%E7%BB%9F&lang=en"))["total"], 0);
}

TEST_F(SiteApi, SearchRefusesWhatItCannotAnswer) {
  EXPECT_TRUE(is(get("/api/search?q=a&lang=xx"), 400));
  EXPECT_TRUE(is(get("/api/search?q=%FF"), 400));
  EXPECT_TRUE(is(get("/api/search?q=" + std::string(500, 'a')), 400));
  EXPECT_TRUE(is(get("/api/search"), 200));
  EXPECT_EQ(body_of(get("/api/search?q=%22%20OR%20*&lang=en"))["total"], 0);
}

TEST_F(SiteApi, AReportReachesTheDeskWithTheSentence) {
  const std::string answer = post("article=beras&language=en&segment=s1&comment=Word+order%21&website=");
  ASSERT_TRUE(is(answer, 204)) << answer;
  ASSERT_EQ(reports().size(), 1u);
  const store::Report report = reports()[0];
  EXPECT_EQ(report.article, "beras");
  EXPECT_EQ(report.language, Language::en);
  EXPECT_EQ(report.source, "Harga Beras Naik");
  EXPECT_EQ(report.target, "Rise Prices Rice");
  EXPECT_EQ(report.comment, "Word order!");
  EXPECT_EQ(report.at, kNow);
}

TEST_F(SiteApi, ABrowserWithoutScriptsSeesThatItArrived) {
  const std::string answer = post("article=beras&language=en&comment=Bad", "Accept: text/html\r\n");
  EXPECT_TRUE(is(answer, 303)) << answer;
  EXPECT_NE(answer.find("Location: /en/thanks/\r\n"), std::string::npos);
}

TEST_F(SiteApi, WhatIsNoReportIsRefused) {
  EXPECT_TRUE(is(post("article=beras&language=en&segment=s9&comment=x"), 404));
  EXPECT_TRUE(is(post("article=nasi&language=en&comment=x"), 404));
  EXPECT_TRUE(is(post("article=beras&language=zh&comment=x"), 404));  // not published
  EXPECT_TRUE(is(post("article=beras&language=en&comment=+"), 400));
  EXPECT_TRUE(is(post("article=beras&language=en&comment=%FF"), 400));
  EXPECT_TRUE(is(post("article=beras&language=en&comment=" + std::string(2001, 'a')), 400));
  EXPECT_TRUE(is(post("article=beras&language=en&comment=x", "Origin: https://evil.example\r\n"), 403));
  EXPECT_TRUE(is(get("/api/report"), 405));
  EXPECT_TRUE(is(talk("POST /api/report HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\n"
                      "Content-Length: 1\r\n\r\na"),
                 415));
  EXPECT_TRUE(is(post("article=beras&language=en&comment=buy&website=http://spam.example"), 204));
  EXPECT_TRUE(reports().empty());
}

TEST_F(SiteApi, NobodyReportsWhatWasWithdrawn) {
  const std::unique_ptr<db::Connection> database = db::open_sqlite(newsroom_.database()).value();
  db::Transaction transaction = db::Transaction::begin(*database).value();
  ASSERT_TRUE(store::set_withdrawn(*database, "beras", kNow, "law"));
  ASSERT_TRUE(transaction.commit());
  EXPECT_TRUE(is(post("article=beras&language=en&segment=s1&comment=x"), 404));
  EXPECT_TRUE(reports().empty());
}

TEST_F(SiteApi, OneClientCannotFloodTheDesk) {
  const std::string form = "article=beras&language=en&comment=x";
  for (int i = 0; i < kReportsAnHourMax; ++i) EXPECT_TRUE(is(post(form), 204));
  EXPECT_TRUE(is(post(form), 429));
  EXPECT_TRUE(is(post(form, "X-Forwarded-For: 203.0.113.9\r\n"), 204));  // another client behind the proxy
  clock_.advance(std::chrono::hours(1));
  EXPECT_TRUE(is(post(form), 204));
}

TEST_F(SiteApi, AReportIsClosedOnce) {
  ASSERT_TRUE(is(post("article=beras&language=en&comment=x"), 204));
  const std::unique_ptr<db::Connection> database = db::open_sqlite(newsroom_.database()).value();
  db::Transaction transaction = db::Transaction::begin(*database).value();
  EXPECT_TRUE(store::close_report(*database, 1, "Siti", kNow).value());
  EXPECT_FALSE(store::close_report(*database, 1, "Siti", kNow).value());
  ASSERT_TRUE(transaction.commit());
  EXPECT_TRUE(reports().empty());
}

}  // namespace
}  // namespace kabar::app
