// The pages of all sites of a newsroom. Each site has a folder, a journal, a catalogue and a search of its own.
#pragma once
#include <chrono>
#include <filesystem>
#include <list>
#include <optional>
#include <span>
#include <string>

#include "app/sites.h"
#include "base/clock.h"
#include "db/connection.h"
#include "life/site_files.h"
#include "life/topic_names.h"
#include "site/publisher.h"
#include "site/search_index.h"

namespace kabar::app {

struct Newsroom;

// What the publisher of a site is opened with.
site::PublisherOptions publisher_options(const Newsroom& newsroom, const Site& site);

// A publisher is opened when it is needed first; what a crash interrupted is ended then. One thread. Reports tell of
// all sites together.
class PublishedSites {
 public:
  // Everything must outlive this.
  PublishedSites(const Newsroom& newsroom, std::span<const Site> sites, db::Connection& database, const Clock& clock);
  PublishedSites(const PublishedSites&) = delete;

  // Each article in its site; an article of a site that the settings do not have any more is left as it is. Without
  // articles: makes what is missing altogether.
  Result<site::PublishReport> update(std::span<const std::string> articles);
  Result<site::PublishReport> publish_all();
  // publish_all() with themes and messages read again; a faulty theme changes nothing.
  Result<site::PublishReport> reload();
  Result<site::LaterReport> make_later(std::chrono::milliseconds budget);

 private:
  struct Published {
    const Site& site;
    life::SiteFiles files;
    std::vector<site::Section> menu;          // that its pages have, if the settings name none
    std::optional<site::SearchIndex> search;  // before the publisher, which keeps it up to date
    std::optional<site::Publisher> publisher;
  };
  Result<site::Publisher> make(Published& published);
  Result<site::Publisher*> open(Published& published);
  Result<site::PublishReport> publish_all(Published& published);
  std::filesystem::path menu_file(const Published& published) const;
  // False if a section of these articles is missing in a menu that holds those that there are.
  Result<bool> has_whole_menu(const Published& published, std::span<const std::string> articles);

  const Newsroom& newsroom_;
  db::Connection& database_;
  const Clock& clock_;
  std::optional<life::TopicNames> topics_;  // read with the first publisher
  std::list<Published> sites_;
};

}  // namespace kabar::app
