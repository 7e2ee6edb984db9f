// Writes the sample site of the tests into a folder, with configuration for nginx and Caddy beside it:
//   site_preview FOLDER [BASE_URL]
// For looking at it, and for the checks of tests/site/ that need a browser.
#include <cstdio>
#include <filesystem>

#include "site/sample_site.h"

int main(int count, char** arguments) {
  if (count < 2) {
    std::fputs("usage: site_preview FOLDER [BASE_URL]\n", stderr);
    return 2;
  }
  namespace fs = std::filesystem;
  const fs::path folder = arguments[1];
  const fs::path root = KABAR_ROOT;
  kabar::site::SiteConfig site = kabar::site::sample_site();
  site.share_cards = true;
  if (count > 2) site.base_url = arguments[2];
  const kabar::site::PublisherOptions options{folder / "public", folder / "state", root / "themes/default",
                                              root / "data/messages"};
  const kabar::FixedClock clock(kabar::Time(std::chrono::seconds(1795600000)));  // 25 November 2026
  kabar::Result<kabar::site::Publisher> publisher =
      kabar::site::Publisher::open(site, options, kabar::disk(false), clock);
  if (!publisher) {
    std::fprintf(stderr, "%s\n", publisher.error().text().c_str());
    return 1;
  }
  kabar::site::SampleSource source(kabar::site::sample_articles(root / "tests/site/sample"));
  const kabar::Result<kabar::site::PublishReport> report = publisher->publish(source);
  if (!report) {
    std::fprintf(stderr, "%s\n", report.error().text().c_str());
    return 1;
  }
  fs::create_directories(options.public_folder / "media");
  for (const fs::directory_entry& entry : fs::directory_iterator(root / "tests/site/sample/media")) {
    fs::copy_file(entry.path(), options.public_folder / "media" / entry.path().filename(),
                  fs::copy_options::overwrite_existing);
  }
  for (const auto& [name, config] :
       {std::pair("nginx.conf", publisher->nginx_config()), std::pair("Caddyfile", publisher->caddy_config())}) {
    if (config) (void)kabar::disk(false).write(folder / name, *config);
  }
  const kabar::Result<kabar::site::LaterReport> later = publisher->make_later(std::chrono::hours(1));
  if (!later) {
    std::fprintf(stderr, "%s\n", later.error().text().c_str());
    return 1;
  }
  std::printf("%d share cards, %d files compressed, %.3f s\n", later->cards, later->compressed, later->seconds);
  std::printf("%d pages, %d files written, %d unchanged, %.3f s\n", report->pages, report->files_written,
              report->files_unchanged, report->seconds);
}
