// The part of SiteWriter that writes for machines: feeds and sitemaps.
#include <algorithm>

#include <fmt/format.h>

#include "site/edition.h"
#include "site/feeds.h"
#include "site/html.h"
#include "site/json_text.h"
#include "site/notice.h"
#include "site/site_writer.h"

namespace kabar::site {
namespace {

constexpr size_t kPageBytesMax = 16 << 20;
constexpr size_t kBodiesKeptMax = 2000;
constexpr size_t kNewsReadMax = 5000;  // of stories that may be news in some language

// The notice as the catalogue knows it: enough for feeds.
Notice notice_of(const PageContext& context, const CatalogueArticle& article, const CatalogueVersion& version) {
  Notice notice;
  notice.making = version.made_by;
  if (version.made_by != Making::people) notice.label = context.messages.text(version.language, "ai_label");
  notice.sentences = version.notice;
  notice.original_language = context.site.main_language;
  notice.original_address = article_address(context.addresses, article, context.site.main_language);
  notice.original_url = context.addresses.absolute(notice.original_address);
  notice.link_text = context.messages.text(version.language, "notice_link");
  return notice;
}

std::string sitemap_address(Language language, size_t page) {
  return fmt::format("/sitemap/{}-{}.xml", language.view(), page + 1);
}

std::string news_address(Language language) { return fmt::format("/sitemap/news-{}.xml", language.view()); }

}  // namespace

// The text of an article for feeds comes from its page, which was written before.
std::string SiteWriter::body_of(const std::string& address) {
  if (bodies_.size() > kBodiesKeptMax) bodies_.clear();
  const auto [found, is_new] = bodies_.try_emplace(address);
  if (is_new) {
    const Result<std::string> page = read_file(output_.path_of(address), kPageBytesMax);
    if (page) found->second = feed_body(*page, context_.site);
  }
  return found->second;
}

Result<void> SiteWriter::write_feed(const ListKey& key, Language language) {
  Feed feed{.language = language, .title = context_.edition_title(language)};
  feed.folder = list_address(context_.addresses, key, language);
  feed.page = feed.folder;
  KABAR_ASSIGN(const std::vector<Record> stories, newest(key, language, kFeedItemsMax));
  if (key != "" && (!stories.empty() || key[0] == 's')) feed.title += ": " + list_heading(key, language, stories);
  if (stories.empty() && !key.empty() && key[0] == 't') {  // as its page: not there
    for (const char* name : kFeedNames) output_.remove(feed.folder + name);
    return {};
  }
  for (const Record& story : stories) {
    FeedItem item{.article = story};
    const CatalogueVersion& version = *story->version(language);
    feed.updated = std::max(feed.updated, version.modified);
    if (language != context_.site.main_language) {
      const Notice notice = notice_of(context_, *story, version);
      item.notice = notice_feed_html(notice);
      item.notice_text = notice_text(notice);
    }
    if (context_.site.full_text_feeds) item.body = body_of(article_address(context_.addresses, *story, language));
    feed.items.push_back(std::move(item));
  }
  const std::string texts[] = {rss(context_, feed), atom(context_, feed), json_feed(context_, feed)};
  for (size_t i = 0; i < std::size(kFeedNames); ++i) {
    size_t at = 0;  // items stand in their order, so one pass finds all notices
    for (const FeedItem& item : feed.items) {
      if (item.notice_text.empty()) continue;
      // The summary of an item begins with the notice as plain text; XML escapes it once, JSON not at all.
      std::string notice;
      if (i < 2) {
        append_escaped(notice, item.notice_text);
      } else {
        append_json(notice, item.notice_text);
      }
      const std::string_view wanted =
          i < 2 ? std::string_view(notice) : std::string_view(notice).substr(1, notice.size() - 2);
      at = std::string_view(texts[i]).find(wanted, at);
      if (at != std::string::npos) continue;
      return fail(ErrorKind::conflict, feed.folder + kFeedNames[i], "a translation without its notice");
    }
    KABAR_TRY(output_.put(feed.folder + kFeedNames[i], texts[i]));
  }
  return {};
}

Result<void> SiteWriter::write_feeds(const ListKey& key) {
  if (!has_feeds(key)) return {};
  for (const Language language : context_.site.languages) KABAR_TRY(write_feed(key, language));
  return {};
}

Result<void> SiteWriter::write_sitemap(size_t rank, bool onwards) {
  const std::span<const ListItem> items = catalogue_.list("");
  for (size_t page = rank / kSitemapPage; page * kSitemapPage < items.size(); ++page) {
    const size_t begin = page * kSitemapPage;
    KABAR_ASSIGN(const std::vector<Record> all,
                 records(items.subspan(begin, std::min(kSitemapPage, items.size() - begin))));
    for (const Language language : context_.site.languages) {
      std::vector<SitemapEntry> entries;
      for (const Record& article : all) {
        const CatalogueVersion* version = article->version(language);
        if (!article->listed(language) || !version->indexable) continue;
        entries.push_back({article_address(context_.addresses, *article, language), version->modified});
      }
      if (entries.empty()) {
        output_.remove(sitemap_address(language, page));
      } else {
        KABAR_TRY(output_.put(sitemap_address(language, page), sitemap(context_, entries)));
      }
    }
    if (!onwards) break;
  }
  return {};
}

Result<void> SiteWriter::write_timely() {
  const Time now = clock_.now();
  std::vector<std::string> sitemaps;
  // The story is as old as it says itself, not as its translation or the import of an archive.
  const std::span<const ListItem> items = catalogue_.list("");
  std::vector<Record> news;
  for (size_t i = items.size(); i > 0 && news.size() < kNewsReadMax; --i) {
    if (items[i - 1].published < now - kNewsAge) break;
    KABAR_ASSIGN(const Record article, catalogue_.record(items[i - 1].number));
    news.push_back(article);
  }
  for (const Language language : context_.site.languages) {
    std::vector<const CatalogueArticle*> fresh;
    for (const Record& article : news) {
      if (!article->listed(language) || !article->version(language)->indexable) continue;
      if (fresh.size() < kNewsMax) fresh.push_back(article.get());
    }
    KABAR_TRY(output_.put(news_address(language), news_sitemap(context_, language, fresh)));
    sitemaps.push_back(news_address(language));
  }
  std::error_code error;
  for (size_t page = 0; page * kSitemapPage < catalogue_.list("").size(); ++page) {
    for (const Language language : context_.site.languages) {
      const std::string address = sitemap_address(language, page);
      if (std::filesystem::exists(output_.path_of(address), error)) sitemaps.push_back(address);
    }
  }
  return output_.put("/sitemap.xml", sitemap_index(context_, sitemaps));
}

}  // namespace kabar::site
