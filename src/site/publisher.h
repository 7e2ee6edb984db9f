// Writes the whole site as static files and keeps it up to date.
//
// Invariants:
// (1) every file is old or new, never half;
// (2) at any moment no page links to a page that is not there: articles before lists, removals last;
// (3) what an update was about to do is in the journal before the first file changes, so that recover() ends it;
// (4) a file whose bytes would stay the same is not written;
// (5) no rendition of a machine version is written without the notice: the build fails instead.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/file.h"
#include "base/result.h"
#include "site/page_model.h"

namespace kabar::site {

class SearchIndex;

// Where articles come from. Only articles that readers may know of: published or withdrawn in the main language.
class ArticleSource {
 public:
  virtual ~ArticleSource() = default;
  // Calls `take` for every article, oldest first (by `published`, then id), one at a time.
  virtual Result<void> each(const std::function<Result<void>(const SiteArticle&)>& take) = 0;
  // Nothing if there is no such article (any more).
  virtual Result<std::optional<SiteArticle>> find(std::string_view id) = 0;
};

// What other servers may be told of, with scheme and host: pages of articles that search engines list or have to
// forget, and feeds.
struct ChangedAddresses {
  std::set<std::string> pages;
  std::set<std::string> feeds;
};

struct PublishReport {
  int articles = 0;       // that were looked at
  int pages = 0;          // HTML pages rendered
  int files_written = 0;  // of all kinds, that were new or changed
  int files_unchanged = 0;
  int files_removed = 0;
  int pictures = 0;    // forms of pictures that were made
  double seconds = 0;  // all together
  double picture_seconds = 0;
  ChangedAddresses changed;  // of the articles that update() was called for
};

// What Publisher::make_later() did.
struct LaterReport {
  int cards = 0;               // share cards drawn
  int cards_without_font = 0;  // not drawn: no font of this machine has the characters
  int compressed = 0;          // files that got their compressed forms
  double seconds = 0;
  bool done = false;  // nothing is left
};

struct PublisherOptions {
  std::filesystem::path public_folder;   // what the web server serves
  std::filesystem::path state_folder;    // journal and catalogue; never inside public_folder
  std::filesystem::path theme_folder;    // themes/default
  std::filesystem::path message_folder;  // data/messages
  SearchIndex* search = nullptr;         // kept up to date if there is one; must outlive the publisher
};

// How a site appears in the configuration of a server that has several.
struct ServedAs {
  std::string name;               // "" for the first site, which brings what may stand only once
  std::string folder = "public";  // its public folder, below the newsroom's
};

// Not thread-safe: one thread at a time. One Publisher per public_folder.
class Publisher {
 public:
  // Reads theme, messages and catalogue. bad_input with the place for a faulty theme, message or setting.
  // `files` and `clock` must outlive the publisher.
  static Result<Publisher> open(SiteConfig site, PublisherOptions options, FileSystem& files, const Clock& clock);
  Publisher(Publisher&&) noexcept;
  Publisher& operator=(Publisher&&) noexcept;
  ~Publisher();

  // Makes every file of the site; unchanged ones are left alone, those of vanished articles removed.
  // Memory does not grow with the length of the articles.
  Result<PublishReport> publish(ArticleSource& source);

  // Brings up to date what depends on these articles, and nothing else. New, changed, withdrawn and removed ones
  // alike. The first call on an empty folder is a publish(). When an update is repeated after a crash, `changed` holds
  // at least what the first one would have told.
  Result<PublishReport> update(std::span<const std::string> ids, ArticleSource& source);

  // Ends an update or publish that was interrupted. Call before serving; does nothing if there is nothing to end.
  Result<PublishReport> recover(ArticleSource& source);

  // Draws share cards and makes compressed forms, for about `budget`. Publishing puts them off because no reader
  // waits for them. After open() and publish() the whole site is looked through, a part in each call.
  Result<LaterReport> make_later(std::chrono::milliseconds budget);

  // Configuration for other web servers, with redirects of old addresses and 410 for withdrawn articles. Reads the
  // whole catalogue.
  Result<std::string> nginx_config(const ServedAs& served = {}) const;
  Result<std::string> caddy_config(const ServedAs& served = {}) const;

  // The address of a version, without the host: "/en/ekonomi/12/rupiah-steady/". Also right before publication.
  std::string address(const SiteArticle& article, Language language) const;

 private:
  struct State;
  explicit Publisher(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kabar::site
