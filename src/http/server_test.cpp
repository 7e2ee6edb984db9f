#include "http/server.h"

#include <thread>

#include <gtest/gtest.h>

#include "base/file.h"
#include "http/test_client.h"

namespace kabar::http {
namespace {

namespace asio = boost::asio;

class Served : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / "kabar_server";
    std::filesystem::remove_all(folder_);
    ASSERT_TRUE(disk(false).write(folder_ / "id/index.html", "halo"));
    ASSERT_TRUE(disk(false).write(folder_ / "en/index.html", "<!DOCTYPE html><html lang=\"en\"><body>hello"));
    ASSERT_TRUE(disk(false).write(folder_ / "404.html", "nope"));
    ASSERT_TRUE(disk(false).write(folder_ / "lama/index.html", "<!doctype html><!--moved /id/ --><html>"));
    ASSERT_TRUE(disk(false).write(folder_ / "tarik/index.html", "<!DOCTYPE html><!--gone--><html>"));
    options_.port = 0;
    options_.threads = 2;
    ASSERT_TRUE(disk(false).write(folder_ / "sport/index.html", "gol"));
    options_.body_bytes_max = 100;
    options_.idle_seconds_max = 1;
    options_.hosts = {
        {.name = "warta.example",
         .folder = folder_,
         .headers = {{"X-Content-Type-Options", "nosniff"}},
         .routes = {{"/api/echo",
                     [](const Request& request) { return Response{.body = request.method + request.body}; }}}},
        {.name = "sport.example", .folder = folder_ / "sport", .headers = {{"X-Site", "sport"}}, .routes = {}}};
    options_.listening = [this](uint16_t port) { port_ = port; };
    thread_ = std::jthread([this](std::stop_token stop) {
      result_ = serve(options_, stop);
      ended_ = true;
    });
    while (port_ == 0 && !ended_) std::this_thread::yield();
    ASSERT_NE(port_, 0);
  }

  std::string talk(const std::string& bytes) { return talk_to(port_, bytes); }
  std::string get(const std::string& path, const std::string& headers = "") {
    return talk("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
  }

  std::filesystem::path folder_;
  ServerOptions options_;
  std::atomic<uint16_t> port_ = 0;
  std::atomic<bool> ended_ = false;
  Result<void> result_;
  std::jthread thread_;
};

TEST_F(Served, ASecondServerOnThePortIsRefused) {
  for (const int threads : {1, 2}) {
    ServerOptions second = options_;
    second.port = port_;
    second.threads = threads;
    second.listening = [](uint16_t) { FAIL() << "listens"; };
    std::stop_source stop;
    stop.request_stop();
    const Result<void> result = serve(second, stop.get_token());
    ASSERT_FALSE(result) << threads;
    EXPECT_EQ(result.error().kind, ErrorKind::io);
    EXPECT_NE(result.error().message.find("ddress already in use"), std::string::npos) << result.error().text();
  }
  EXPECT_TRUE(get("/id/").starts_with("HTTP/1.1 200 "));
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(Served, AFileComesWithValidatorsAndSecurityHeaders) {
  const std::string answer = get("/id/");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 ")) << answer;
  EXPECT_TRUE(has(answer, "X-Content-Type-Options: nosniff"));
  EXPECT_TRUE(has(answer, "Vary: Accept-Encoding"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\nhalo"));
  const size_t at = answer.find("ETag: ") + 6;
  const std::string tag = answer.substr(at, answer.find("\r\n", at) - at);
  EXPECT_TRUE(has(get("/en/"), "Content-Language: en\r\n"));
  const std::string again = get("/id/", "If-None-Match: " + tag + "\r\n");
  EXPECT_TRUE(again.starts_with("HTTP/1.1 304 ")) << again;
  EXPECT_TRUE(again.ends_with("\r\n\r\n"));
}

TEST_F(Served, OldAddressesLeadOnAndWithdrawnOnesAreGone) {
  EXPECT_TRUE(has(get("/lama/"), "HTTP/1.1 301 ") && has(get("/lama/"), "Location: /id/\r\n"));
  EXPECT_TRUE(has(get("/id"), "Location: /id/\r\n"));
  EXPECT_TRUE(get("/tarik/").starts_with("HTTP/1.1 410 "));
}

TEST_F(Served, WhatIsNotThereHasThePageThatSaysSo) {
  const std::string answer = get("/en/x/");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 404 "));
  EXPECT_TRUE(answer.ends_with("nope"));
}

TEST_F(Served, RoutesAnswerBeforeFiles) {
  EXPECT_TRUE(get("/api/health").ends_with("ok\n"));
  EXPECT_TRUE(talk("POST /api/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab")
                  .ends_with("POSTab"));
}

TEST_F(Served, EveryHostHasItsOwnFilesHeadersAndRoutes) {
  const auto get_from = [&](const std::string& host, const std::string& path) {
    return talk("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  };
  const std::string sport = get_from("Sport.Example:8080", "/");
  EXPECT_TRUE(sport.ends_with("gol")) << sport;
  EXPECT_TRUE(has(sport, "X-Site: sport") && !has(sport, "nosniff")) << sport;
  EXPECT_TRUE(get_from("sport.example", "/id/").starts_with("HTTP/1.1 404 "));
  EXPECT_TRUE(get_from("sport.example", "/api/echo").starts_with("HTTP/1.1 404 "));
  EXPECT_TRUE(get_from("warta.example", "/id/").ends_with("halo"));
  EXPECT_TRUE(get_from("nobody.example", "/id/").ends_with("halo"));
  EXPECT_TRUE(talk("GET /id/ HTTP/1.0\r\n\r\n").ends_with("halo"));
}

TEST_F(Served, BadRequestsAreRefusedAndNothingElseHappens) {
  EXPECT_TRUE(get("/../x").starts_with("HTTP/1.1 400 "));
  EXPECT_TRUE(talk("nonsense\r\n\r\n").starts_with("HTTP/1.1 400 "));
  EXPECT_TRUE(talk("POST /id/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                  .starts_with("HTTP/1.1 405 "));
  EXPECT_TRUE(talk("POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n").starts_with("HTTP/1.1 413 "));
  EXPECT_TRUE(get("/id/", "X: " + std::string(20'000, 'a') + "\r\n").starts_with("HTTP/1.1 431 "));
}

TEST_F(Served, ASilentClientIsLetGo) { EXPECT_EQ(talk("GET /id/ HT"), ""); }

TEST_F(Served, HeadHasNoBody) {
  const std::string answer = talk("HEAD /id/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(has(answer, "Content-Length: 4"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(Served, AFileThatFillsTheSocketComesWhole) {
  std::string large(32 << 20, ' ');
  for (size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>('a' + i % 23);
  ASSERT_TRUE(disk(false).write(folder_ / "large.txt", large));
  const std::string answer = get("/large.txt");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(has(answer.substr(0, 1000), "Content-Length: 33554432\r\nConnection: close\r\n\r\n"));
  EXPECT_TRUE(answer.ends_with(large));
}

TEST_F(Served, OldClientsAreToldWhetherTheConnectionStays) {
  const std::string once = talk("GET /id/ HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(once.starts_with("HTTP/1.0 200 OK\r\n") && !has(once, "Connection")) << once;
  const std::string twice = talk("GET /id/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /en/ HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(has(twice, "Connection: keep-alive\r\n\r\nhalo") && twice.ends_with("hello")) << twice;
}

class ServedForWork : public Served {
 protected:
  void SetUp() override {
    options_.page_end = "<script>";
    Served::SetUp();
    ASSERT_TRUE(disk(false).write(folder_ / "id/index.html.gz", "short"));
    ASSERT_TRUE(disk(false).write(folder_ / "a.css", "b{}"));
  }
};

TEST_F(ServedForWork, PagesGetTheirEndAndNothingIsKept) {
  const std::string answer = get("/id/", "Accept-Encoding: gzip\r\n");
  EXPECT_TRUE(answer.ends_with("\r\n\r\nhalo<script>")) << answer;
  EXPECT_TRUE(has(answer, "Cache-Control: no-store\r\n"));
  EXPECT_FALSE(has(answer, "ETag"));
  EXPECT_TRUE(get("/en/x/").ends_with("nope<script>"));
  EXPECT_TRUE(get("/a.css").ends_with("b{}"));
}

TEST_F(Served, StopsWhenTold) {
  asio::io_context context;
  asio::ip::tcp::socket idle(context);
  idle.connect({asio::ip::make_address("127.0.0.1"), port_});
  thread_.request_stop();
  thread_.join();
  EXPECT_TRUE(result_);
}

TEST(HostName, IsWithoutPortAndInSmallLetters) {
  EXPECT_EQ(host_name("Warta.Example:8080"), "warta.example");
  EXPECT_EQ(host_name("warta.example."), "warta.example");
  EXPECT_EQ(host_name("[::1]:8080"), "[::1]");
  EXPECT_EQ(host_name(""), "");
}

TEST(Form, IsDecoded) {
  const auto form = parse_form("a=1&b=x%20y+z&c&d=%zz&=e");
  EXPECT_EQ(form.at("a"), "1");
  EXPECT_EQ(form.at("b"), "x y z");
  EXPECT_EQ(form.at("c"), "");
  EXPECT_EQ(form.at("d"), "%zz");
  EXPECT_EQ(form.size(), 4u);
}

}  // namespace
}  // namespace kabar::http
