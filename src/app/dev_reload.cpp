#include "app/dev_reload.h"

#include <functional>

#include <fmt/format.h>

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kScriptPath = "/api/dev/reload.js";
constexpr const char* kBuildPath = "/api/dev/build";

// {0}: the build that the page is of.
constexpr const char* kScript =
    "setInterval(async () => {{\n"
    "  try {{\n"
    "    const answer = await fetch(\"{1}\", {{ cache: \"no-store\" }});\n"
    "    if (answer.ok && (await answer.text()) !== \"{0}\") location.reload();\n"
    "  }} catch {{\n"
    "    // The server is being started again.\n"
    "  }}\n"
    "}}, 500);\n";

}  // namespace

DevReload::DevReload(std::vector<fs::path> folders, Time start)
    : folders_(std::move(folders)), seen_(fingerprint()), build_(start.time_since_epoch().count()) {}

void DevReload::add_to(http::ServerOptions& options) const {
  options.page_end = fmt::format("<script src=\"{}\"></script>\n", kScriptPath);
  const auto answer = [this](const char* type, auto body) {
    return [this, type, body](const http::Request&) {
      return http::Response{
          .content_type = type, .body = body(build_.load()), .headers = {{"Cache-Control", "no-store"}}};
    };
  };
  const http::Route script{kScriptPath, answer("text/javascript; charset=utf-8", [](int64_t build) {
                             return fmt::format(fmt::runtime(kScript), build, kBuildPath);
                           })};
  const http::Route build{kBuildPath,
                          answer("text/plain; charset=utf-8", [](int64_t number) { return std::to_string(number); })};
  for (http::Host& host : options.hosts) {
    host.routes.push_back(script);
    host.routes.push_back(build);
  }
}

void DevReload::look(Desk& desk) {
  const size_t now = fingerprint();
  if (now == seen_) return;
  seen_ = now;
  const Result<site::PublishReport> report = desk.reload_theme();
  if (!report) {
    fmt::print(stderr, "kabar: {}\n", report.error().text());
    return;
  }
  ++build_;
  fmt::print("{} pages made again in {:.1f} s\n", report->pages, report->seconds);
  std::fflush(stdout);
}

size_t DevReload::fingerprint() const {
  size_t sum = 0;  // without an order: folders are listed in none
  for (const fs::path& folder : folders_) {
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      std::error_code gone;  // editors write beside a file and rename
      if (!it->is_regular_file(gone)) continue;
      const std::string facts = fmt::format("{} {} {}", it->path().string(), it->file_size(gone),
                                            it->last_write_time(gone).time_since_epoch().count());
      sum += std::hash<std::string>()(facts);
    }
  }
  return sum;
}

}  // namespace kabar::app
