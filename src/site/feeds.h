// RSS 2.0, Atom and JSON Feed 1.1 of one list in one language.
#pragma once
#include <string>
#include <vector>

#include "site/page_context.h"

namespace kabar::site {

inline constexpr size_t kFeedItemsMax = 20;
// In this order everywhere: RSS, Atom, JSON.
inline constexpr const char* kFeedNames[] = {"feed.xml", "atom.xml", "feed.json"};

// Whether lists of this kind have feeds: everything, sections, tags.
inline bool has_feeds(const ListKey& key) { return key.empty() || key[0] == 's' || key[0] == 't'; }

struct FeedItem {
  Record article;           // listed in the feed's language
  std::string notice;       // HTML of the notice, first in the content; empty for the main language
  std::string notice_text;  // plain
  std::string body;         // HTML after the notice; empty for feeds of summaries
};

struct Feed {
  Language language;
  std::string title;
  std::string page;             // address of the list that this is the feed of
  std::string folder;           // where the feed files stand
  Time updated;                 // of the newest change
  std::vector<FeedItem> items;  // newest first
};

std::string rss(const PageContext& context, const Feed& feed);
std::string atom(const PageContext& context, const Feed& feed);
std::string json_feed(const PageContext& context, const Feed& feed);

// The article body inside a rendered page, for full-text feeds: without marks for sentences and with absolute links.
std::string feed_body(std::string_view page, const SiteConfig& site);

}  // namespace kabar::site
