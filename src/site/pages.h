// The HTML pages, each a pure function of what it shows.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "site/notice.h"
#include "site/page_context.h"

namespace kabar::site {

// A list page; see list_pages.h for how lists are cut into pages.
struct ListPage {
  Language language;
  ListKey key;
  std::string heading;
  std::string address;
  std::vector<EditionLink> editions;  // pages of this list in other languages
  std::vector<Language> alternates;   // those of them that show something
  std::string section;                // current section, if any
  std::string feed_folder;            // empty: the list has no feeds
  std::string newer;                  // address; empty: none
  std::string older;
  std::string number;  // "Page 12"; empty on the newest page
  bool noindex = false;
};

// A published version. `self` is its record; `related` are records of articles listed in this language,
// `pictures` those of the body.
// io-free; an Error only if the theme lost the notice.
Result<std::string> article_page(const PageContext& context, const SiteArticle& article, const CatalogueArticle& self,
                                 const SiteVersion& version, const std::vector<Record>& related,
                                 const Pictures& pictures);

// A sentence and what it was made from, line by line, with the form for reports.
Result<std::string> compare_page(const PageContext& context, const CatalogueArticle& self, const SiteVersion& version);
bool has_compare_page(const SiteConfig& site, const SiteVersion& version);

std::string preparation_page(const PageContext& context, const CatalogueArticle& self, Language language);
// Begins with kGoneMark.
std::string withdrawn_page(const PageContext& context, const SiteArticle& article, const CatalogueArticle& self,
                           Language language);

// Records in the order they are shown, all listed in the page's language.
std::string list_page(const PageContext& context, const ListPage& page, const std::vector<Record>& articles);

struct FrontBlock {
  std::string section;
  std::vector<Record> articles;
};
std::string front_page(const PageContext& context, Language language, const std::vector<Record>& newest,
                       const std::vector<FrontBlock>& blocks, const std::vector<Language>& editions);

std::string about_page(const PageContext& context, Language language);
std::string policy_page(const PageContext& context, Language language);
std::string search_page(const PageContext& context, Language language);
// What a reader sees after a report that was sent without a script.
std::string thanks_page(const PageContext& context, Language language);
std::string not_found_page(const PageContext& context, Language language);
// `months`: "m/2026-07" and how many articles are shown, newest first.
std::string archive_page(const PageContext& context, Language language,
                         const std::vector<std::pair<ListKey, int>>& months);
// Articles with corrections, newest first.
std::string corrections_page(const PageContext& context, Language language, const std::vector<Record>& articles);

// Stands at an address for the moments until its page is written; links to nothing.
std::string waiting_page(const PageContext& context, Language language);

// A page that only leads elsewhere. Servers that know the mark answer 301; browsers follow the page itself.
std::string moved_page(const PageContext& context, Language language, const std::string& address,
                       const std::string& title);
inline constexpr std::string_view kMovedMark = "<!doctype html><!--moved ";  // then the address and " -->"
inline constexpr std::string_view kGoneMark = "<!--gone-->";                 // after the doctype; servers answer 410

}  // namespace kabar::site
