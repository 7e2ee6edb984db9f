// How fast the site is made: site_bench FOLDER [ARTICLES [LANGUAGES]]. Publishes the sample stories over and over
// under new names, in six languages (or the first few of them), changes one story and brings the site up to date,
// twice, and publishes everything again. CPU time of one thread; the folder should lie on a fast disk or in memory.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "site/sample_site.h"

namespace {

namespace fs = std::filesystem;
using kabar::Result;
using namespace kabar::site;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

long peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

// Story i of `count`, seven minutes after the one before.
class Stories final : public ArticleSource {
 public:
  Stories(std::vector<SiteArticle> samples, int count) : samples_(std::move(samples)), count_(count) {}

  Result<void> each(const std::function<Result<void>(const SiteArticle&)>& take) override {
    for (int i = 0; i < count_; ++i) KABAR_TRY(take(story(i)));
    return {};
  }
  Result<std::optional<SiteArticle>> find(std::string_view id) override {
    return story(std::atoi(std::string(id).c_str()));
  }
  std::string changed_sentence;  // stands at the end of the last story in every language

 private:
  SiteArticle story(int i) const {
    SiteArticle article = samples_[static_cast<size_t>(i) % samples_.size()];
    article.id = std::to_string(i);
    article.published = kabar::Time(std::chrono::seconds(1'795'000'000)) - std::chrono::minutes(7) * (count_ - i);
    for (SiteVersion& version : article.versions) {
      version.published = version.modified = article.published;
      if (i == count_ - 1 && !changed_sentence.empty()) {
        version.blocks.push_back({.id = "bx", .text = changed_sentence});
        version.modified = article.published + std::chrono::hours(1);
      }
    }
    return article;
  }

  std::vector<SiteArticle> samples_;
  int count_;
};

int failed(const kabar::Error& error) {
  std::fprintf(stderr, "%s\n", error.text().c_str());
  return 1;
}

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count < 2) {
    std::fputs("usage: site_bench FOLDER [ARTICLES [LANGUAGES]]\n", stderr);
    return 2;
  }
  const fs::path folder = arguments[1];
  const int count = argument_count > 2 ? std::atoi(arguments[2]) : 2000;
  const fs::path root = KABAR_ROOT;
  std::vector<SiteArticle> samples = sample_articles(root / "tests/site/sample");
  std::erase_if(samples, [](const SiteArticle& article) { return article.withdrawn; });
  SiteConfig site = sample_site();
  if (argument_count > 3) site.languages.resize(static_cast<size_t>(std::clamp(std::atoi(arguments[3]), 1, 6)));
  for (SiteArticle& sample : samples) {
    std::erase_if(sample.versions, [&](const SiteVersion& version) {
      return std::ranges::find(site.languages, version.version.language) == site.languages.end();
    });
  }
  Stories stories(std::move(samples), count);
  const kabar::FixedClock clock(kabar::Time(std::chrono::seconds(1'795'000'000)));
  const PublisherOptions options{folder / "public", folder / "state", root / "themes/default", root / "data/messages"};
  Result<Publisher> publisher = Publisher::open(site, options, kabar::disk(false), clock);
  if (!publisher) return failed(publisher.error());

  const auto measure = [&](const char* what, const std::function<Result<PublishReport>()>& work) -> bool {
    const double start = cpu_seconds();
    const Result<PublishReport> report = work();
    if (!report) return failed(report.error()) == 0;
    const double cpu = cpu_seconds() - start;
    std::printf(
        "%-22s %7d pages, %6d files written, %6d unchanged, %8.3f s CPU, %8.3f s, %6.0f pages/s, peak %ld MiB\n", what,
        report->pages, report->files_written, report->files_unchanged, cpu, report->seconds, report->pages / cpu,
        peak_mebibytes());
    std::fflush(stdout);  // a large site takes long
    return true;
  };
  const std::string last = std::to_string(count - 1);
  if (!measure("everything", [&] { return publisher->publish(stories); })) return 1;
  stories.changed_sentence = "Kalimat baru.";
  if (!measure("one story changed", [&] { return publisher->update(std::span(&last, 1), stories); })) return 1;
  stories.changed_sentence = "Kalimat lain.";
  if (!measure("one story changed", [&] { return publisher->update(std::span(&last, 1), stories); })) return 1;
  if (!measure("everything, unchanged", [&] { return publisher->publish(stories); })) return 1;
}
