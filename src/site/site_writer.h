// Writes the files that depend on the catalogue: articles with their related stories, lists, feeds, sitemaps.
#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "site/catalogue.h"
#include "site/images.h"
#include "site/output.h"
#include "site/page_context.h"
#include "site/pages.h"
#include "site/site_files.h"

namespace kabar::site {

// Lists are cut from their oldest end, so that a full page never changes: page 1 holds the oldest kListPage articles.
// The newest page, at the list's own address, holds the last full page and what came since.
inline constexpr size_t kListPage = 24;
inline constexpr size_t kSitemapPage = 1000;

class SiteWriter {
 public:
  // `live`: readers may be on the site, so new addresses are reserved before anything links to them.
  SiteWriter(const PageContext& context, Catalogue& catalogue, Output& output, Images& images, const Clock& clock,
             bool live)
      : context_(context), catalogue_(catalogue), output_(output), images_(images), clock_(clock), live_(live) {}

  // The lead image with its size and variants.
  Result<SiteImage> lead_image(const SiteArticle& article);

  // Pages of all languages, comparison pages, redirects to them.
  Result<void> write_article(const SiteArticle& article, uint32_t number);
  Result<void> remove_article(const CatalogueArticle& record);
  // Numbers of articles whose related stories may hold this one, by where it stands now.
  Result<std::vector<uint32_t>> followers(uint32_t number);

  // The pages of a list that hold the article at `rank`; with `onwards` also all newer ones.
  Result<void> write_list(const ListKey& key, size_t rank, bool onwards);
  // RSS, Atom and JSON of a list, if its kind has feeds.
  Result<void> write_feeds(const ListKey& key);
  Result<void> write_sitemap(size_t rank, bool onwards);

  Result<void> write_fronts();
  Result<void> write_archives();
  Result<void> write_corrections();
  Result<void> write_search();
  // Sections of the menu that have no article yet.
  Result<void> write_empty_sections();
  // What changes with the time of day only: news sitemaps, the index of sitemaps.
  Result<void> write_timely();
  // Texts, assets, robots.txt and the like: what does not depend on articles.
  Result<void> write_fixed();

 private:
  Result<std::vector<Record>> records(std::span<const ListItem> items);
  // The newest of a list that are listed in the language, newest first.
  Result<std::vector<Record>> newest(const ListKey& key, Language language, size_t count);
  Result<std::vector<Record>> related(uint32_t number);
  Result<void> write_version(const SiteArticle& article, const CatalogueArticle& self, const CatalogueVersion& version,
                             const std::vector<Record>& related, const Pictures& pictures);
  Result<SiteImage> prepare(SiteImage image);
  // Those of the article's body.
  Result<Pictures> pictures_of(const SiteArticle& article);
  Result<void> reserve_addresses(const CatalogueArticle& self);
  Result<void> write_list_page(const ListKey& key, size_t page, size_t pages);
  std::string list_heading(const ListKey& key, Language language, const std::vector<Record>& shown) const;
  Result<void> write_feed(const ListKey& key, Language language);
  std::string body_of(const std::string& address);

  const PageContext& context_;
  Catalogue& catalogue_;
  Output& output_;
  Images& images_;
  const Clock& clock_;
  bool live_;
  std::map<std::string, std::string> bodies_;  // for feeds, by address
};

}  // namespace kabar::site
