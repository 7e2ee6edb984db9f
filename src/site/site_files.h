// What machines ask a site for besides pages: sitemaps, robots.txt, security.txt, manifest, search description,
// and configuration for web servers.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "site/page_context.h"
#include "site/publisher.h"

namespace kabar::site {

struct SitemapEntry {
  std::string address;
  Time modified;
};
// At most 50,000 entries (the protocol's limit); ours have 1,000.
std::string sitemap(const PageContext& context, const std::vector<SitemapEntry>& entries);
std::string sitemap_index(const PageContext& context, const std::vector<std::string>& addresses);

// Articles of the last two days, at most 1,000, listed and indexable in `language`.
std::string news_sitemap(const PageContext& context, Language language,
                         const std::vector<const CatalogueArticle*>& articles);
inline constexpr std::chrono::hours kNewsAge{48};
inline constexpr size_t kNewsMax = 1000;

std::string robots_txt(const PageContext& context);
std::string security_txt(const PageContext& context, Time now);
std::string web_manifest(const PageContext& context, Language language);
std::string opensearch(const PageContext& context, Language language);

// Titles, summaries and addresses for the search page's script, newest first: begin, items, end. `more`: there are
// others, which the script asks /api/search for.
std::string search_index_begin(Language language, bool more);
void append_search_item(std::string& out, const PageContext& context, Language language,
                        const CatalogueArticle& article);
std::string search_index_end(std::string index);
inline constexpr size_t kSearchIndexMax = 1000;

// Headers that every answer carries, in the order of sending.
std::vector<std::pair<std::string, std::string>> security_headers(const SiteConfig& site);

// Old addresses that moved (301) and addresses that are gone (410), without the marks in the files.
struct Redirects {
  std::vector<std::pair<std::string, std::string>> moved;  // addresses: from, to
  std::vector<std::string> gone;
};
// For inclusion in the http block of nginx: maps and a server block.
std::string nginx_config(const PageContext& context, const Redirects& redirects, const ServedAs& served);
std::string caddy_config(const PageContext& context, const Redirects& redirects, const ServedAs& served);

}  // namespace kabar::site
