#include "app/published_sites.h"

#include <map>
#include <vector>

#include "app/newsroom.h"
#include "app/resources.h"
#include "life/site_source.h"
#include "store/articles.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

void add(site::PublishReport& all, const site::PublishReport& one) {
  all.articles += one.articles;
  all.pages += one.pages;
  all.files_written += one.files_written;
  all.files_unchanged += one.files_unchanged;
  all.files_removed += one.files_removed;
  all.pictures += one.pictures;
  all.seconds += one.seconds;
  all.picture_seconds += one.picture_seconds;
  all.changed.pages.insert(one.changed.pages.begin(), one.changed.pages.end());
  all.changed.feeds.insert(one.changed.feeds.begin(), one.changed.feeds.end());
}

void add(site::LaterReport& all, const site::LaterReport& one) {
  all.cards += one.cards;
  all.cards_without_font += one.cards_without_font;
  all.compressed += one.compressed;
  all.seconds += one.seconds;
  all.done = all.done && one.done;
}

}  // namespace

site::PublisherOptions publisher_options(const Newsroom& newsroom, const Site& site) {
  const std::string& theme = site.settings.text("site.theme");
  return {.public_folder = newsroom.site(site.name),
          .state_folder = newsroom.state(site.name),
          .theme_folder = theme.empty() ? share_folder() / "themes/default" : newsroom.dir / theme,
          .message_folder = share_folder() / "data/messages"};
}

PublishedSites::PublishedSites(const Newsroom& newsroom, std::span<const Site> sites, db::Connection& database,
                               const Clock& clock)
    : newsroom_(newsroom), database_(database), clock_(clock) {
  for (const Site& site : sites) {
    sites_.push_back({.site = site,
                      .files = life::SiteFiles(newsroom.state(site.name), disk(/*sync=*/false)),
                      .search = {},
                      .publisher = {}});
  }
}

Result<site::Publisher> PublishedSites::make(Published& published) {
  const site::SiteConfig& config = published.site.config;
  site::PublisherOptions options = publisher_options(newsroom_, published.site);
  std::error_code ignored;  // opening the index reports what matters
  fs::create_directories(options.state_folder, ignored);
  if (!topics_) {
    KABAR_ASSIGN(topics_, life::TopicNames::load(share_folder() / "data"));
  }
  if (!published.search) {
    KABAR_ASSIGN(published.search,
                 site::SearchIndex::open(newsroom_.search_file(published.site.name), config.languages));
  }
  options.search = &*published.search;
  return site::Publisher::open(config, options, published.files, clock_);
}

Result<site::Publisher*> PublishedSites::open(Published& published) {
  if (published.publisher) return &*published.publisher;
  KABAR_ASSIGN(site::Publisher opened, make(published));
  published.publisher.emplace(std::move(opened));
  life::SiteSource source(database_, *topics_, published.site.name);
  KABAR_TRY(published.publisher->recover(source));
  return &*published.publisher;
}

Result<site::PublishReport> PublishedSites::update(std::span<const std::string> articles) {
  std::map<std::string, std::vector<std::string>> ids;  // by site
  for (const std::string& id : articles) {
    KABAR_ASSIGN(const std::optional<store::ArticleRow> row, store::find_article(database_, id));
    if (row) ids[row->site].push_back(id);
  }
  site::PublishReport report;
  for (Published& published : sites_) {
    const std::vector<std::string>& own = ids[published.site.name];
    if (own.empty() && !articles.empty()) continue;
    KABAR_ASSIGN(site::Publisher* const publisher, open(published));
    life::SiteSource source(database_, *topics_, published.site.name);
    KABAR_ASSIGN(const site::PublishReport one, publisher->update(own, source));
    add(report, one);
  }
  return report;
}

Result<site::PublishReport> PublishedSites::publish_all() {
  site::PublishReport report;
  for (Published& published : sites_) {
    KABAR_ASSIGN(site::Publisher* const publisher, open(published));
    life::SiteSource source(database_, *topics_, published.site.name);
    KABAR_ASSIGN(const site::PublishReport one, publisher->publish(source));
    add(report, one);
  }
  return report;
}

Result<site::PublishReport> PublishedSites::reload() {
  for (Published& published : sites_) {
    KABAR_ASSIGN(site::Publisher opened, make(published));
    if (published.publisher) *published.publisher = std::move(opened);
  }
  return publish_all();
}

Result<site::LaterReport> PublishedSites::make_later(std::chrono::milliseconds budget) {
  site::LaterReport report{.done = true};
  for (Published& published : sites_) {
    KABAR_ASSIGN(site::Publisher* const publisher, open(published));
    KABAR_ASSIGN(const site::LaterReport one, publisher->make_later(budget / sites_.size()));
    add(report, one);
  }
  return report;
}

}  // namespace kabar::app
