// What somebody sees who works on a theme under kabar serve --dev.
#include "app/dev_reload.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "http/test_client.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class DevServer : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::path(testing::TempDir()) / "kabar_dev";
    fs::remove_all(dir_);
    fs::create_directories(dir_);
    fs::copy(fs::path(KABAR_ROOT) / "themes/default", dir_ / "theme", fs::copy_options::recursive);
    Newsroom newsroom{dir_, parse_settings("[site]\ntheme = \"" + (dir_ / "theme").string() + "\"\n", "test").value()};
    desk_ = Desk::open(newsroom).value();
    ASSERT_TRUE(desk_->publish_all());
    reload_.emplace(desk_->theme_folders(), Time(std::chrono::seconds(100)));
    options_.port = 0;
    options_.hosts = {{.name = "x", .folder = newsroom.site()}};
    reload_->add_to(options_);
    options_.listening = [this](uint16_t port) { port_ = port; };
    server_ = std::jthread([this](std::stop_token stop) { (void)http::serve(options_, stop); });
    while (port_ == 0) std::this_thread::yield();
  }

  std::string get(const std::string& path) {
    return http::talk_to(port_, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }
  void append(const char* file, const std::string& text) {
    const fs::path path = dir_ / "theme" / file;
    ASSERT_TRUE(disk(false).write(path, read_file(path, 1 << 20).value() + text));
  }

  fs::path dir_;
  std::unique_ptr<Desk> desk_;
  std::optional<DevReload> reload_;
  http::ServerOptions options_;
  std::atomic<uint16_t> port_ = 0;
  std::jthread server_;
};

TEST_F(DevServer, PagesAreSentWithTheScriptAndPublishedWithoutIt) {
  const std::string page = get("/id/");
  EXPECT_THAT(page, EndsWith("<script src=\"/api/dev/reload.js\"></script>\n"));
  EXPECT_THAT(page, HasSubstr("Cache-Control: no-store\r\n"));
  EXPECT_THAT(get("/api/dev/reload.js"), HasSubstr("!== \"100\") location.reload()"));
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(dir_ / "public")) {
    if (entry.is_regular_file()) {
      EXPECT_THAT(read_file(entry.path(), 1 << 20).value(), Not(HasSubstr("/api/dev/"))) << entry.path();
    }
  }
}

TEST_F(DevServer, AChangeOfTheThemeMakesThePagesAgain) {
  reload_->look(*desk_);
  EXPECT_THAT(get("/api/dev/build"), EndsWith("\r\n\r\n100"));
  const std::string before = get("/id/");
  append("assets/site.css", "body { color: maroon }\n");
  append("footer.mustache", "<!-- new footer -->");
  reload_->look(*desk_);
  EXPECT_THAT(get("/api/dev/build"), EndsWith("\r\n\r\n101"));
  const std::string after = get("/id/");
  EXPECT_THAT(after, HasSubstr("<!-- new footer -->"));
  const auto sheet = [](const std::string& page) {
    const size_t at = page.find("/assets/site.");
    return page.substr(at, page.find('"', at) - at);
  };
  EXPECT_NE(sheet(before), sheet(after));
  EXPECT_THAT(get(sheet(after)), HasSubstr("color: maroon"));
}

TEST_F(DevServer, AFaultyThemeLeavesTheSiteAsItWasUntilItIsMended) {
  append("list.mustache", "{{#never_closed}}");
  reload_->look(*desk_);
  EXPECT_THAT(get("/api/dev/build"), EndsWith("\r\n\r\n100"));
  EXPECT_THAT(get("/id/"), HasSubstr(" 200 "));
  append("list.mustache", "{{/never_closed}}");
  reload_->look(*desk_);
  EXPECT_THAT(get("/api/dev/build"), EndsWith("\r\n\r\n101"));
}

}  // namespace
}  // namespace kabar::app
