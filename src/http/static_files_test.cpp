#include "http/static_files.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace kabar::http {
namespace {

TEST(DecodePath, ReadsWhatBrowsersSend) {
  EXPECT_EQ(decode_path("/id/"), "/id/");
  EXPECT_EQ(decode_path("/ja/%E9%87%91%E5%88%A9/?q=1"), "/ja/金利/");
  EXPECT_EQ(decode_path("/.well-known/security.txt"), "/.well-known/security.txt");
}

TEST(DecodePath, RefusesWhatLeavesTheFolderOrHides) {
  for (const char* bad : {"", "id", "/../etc/passwd", "/id/../../x", "/%2e%2e/x", "/a%2fb", "//x", "/id//x",
                          "/.git/config", "/id/.htaccess", "/a%00b", "/a%", "/a%4", "/a%zz", "/%FF", "/a\\b", "/./a"}) {
    EXPECT_FALSE(decode_path(bad)) << bad;
  }
}

TEST(AcceptEncoding, FollowsWeights) {
  EXPECT_TRUE(accepts_encoding("gzip, deflate, br", "br"));
  EXPECT_TRUE(accepts_encoding("br;q=0.5, gzip", "br"));
  EXPECT_FALSE(accepts_encoding("br;q=0, gzip", "br"));
  EXPECT_FALSE(accepts_encoding("br;q=0.000", "br"));
  EXPECT_FALSE(accepts_encoding("gzip", "br"));
  EXPECT_FALSE(accepts_encoding("", "gzip"));
}

TEST(Tags, MatchListsWeakOnesAndTheStar) {
  EXPECT_TRUE(matches_tag("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(matches_tag("*", "\"b\""));
  EXPECT_FALSE(matches_tag("\"a\"", "\"b\""));
}

class Folder : public testing::Test {
 protected:
  Folder() : path_(std::filesystem::path(testing::TempDir()) / "kabar_static_files") {
    std::filesystem::remove_all(path_);
    put("id/index.html", "halo");
    put("id/404.html", "tidak ada");
  }
  void put(const std::string& name, std::string_view bytes) { ASSERT_TRUE(disk(false).write(path_ / name, bytes)); }

  std::filesystem::path path_;
};

TEST_F(Folder, AFolderIsItsIndexAndItsNameWithoutSlashIsKnown) {
  StaticFiles files(path_);
  ASSERT_TRUE(files.find("/id/", ""));
  EXPECT_EQ(files.find("/id/", "")->bytes, "halo");
  EXPECT_EQ(files.find("/id/", "")->type, "text/html; charset=utf-8");
  EXPECT_FALSE(files.find("/id", ""));
  EXPECT_TRUE(files.is_folder("/id"));
  EXPECT_FALSE(files.is_folder("/en"));
}

TEST_F(Folder, AChangedFileIsReadAgainAndHasAnotherTag) {
  StaticFiles files(path_);
  const std::string tag = files.find("/id/", "")->tag;
  put("id/index.html", "baru");
  EXPECT_EQ(files.find("/id/", "")->bytes, "baru");
  EXPECT_NE(files.find("/id/", "")->tag, tag);
}

TEST_F(Folder, CompressedFormsAreOfferedToThoseWhoAcceptThem) {
  put("id/index.html.br", "BR");
  put("id/index.html.gz", "GZ");
  StaticFiles files(path_);
  EXPECT_EQ(files.find("/id/", "gzip, br")->bytes, "BR");
  EXPECT_EQ(files.find("/id/", "gzip")->encoding, "gzip");
  EXPECT_EQ(files.find("/id/", "")->bytes, "halo");
  EXPECT_NE(files.find("/id/", "")->tag, files.find("/id/", "br")->tag);
  EXPECT_FALSE(files.find("/id/index.html.br", "br"));
}

TEST_F(Folder, WhatAPageSaysOfItselfIsToldInHeadersToo) {
  put("en/index.html",
      "<!DOCTYPE html><html lang=\"en\" dir=\"ltr\"><head><meta name=\"robots\" content=\"noindex, follow\">"
      "<meta name=\"translation-status\" content=\"ai\"><meta name=\"digital-source-type\" content=\"a&amp;b\">"
      "</head><body><html lang=\"fr\"></body>");
  put("en/index.html.gz", "GZ");
  StaticFiles files(path_);
  using Headers = std::vector<std::pair<std::string_view, std::string>>;
  const Headers wanted = {
      {"Content-Language", "en"}, {"X-Robots-Tag", "noindex, follow"}, {"Translation-Status", "ai"}};
  EXPECT_EQ(files.find("/en/", "")->page_headers, wanted);
  EXPECT_EQ(files.find("/en/", "gzip")->bytes, "GZ");
  EXPECT_EQ(files.find("/en/", "gzip")->page_headers, wanted);
  EXPECT_EQ(files.find("/id/", "")->page_headers, Headers());
  put("en/x.txt", "<html lang=\"en\">");
  EXPECT_EQ(files.find("/en/x.txt", "")->page_headers, Headers());
}

TEST_F(Folder, HeadersStandReadyAndThoseOfTheFileComeFirst) {
  put("en/index.html", "<!DOCTYPE html><html lang=\"en\"><meta name=\"robots\" content=\"noindex\"><body>");
  StaticFiles files(path_, 1 << 20, {{"x-robots-tag", "all"}, {"X-Frame-Options", "DENY"}});
  const auto file = files.find("/en/", "");
  EXPECT_EQ(file->headers, "Content-Type: text/html; charset=utf-8\r\nVary: Accept-Encoding\r\nETag: " + file->tag +
                               "\r\nLast-Modified: " + file->last_modified +
                               "\r\nCache-Control: public, max-age=30, must-revalidate\r\nContent-Language: en\r\n"
                               "X-Robots-Tag: noindex\r\nX-Frame-Options: DENY\r\n");
}

TEST_F(Folder, TheNearestNotFoundPageAnswers) {
  StaticFiles files(path_);
  EXPECT_EQ(files.not_found("/id/a/b/", "")->bytes, "tidak ada");
  EXPECT_FALSE(files.not_found("/en/a/", ""));
}

TEST_F(Folder, MarksTellOfMovesAndWithdrawals) {
  put("a/index.html", "<!doctype html><!--moved /id/b/ --><html>");
  put("b/index.html", "<!DOCTYPE html><!--gone--><html>");
  StaticFiles files(path_);
  EXPECT_EQ(files.find("/a/", "")->location, "/id/b/");
  EXPECT_TRUE(files.find("/b/", "")->gone);
}

}  // namespace
}  // namespace kabar::http
