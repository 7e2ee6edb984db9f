#include "app/published_sites.h"

#include <algorithm>
#include <map>
#include <vector>

#include "app/newsroom.h"
#include "app/resources.h"
#include "base/file.h"
#include "life/site_source.h"
#include "site/address.h"
#include "store/articles.h"
#include "store/publications.h"

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

namespace {

constexpr size_t kMenuMax = 12;  // that fit a line, of those that nobody chose

bool has_section(const std::vector<site::Section>& menu, const std::string& slug) {
  return std::ranges::find(menu, slug, &site::Section::slug) != menu.end();
}

// Of the sections that there are, for a site whose settings name none: a fresh newsroom has no list yet. In the order
// of the alphabet, so that a menu does not depend on when what was published.
Result<std::vector<site::Section>> menu_of(const Site& site, db::Connection& database) {
  std::vector<site::Section> menu;
  KABAR_ASSIGN(const std::vector<std::string> sections, store::public_sections(database, site.name));
  for (const std::string& section : sections) {
    const std::string slug = site::address_section(section);
    if (menu.size() < kMenuMax && !has_section(menu, slug)) menu.push_back({.slug = slug, .names = {}});
  }
  std::ranges::sort(menu, {}, &site::Section::slug);
  return menu;
}

// The menu that the pages have stands in the site's state, a section a line.
std::vector<site::Section> read_menu(const fs::path& file) {
  constexpr size_t kMenuBytesMax = 100'000;
  const Result<std::string> text = read_file(file, kMenuBytesMax);
  std::vector<site::Section> menu;
  for (size_t at = 0; text && at < text->size();) {
    const size_t end = std::min(text->find('\n', at), text->size());
    menu.push_back({.slug = text->substr(at, end - at), .names = {}});
    at = end + 1;
  }
  return menu;
}

}  // namespace

PublishedSites::PublishedSites(const Newsroom& newsroom, std::span<const Site> sites, db::Connection& database,
                               const Clock& clock)
    : newsroom_(newsroom), database_(database), clock_(clock) {
  for (const Site& site : sites) {
    sites_.push_back({.site = site,
                      .files = life::SiteFiles(newsroom.state(site.name), disk(/*sync=*/false)),
                      .menu = {},
                      .search = {},
                      .publisher = {}});
  }
}

Result<site::Publisher> PublishedSites::make(Published& published) {
  site::SiteConfig config = published.site.config;
  if (config.sections.empty()) config.sections = published.menu;
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
  published.menu = read_menu(menu_file(published));
  KABAR_ASSIGN(site::Publisher opened, make(published));
  published.publisher.emplace(std::move(opened));
  life::SiteSource source(database_, *topics_, published.site.name);
  KABAR_TRY(published.publisher->recover(source));
  return &*published.publisher;
}

fs::path PublishedSites::menu_file(const Published& published) const {
  return newsroom_.state(published.site.name) / "menu";
}

Result<bool> PublishedSites::has_whole_menu(const Published& published, std::span<const std::string> articles) {
  if (!published.site.config.sections.empty() || published.menu.size() >= kMenuMax) return true;
  for (const std::string& id : articles) {
    KABAR_ASSIGN(const std::optional<std::string> section, store::public_section(database_, id));
    if (section && !has_section(published.menu, site::address_section(*section))) return false;
  }
  return true;
}

Result<site::PublishReport> PublishedSites::publish_all(Published& published) {
  KABAR_ASSIGN(site::Publisher* const publisher, open(published));
  if (published.site.config.sections.empty()) {
    KABAR_ASSIGN(published.menu, menu_of(published.site, database_));
    std::string text;
    for (const site::Section& section : published.menu) text += section.slug + '\n';
    // Before the pages: if they are interrupted, they are ended with this menu.
    KABAR_TRY(disk().write(menu_file(published), text));
    KABAR_ASSIGN(*publisher, make(published));
  }
  life::SiteSource source(database_, *topics_, published.site.name);
  return publisher->publish(source);
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
    KABAR_ASSIGN(const bool whole_menu, has_whole_menu(published, own));
    life::SiteSource source(database_, *topics_, published.site.name);
    // A new section comes into the menu of every page.
    KABAR_ASSIGN(const site::PublishReport one, whole_menu ? publisher->update(own, source) : publish_all(published));
    add(report, one);
  }
  return report;
}

Result<site::PublishReport> PublishedSites::publish_all() {
  site::PublishReport report;
  for (Published& published : sites_) {
    KABAR_ASSIGN(const site::PublishReport one, publish_all(published));
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
