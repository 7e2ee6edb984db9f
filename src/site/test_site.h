// A newsroom whose site tests publish into a folder of their own.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "site/publisher.h"
#include "site/sample_site.h"
#include "site/site_check.h"

namespace kabar::site {

inline const std::filesystem::path kRoot = KABAR_ROOT;
inline constexpr Time kNow{std::chrono::seconds(1795573800)};  // 2026-11-25 02:30 UTC

// Refuses everything after so many writes and removals, as a power cut does.
class FailingDisk final : public FileSystem {
 public:
  Result<void> write(const std::filesystem::path& path, std::string_view bytes) override {
    if (left-- <= 0) return fail(ErrorKind::io, path.string(), "power cut");
    ++changes;
    return disk(false).write(path, bytes);
  }
  Result<void> remove(const std::filesystem::path& path) override {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return {};
    if (left-- <= 0) return fail(ErrorKind::io, path.string(), "power cut");
    ++changes;
    return disk(false).remove(path);
  }
  int left = 1'000'000;
  int changes = 0;
};

class Site : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string("kabar_site_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
  }

  Publisher open(FileSystem& files, const std::filesystem::path& theme = kRoot / "themes/default") {
    std::filesystem::create_directories(folder_ / "public");
    std::filesystem::copy(kRoot / "tests/site/sample/media", folder_ / "public/media",
                          std::filesystem::copy_options::skip_existing);
    Result<Publisher> publisher = Publisher::open(
        config_, {folder_ / "public", folder_ / "state", theme, kRoot / "data/messages"}, files, clock_);
    EXPECT_TRUE(publisher) << (publisher ? "" : publisher.error().text());
    return std::move(*publisher);
  }
  PublishReport publish(Publisher& publisher) {
    const Result<PublishReport> report = publisher.publish(source_);
    EXPECT_TRUE(report) << (report ? "" : report.error().text());
    return report.value_or(PublishReport());
  }
  PublishReport update(Publisher& publisher, std::vector<std::string> ids) {
    const Result<PublishReport> report = publisher.update(ids, source_);
    EXPECT_TRUE(report) << (report ? "" : report.error().text());
    return report.value_or(PublishReport());
  }
  ReadSite read() const { return ReadSite(folder_ / "public", config_.base_url); }
  std::map<std::string, std::string> all_bytes() const {
    const ReadSite site = read();
    std::map<std::string, std::string> bytes;
    for (const std::string& path : site.files) bytes[path] = site.bytes(path);
    return bytes;
  }
  std::string address(Publisher& publisher, const std::string& id, Language language) {
    return publisher.address(source_.articles.at(id), language);
  }
  SiteVersion& version(const std::string& id, Language language) {
    for (SiteVersion& candidate : source_[id].versions) {
      if (candidate.version.language == language) return candidate;
    }
    ADD_FAILURE() << "no version";
    return source_[id].versions.front();
  }
  void rename(const std::string& id, Language language, const std::string& title) {
    SiteVersion& changed = version(id, language);
    changed.version.title = title;
    changed.blocks.front().text = title;
  }

  std::filesystem::path folder_;
  SiteConfig config_ = sample_site();
  FixedClock clock_{kNow};
  SampleSource source_{sample_articles(kRoot / "tests/site/sample")};
};

inline std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

}  // namespace kabar::site
