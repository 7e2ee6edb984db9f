// Other servers are told of changes: by real requests to a server of the test.
#include "app/pings.h"

#include <atomic>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "db/sqlite.h"
#include "http/server.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;
using store::PingService;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Time kNow{std::chrono::seconds(1'795'000'000)};
constexpr const char* kFeed = "https://warta.example/id/feed.xml";
constexpr const char* kOtherFeed = "https://warta.example/en/feed.xml";

class Pings : public testing::Test {
 protected:
  void SetUp() override {
    setenv("no_proxy", "127.0.0.1", 1);
    file_ = fs::temp_directory_path() / fmt::format("kabar-pings-{}.db", ::getpid());
    remove_database();
    database_ = db::open_sqlite(file_).value();
    options_.port = 0;
    http::Host host{.name = "127.0.0.1", .folder = fs::temp_directory_path()};
    for (const char* path : {"/hub", "/indexnow"}) {
      host.routes.push_back({path, [this](const http::Request& request) { return answer(request); }});
    }
    options_.hosts.push_back(std::move(host));
    options_.listening = [this](uint16_t port) { port_ = port; };
    server_ = std::jthread([this](std::stop_token stop) { (void)http::serve(options_, stop); });
    while (port_ == 0) std::this_thread::yield();
    targets_.hub = fmt::format("http://127.0.0.1:{}/hub", port_.load());
    targets_.indexnow_key = "kunci-kami-2026";
    targets_.indexnow = fmt::format("http://127.0.0.1:{}/indexnow", port_.load());
  }
  void TearDown() override {
    database_.reset();
    remove_database();
  }
  void remove_database() {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(file_.string() + end);
  }

  http::Response answer(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    http::Response response{.status = 204};
    if (!statuses_.empty()) {
      response.status = statuses_.front();
      statuses_.erase(statuses_.begin());
    }
    response.headers = answer_headers_;
    return response;
  }

  void queue(PingService service, std::vector<std::string> addresses) {
    db::Transaction transaction = db::Transaction::begin(*database_).value();
    for (const std::string& address : addresses) ASSERT_TRUE(store::add_ping(*database_, service, address, now_));
    ASSERT_TRUE(transaction.commit());
  }
  PingReport send() {
    const Result<PingReport> report = send_pings(*database_, client_, targets_, now_, std::stop_token());
    EXPECT_TRUE(report) << report.error().text();
    return report.value_or(PingReport());
  }
  // The feeds that the hub was told of, still as in the form.
  std::vector<std::string> told() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> bodies;
    for (const http::Request& request : std::exchange(requests_, {})) bodies.push_back(request.body);
    return bodies;
  }

  fs::path file_;
  std::unique_ptr<db::Connection> database_;
  Time now_ = kNow;
  http::Client client_;
  PingTargets targets_;
  std::mutex mutex_;
  std::vector<http::Request> requests_;
  std::vector<int> statuses_;  // of the next answers; then 204
  std::vector<std::pair<std::string, std::string>> answer_headers_;
  http::ServerOptions options_;
  std::atomic<uint16_t> port_ = 0;
  std::jthread server_;
};

TEST_F(Pings, TheHubIsToldOfEachFeed) {
  queue(PingService::websub, {kFeed, "https://warta.example/id/topik/a&b/feed.xml"});
  EXPECT_EQ(send().sent, 2);
  EXPECT_EQ(requests_.at(0).content_type, "application/x-www-form-urlencoded");
  EXPECT_THAT(told(),
              ElementsAre("hub.mode=publish&hub.url=https%3A%2F%2Fwarta.example%2Fid%2Ffeed.xml",
                          "hub.mode=publish&hub.url=https%3A%2F%2Fwarta.example%2Fid%2Ftopik%2Fa%26b%2Ffeed.xml"));
  EXPECT_EQ(send().sent, 0);
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(Pings, SearchEnginesAreToldOfAllPagesOfAHostAtOnce) {
  queue(PingService::indexnow,
        {"https://warta.example/id/a/", "https://kabar.example/en/b/", "https://warta.example/id/c/"});
  EXPECT_EQ(send().sent, 3);
  ASSERT_EQ(requests_.size(), 2u);
  EXPECT_EQ(requests_[0].content_type, "application/json; charset=utf-8");
  EXPECT_EQ(nlohmann::json::parse(requests_[0].body),
            nlohmann::json::parse(R"({"host": "kabar.example", "key": "kunci-kami-2026",
              "keyLocation": "https://kabar.example/kunci-kami-2026.txt", "urlList": ["https://kabar.example/en/b/"]})"));
  EXPECT_EQ(nlohmann::json::parse(requests_[1].body).at("urlList"),
            (nlohmann::json{"https://warta.example/id/a/", "https://warta.example/id/c/"}));
}

TEST_F(Pings, WhatFailedIsTriedAgainAfterAMinuteAndThenLater) {
  queue(PingService::websub, {kFeed, kOtherFeed});
  statuses_ = {500, 500};
  EXPECT_EQ(send().waiting, 2);
  EXPECT_EQ(told().size(), 1u);  // the second feed would have fared no better
  now_ += std::chrono::seconds(59);
  EXPECT_EQ(send().waiting, 0);
  now_ += std::chrono::seconds(1);
  EXPECT_EQ(send().waiting, 2);
  now_ += std::chrono::seconds(119);
  EXPECT_EQ(send().sent, 0);
  now_ += std::chrono::seconds(1);
  EXPECT_EQ(send().sent, 2);
}

TEST_F(Pings, AFeedThatTheHubRefusesDoesNotHoldUpOthers) {
  queue(PingService::websub, {kFeed, kOtherFeed});
  statuses_ = {404};
  const PingReport report = send();
  EXPECT_EQ(report.waiting, 1);
  EXPECT_EQ(report.sent, 1);
}

TEST_F(Pings, AServiceThatAsksForPatienceGetsIt) {
  queue(PingService::indexnow, {"https://warta.example/id/a/"});
  statuses_ = {429};
  answer_headers_ = {{"Retry-After", "600"}};
  EXPECT_EQ(send().waiting, 1);
  now_ += std::chrono::seconds(599);
  EXPECT_EQ(send().sent, 0);
  now_ += std::chrono::seconds(1);
  EXPECT_EQ(send().sent, 1);
}

TEST_F(Pings, ARedirectIsNotFollowed) {
  queue(PingService::websub, {kFeed});
  statuses_ = {301};
  answer_headers_ = {{"Location", targets_.indexnow}};
  EXPECT_EQ(send().waiting, 1);
  EXPECT_EQ(told().size(), 1u);
}

TEST_F(Pings, WhereNobodyAnswersTheyAreGivenUpWithALine) {
  queue(PingService::websub, {kFeed, kOtherFeed});
  server_.request_stop();
  server_.join();
  for (int attempt = 1; attempt < kPingAttemptsMax; ++attempt) {
    EXPECT_EQ(send().waiting, 2) << attempt;
    now_ += std::chrono::hours(24);
  }
  const PingReport last = send();
  EXPECT_EQ(last.waiting, 0);
  ASSERT_EQ(last.given_up.size(), 1u);
  EXPECT_THAT(last.given_up[0], HasSubstr(fmt::format("ping of {} (2 in all) given up after 10 attempts: ", kFeed)));
  now_ += std::chrono::hours(24);
  EXPECT_THAT(store::due_pings(*database_, PingService::websub, now_, 10).value(), IsEmpty());
}

TEST_F(Pings, WhatACrashLeftInTheQueueIsSentByTheNextRun) {
  queue(PingService::websub, {kFeed});
  database_.reset();  // nothing else is kept anywhere
  database_ = db::open_sqlite(file_).value();
  EXPECT_EQ(send().sent, 1);
}

TEST_F(Pings, AnOfflineNewsroomSendsNothing) {
  queue(PingService::websub, {kFeed});
  queue(PingService::indexnow, {"https://warta.example/id/a/"});
  targets_ = ping_targets(default_settings());
  EXPECT_THAT(targets_.services(), IsEmpty());
  EXPECT_EQ(send().sent, 0);
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(Pings, OtherSchemesAreRefused) {
  EXPECT_EQ(client_.post("file:///etc/hostname", "text/plain", "", {}).error().kind, ErrorKind::unsupported);
}

}  // namespace
}  // namespace kabar::app
