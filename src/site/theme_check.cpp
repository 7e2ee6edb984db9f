#include "site/theme_check.h"

#include <algorithm>

#include <unistd.h>

#include "site/publisher.h"
#include "site/theme.h"

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

constexpr Time kNow{std::chrono::seconds(1'767'225'600)};  // 1 January 2026

SiteVersion version_in(Language language, Making making) {
  SiteVersion version;
  version.version.language = language;
  version.version.status = VersionStatus::published;
  version.version.title = "Judul contoh";
  version.blocks = {{.id = "b1", .type = BlockType::headline, .text = "Judul contoh"},
                    {.id = "b2", .type = BlockType::standfirst, .text = "Ringkasan."},
                    {.id = "b3", .text = "Satu kalimat."}};
  version.version.segments = {{.id = "s1", .block_id = "b3", .source = "Satu kalimat.", .text = "Satu kalimat."}};
  version.made_by = making;
  version.published = version.modified = version.revision_time = kNow;
  if (making == Making::machine_reviewed) version.reviewed_by = "Siti";
  version.reviewed_at = kNow;
  return version;
}

// A story with an unreviewed, a reviewed and several missing translations, and one that was withdrawn.
class Sample final : public ArticleSource {
 public:
  explicit Sample(const SiteConfig& site) {
    for (const bool withdrawn : {false, true}) {
      SiteArticle article{.id = withdrawn ? "ditarik" : "contoh", .section = "berita", .authors = {"Siti"}};
      article.tags = {"contoh"};
      article.published = kNow;
      article.withdrawn = withdrawn;
      article.versions.push_back(version_in(site.main_language, Making::people));
      for (size_t i = 1; i < std::min<size_t>(3, site.languages.size()); ++i) {
        article.versions.push_back(version_in(site.languages[i], i == 1 ? Making::machine : Making::machine_reviewed));
      }
      articles_.push_back(std::move(article));
    }
  }
  Result<void> each(const std::function<Result<void>(const SiteArticle&)>& take) override {
    for (const SiteArticle& article : articles_) KABAR_TRY(take(article));
    return {};
  }
  Result<std::optional<SiteArticle>> find(std::string_view id) override {
    const auto found = std::ranges::find(articles_, id, &SiteArticle::id);
    return found == articles_.end() ? std::nullopt : std::optional<SiteArticle>(*found);
  }

 private:
  std::vector<SiteArticle> articles_;
};

std::string last_part(const std::string& field) { return field.substr(field.rfind('.') + 1); }

}  // namespace

Result<ThemeReport> check_theme(const fs::path& theme, const fs::path& reference, const fs::path& messages,
                                const SiteConfig& site, const fs::path& scratch) {
  KABAR_ASSIGN(const Theme checked, Theme::load(theme));
  KABAR_ASSIGN(const Theme known, Theme::load(reference));
  ThemeReport report;
  std::vector<std::string> names;
  for (const std::string& field : known.fields()) names.push_back(last_part(field));
  for (const std::string& field : checked.fields()) {
    const std::string name = last_part(field);
    if (!name.starts_with("ui_") && std::ranges::find(names, name) == names.end()) report.unknown.push_back(field);
  }
  const fs::path folder = scratch / ("kabar-theme-check-" + std::to_string(::getpid()));
  const FixedClock clock(kNow);
  const auto run = [&]() -> Result<void> {
    KABAR_ASSIGN(Publisher publisher,
                 Publisher::open(site, {folder / "public", folder / "state", theme, messages}, disk(false), clock));
    Sample sample(site);
    KABAR_ASSIGN(const PublishReport published, publisher.publish(sample));
    report.pages = published.pages;
    return {};
  };
  const Result<void> result = run();
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  if (!result) return tl::unexpected(result.error());
  return report;
}

}  // namespace kabar::site
