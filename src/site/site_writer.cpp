#include "site/site_writer.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "site/feeds.h"
#include "site/html.h"
#include "site/record.h"

namespace kabar::site {
namespace {

constexpr size_t kRelatedShown = 4;
// Related stories come from the nearest older ones of each tag and of the section. The windows are small and look
// back only, so that a new article changes no older page.
constexpr size_t kTagWindow = 3;
constexpr size_t kSectionWindow = 5;

std::vector<std::pair<ListKey, size_t>> related_lists(const CatalogueArticle& article) {
  std::vector<std::pair<ListKey, size_t>> lists;
  for (const std::string& tag : article.tags) lists.emplace_back("t/" + tag_slug(tag), kTagWindow);
  lists.emplace_back("s/" + article.section, kSectionWindow);
  return lists;
}

}  // namespace

Result<std::vector<Record>> SiteWriter::records(std::span<const ListItem> items) {
  std::vector<Record> records;
  records.reserve(items.size());
  for (const ListItem& item : items) {
    KABAR_ASSIGN(const Record record, catalogue_.record(item.number));
    records.push_back(record);
  }
  return records;
}

Result<std::vector<Record>> SiteWriter::newest(const ListKey& key, Language language, size_t count) {
  std::vector<Record> found;
  const std::span<const ListItem> items = catalogue_.list(key);
  // Where a language has few of the list or none, all records would be read in search of more.
  const auto place =
      static_cast<size_t>(std::ranges::find(context_.site.languages, language) - context_.site.languages.begin());
  count = std::min(count, static_cast<size_t>(catalogue_.count_listed(key, place)));
  for (size_t i = items.size(); i > 0 && found.size() < count; --i) {
    KABAR_ASSIGN(const Record record, catalogue_.record(items[i - 1].number));
    if (record->listed(language)) found.push_back(record);
  }
  return found;
}

Result<std::vector<Record>> SiteWriter::related(uint32_t number) {
  KABAR_ASSIGN(const Record self, catalogue_.record(number));
  std::map<uint32_t, int> shared;  // how many lists they have in common
  for (const auto& [key, window] : related_lists(*self)) {
    const std::optional<size_t> rank = catalogue_.rank(key, number);
    const std::span<const ListItem> items = catalogue_.list(key);
    for (size_t back = 1; rank && back <= window && back <= *rank; ++back) ++shared[items[*rank - back].number];
  }
  std::vector<ListItem> candidates;
  candidates.reserve(shared.size());
  for (const auto& [other, count] : shared) candidates.push_back({Time(), other});
  KABAR_ASSIGN(const std::vector<Record> found, records(candidates));
  std::vector<std::pair<int, Record>> order;
  for (size_t i = 0; i < found.size(); ++i) order.emplace_back(shared[candidates[i].number], found[i]);
  std::ranges::sort(order, [](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first > b.first;
    if (a.second->published != b.second->published) return a.second->published > b.second->published;
    return a.second->id > b.second->id;
  });
  std::vector<Record> sorted;
  sorted.reserve(order.size());
  for (const auto& [count, record] : order) sorted.push_back(record);
  return sorted;
}

Result<std::vector<uint32_t>> SiteWriter::followers(uint32_t number) {
  KABAR_ASSIGN(const Record self, catalogue_.record(number));
  std::vector<uint32_t> found;
  for (const auto& [key, window] : related_lists(*self)) {
    const std::optional<size_t> rank = catalogue_.rank(key, number);
    const std::span<const ListItem> items = catalogue_.list(key);
    for (size_t on = 1; rank && on <= window && *rank + on < items.size(); ++on)
      found.push_back(items[*rank + on].number);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Result<SiteImage> SiteWriter::prepare(SiteImage image) {
  const std::string address = own_address(context_.site, image.src);
  KABAR_ASSIGN(SiteImage prepared, images_.prepare(std::move(image), address));
  for (const int width : prepared.widths) {
    output_.keep(variant_address(prepared, width, "webp"));
    if (prepared.avif) output_.keep(variant_address(prepared, width, "avif"));
  }
  return prepared;
}

Result<SiteImage> SiteWriter::lead_image(const SiteArticle& article) { return prepare(article.image); }

Result<Pictures> SiteWriter::pictures_of(const SiteArticle& article) {
  Pictures pictures;
  for (const SiteVersion& version : article.versions) {
    for (const Block& block : version.blocks) {
      const auto source = block.attributes.find("src");
      if (block.type != BlockType::image || source == block.attributes.end()) continue;
      const std::string address = own_address(context_.site, source->second);
      if (address.empty() || pictures.contains(address)) continue;
      KABAR_ASSIGN(SiteImage image, prepare({.src = source->second}));
      pictures.emplace(address, std::move(image));
    }
  }
  return pictures;
}

Result<void> SiteWriter::write_version(const SiteArticle& article, const CatalogueArticle& self,
                                       const CatalogueVersion& version, const std::vector<Record>& related,
                                       const Pictures& pictures) {
  const Language language = version.language;
  const std::string address = article_address(context_.addresses, self, language);
  ++output_.report.pages;
  if (self.withdrawn) {
    output_.remove(address + "compare/");
    return output_.put(address, withdrawn_page(context_, article, self, language));
  }
  const SiteVersion* shown = find_version(article, language);
  if (!version.published || shown == nullptr) {
    output_.remove(address + "compare/");
    return output_.put(address, preparation_page(context_, self, language));
  }
  std::vector<Record> listed;
  for (const Record& other : related) {
    if (other->listed(language) && listed.size() < kRelatedShown) listed.push_back(other);
  }
  // The comparison page first: the article links to it.
  if (has_compare_page(context_.site, *shown)) {
    KABAR_ASSIGN(const std::string compare, compare_page(context_, self, *shown));
    KABAR_TRY(output_.put(address + "compare/", compare));
    ++output_.report.pages;
  } else {
    output_.remove(address + "compare/");
  }
  KABAR_ASSIGN(const std::string page, article_page(context_, article, self, *shown, listed, pictures));
  return output_.put(address, page);
}

Result<void> SiteWriter::write_article(const SiteArticle& article, uint32_t number) {
  KABAR_ASSIGN(const std::vector<Record> others, related(number));
  KABAR_ASSIGN(const Pictures pictures, pictures_of(article));
  KABAR_ASSIGN(const Record record, catalogue_.record(number));
  const CatalogueArticle& self = *record;
  ++output_.report.articles;
  if (live_) KABAR_TRY(reserve_addresses(self));
  // The main language last: it links to the others, and they to it; until then the old main page links to old
  // addresses, which still stand and are replaced by redirects below.
  for (size_t i = self.versions.size(); i > 0; --i)
    KABAR_TRY(write_version(article, self, self.versions[i - 1], others, pictures));
  for (const CatalogueVersion& version : self.versions) {
    const std::string address = article_address(context_.addresses, self, version.language);
    std::string title = version.title.empty() ? self.versions.front().title : version.title;
    if (self.withdrawn) title = context_.messages.text(version.language, "withdrawn");
    const std::string moved = moved_page(context_, version.language, address, title);
    KABAR_TRY(output_.put(context_.addresses.article_folder(version.language, self.section, self.address_id), moved));
    for (const std::string& old : version.old_addresses) {
      output_.remove(old + "compare/");
      KABAR_TRY(output_.put(old, moved));
    }
  }
  return {};
}

// Pages that are about to go link to others that are, so each is emptied before the first one goes.
Result<void> SiteWriter::remove_article(const CatalogueArticle& record) {
  for (const CatalogueVersion& version : record.versions) {
    const std::string address = article_address(context_.addresses, record, version.language);
    output_.remove(address + "compare/");
    KABAR_TRY(output_.retire(address, waiting_page(context_, version.language)));
    for (const std::string& old : version.old_addresses) output_.remove(old);
    output_.remove(context_.addresses.article_folder(version.language, record.section, record.address_id));
  }
  return {};
}

// Versions, lists and their feeds link to each other: what is new holds its place first.
Result<void> SiteWriter::reserve_addresses(const CatalogueArticle& self) {
  for (const CatalogueVersion& version : self.versions) {
    const Language language = version.language;
    const auto waiting = [&] { return waiting_page(context_, language); };
    KABAR_TRY(output_.reserve(article_address(context_.addresses, self, language), waiting));
    if (!self.listed(language)) continue;
    for (const ListKey& key : list_keys(context_.messages, self)) {
      if (key != "c") KABAR_TRY(output_.reserve(list_address(context_.addresses, key, language), waiting));
    }
    const std::string section = context_.addresses.section(language, self.section);
    const Feed empty{
        .language = language, .title = context_.edition_title(language), .page = section, .folder = section};
    KABAR_TRY(output_.reserve(section + "feed.xml", [&] { return rss(context_, empty); }));
    KABAR_TRY(output_.reserve(section + "atom.xml", [&] { return atom(context_, empty); }));
    KABAR_TRY(output_.reserve(section + "feed.json", [&] { return json_feed(context_, empty); }));
  }
  return {};
}

std::string SiteWriter::list_heading(const ListKey& key, Language language, const std::vector<Record>& shown) const {
  const std::string name = key.substr(2);
  if (key[0] == 's') return context_.section_name(language, name);
  if (key[0] == 'm') {
    const std::string month =
        context_.messages.month(language, std::stoi(name.substr(0, 4)), std::stoi(name.substr(5)));
    return context_.messages.text(language, "archive_month", {{"month", month}});
  }
  // The words behind a slug stand in the articles that have it; the newest one decides.
  for (const Record& article : shown) {
    const bool tag = key[0] == 't';
    const std::vector<std::string>& names = tag ? article->tags : article->authors;
    for (size_t i = 0; i < names.size(); ++i) {
      if (tag_slug(names[i]) != name) continue;
      if (!tag) return context_.messages.text(language, "author_title", {{"author", names[i]}});
      const CatalogueVersion* version = article->version(language);
      const std::string& word = version != nullptr && i < version->tag_names.size() ? version->tag_names[i] : names[i];
      return context_.messages.text(language, "tag_title", {{"tag", word}});
    }
  }
  return name;
}

Result<void> SiteWriter::write_list(const ListKey& key, size_t rank, bool onwards) {
  if (key.empty() || key == "c") return {};  // the front pages and the corrections are lists of another kind
  const size_t size = catalogue_.list(key).size();
  const size_t full = size / kListPage;
  const size_t pages = std::max<size_t>(full, 1);  // the last one is the newest, at the list's own address
  const size_t first = std::min(rank / kListPage, pages - 1);
  const size_t last = onwards ? pages - 1 : first;
  // Older pages first: the newer ones link to them.
  for (size_t page = first; page <= last; ++page) KABAR_TRY(write_list_page(key, page, pages));
  if (!onwards) return {};
  for (const Language language : context_.site.languages) {  // after removals there may be fewer pages
    output_.remove(fmt::format("{}page/{}/", list_address(context_.addresses, key, language), pages));
  }
  return {};
}

Result<void> SiteWriter::write_list_page(const ListKey& key, size_t page, size_t pages) {
  const std::span<const ListItem> items = catalogue_.list(key);
  const bool is_newest = page + 1 == pages;
  const size_t begin = page * kListPage;
  const size_t count = is_newest ? items.size() - begin : kListPage;
  KABAR_ASSIGN(std::vector<Record> all, records(items.subspan(begin, count)));
  std::ranges::reverse(all);
  const auto address_of = [&](Language language, size_t number) {
    const std::string folder = list_address(context_.addresses, key, language);
    return number + 1 == pages ? folder : fmt::format("{}page/{}/", folder, number + 1);
  };
  std::vector<EditionLink> editions;
  std::vector<Language> alternates;
  for (const Language language : context_.site.languages) {
    const bool shown = std::ranges::any_of(all, [&](const Record& article) { return article->listed(language); });
    if (shown) alternates.push_back(language);
    if (shown || key[0] == 's') editions.push_back({language, address_of(language, page), ""});
  }
  for (const Language language : context_.site.languages) {
    const bool exists =
        std::ranges::any_of(editions, [&](const EditionLink& link) { return link.language == language; });
    // Older pages are kept even when nothing of them is shown: the newer one links to them.
    if (!exists && pages == 1) {
      // Emptied first: it may still name an article that is being removed.
      KABAR_TRY(output_.retire(address_of(language, page), waiting_page(context_, language)));
      continue;
    }
    std::vector<Record> shown;
    std::ranges::copy_if(all, std::back_inserter(shown),
                         [&](const Record& article) { return article->listed(language); });
    ListPage list{.language = language, .key = key, .heading = list_heading(key, language, all)};
    list.address = address_of(language, page);
    list.editions = editions;
    list.alternates = alternates;
    if (!exists) list.editions.push_back({language, list.address, ""});
    if (key[0] == 's') list.section = key.substr(2);
    if (key[0] == 's' || key[0] == 't') list.feed_folder = list_address(context_.addresses, key, language);
    if (!is_newest) {
      list.newer = address_of(language, page + 1);
      list.number = context_.messages.text(language, "page_number", {{"number", static_cast<int>(page + 1)}});
    }
    if (page > 0) list.older = address_of(language, page - 1);
    KABAR_TRY(output_.put(list.address, list_page(context_, list, shown)));
    ++output_.report.pages;
  }
  return {};
}

Result<void> SiteWriter::write_fronts() {
  constexpr size_t kNewest = 5;
  constexpr size_t kInBlock = 4;
  std::vector<Language> editions;
  for (const Language language : context_.site.languages) editions.push_back(language);
  for (const Language language : context_.site.languages) {
    KABAR_ASSIGN(std::vector<Record> top, newest("", language, kNewest));
    // The newest story with a picture leads.
    const auto pictured = std::ranges::find_if(top, [](const Record& article) { return !article->image.src.empty(); });
    if (pictured != top.end()) std::rotate(top.begin(), pictured, pictured + 1);
    std::vector<FrontBlock> blocks;
    for (const Section& section : context_.site.sections) {
      KABAR_ASSIGN(std::vector<Record> stories, newest("s/" + section.slug, language, kInBlock + kNewest));
      std::erase_if(stories, [&](const Record& story) {
        return std::ranges::any_of(top, [&](const Record& shown) { return shown->id == story->id; });
      });
      if (stories.size() > kInBlock) stories.resize(kInBlock);
      if (!stories.empty()) blocks.push_back({section.slug, std::move(stories)});
    }
    KABAR_TRY(output_.put(context_.addresses.front(language), front_page(context_, language, top, blocks, editions)));
    ++output_.report.pages;
  }
  if (context_.site.main_language_at_root) return {};
  const Language main = context_.site.main_language;
  return output_.put("/", moved_page(context_, main, context_.addresses.front(main), context_.edition_title(main)));
}

Result<void> SiteWriter::write_archives() {
  for (size_t place = 0; place < context_.site.languages.size(); ++place) {
    const Language language = context_.site.languages[place];
    std::vector<std::pair<ListKey, int>> months;
    for (const ListKey& key : catalogue_.keys("m/")) {
      if (const int count = catalogue_.count_listed(key, place); count > 0) months.emplace_back(key, count);
    }
    std::ranges::reverse(months);
    KABAR_TRY(output_.put(context_.addresses.archive(language), archive_page(context_, language, months)));
    ++output_.report.pages;
  }
  return {};
}

Result<void> SiteWriter::write_corrections() {
  constexpr size_t kShown = 50;
  for (const Language language : context_.site.languages) {
    KABAR_ASSIGN(const std::vector<Record> corrected, newest("c", language, kShown));
    KABAR_TRY(output_.put(context_.addresses.named(language, "corrections"),
                          corrections_page(context_, language, corrected)));
    ++output_.report.pages;
  }
  return {};
}

// One pass over the newest stories for all languages: each record is read from its shard once.
Result<void> SiteWriter::write_search() {
  const std::vector<Language>& languages = context_.site.languages;
  const std::span<const ListItem> items = catalogue_.list("");
  std::vector<std::string> indexes;
  indexes.reserve(languages.size());
  for (const Language language : languages) {
    indexes.push_back(search_index_begin(language, items.size() > kSearchIndexMax));
  }
  const size_t oldest = items.size() - std::min(items.size(), kSearchIndexMax);
  for (size_t i = items.size(); i > oldest; --i) {
    KABAR_ASSIGN(const Record article, catalogue_.record(items[i - 1].number));
    for (size_t place = 0; place < languages.size(); ++place) {
      if (article->listed(languages[place])) append_search_item(indexes[place], context_, languages[place], *article);
    }
  }
  for (size_t place = 0; place < languages.size(); ++place) {
    KABAR_TRY(output_.put(context_.addresses.named(languages[place], "search") + "index.json",
                          search_index_end(std::move(indexes[place]))));
  }
  return {};
}

Result<void> SiteWriter::write_empty_sections() {
  for (const Section& section : context_.site.sections) {
    if (catalogue_.list("s/" + section.slug).empty()) {
      KABAR_TRY(write_feeds("s/" + section.slug));
      KABAR_TRY(write_list("s/" + section.slug, 0, true));
    }
  }
  return {};
}

Result<void> SiteWriter::write_fixed() {
  for (const Asset& asset : context_.theme.assets()) KABAR_TRY(output_.put(asset.address, asset.bytes));
  for (const Language language : context_.site.languages) {
    const std::string front = context_.addresses.front(language);
    KABAR_TRY(output_.put(context_.addresses.named(language, "about"), about_page(context_, language)));
    KABAR_TRY(output_.put(context_.addresses.named(language, "ai-policy"), policy_page(context_, language)));
    KABAR_TRY(output_.put(context_.addresses.named(language, "search"), search_page(context_, language)));
    KABAR_TRY(output_.put(context_.addresses.named(language, "thanks"), thanks_page(context_, language)));
    KABAR_TRY(output_.put(front + "404.html", not_found_page(context_, language)));
    KABAR_TRY(output_.put(front + "manifest.webmanifest", web_manifest(context_, language)));
    KABAR_TRY(output_.put(front + "opensearch.xml", opensearch(context_, language)));
    output_.report.pages += 5;
  }
  KABAR_TRY(output_.put("/404.html", not_found_page(context_, context_.site.main_language)));
  KABAR_TRY(output_.put("/robots.txt", robots_txt(context_)));
  const std::string& key = context_.site.indexnow_key;
  if (!key.empty()) KABAR_TRY(output_.put("/" + key + ".txt", key));
  if (context_.site.contact_email.empty()) return {};
  return output_.put("/.well-known/security.txt", security_txt(context_, clock_.now()));
}

}  // namespace kabar::site
