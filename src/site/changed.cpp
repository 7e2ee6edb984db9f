#include "site/changed.h"

#include <algorithm>

#include "site/feeds.h"

namespace kabar::site {
namespace {

constexpr std::string_view kKeyCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-";

// One side of the change, in one language.
struct Side {
  const CatalogueArticle* article;  // may be null
  const CatalogueVersion* version = nullptr;
  bool listed = false;

  Side(const CatalogueArticle* the_article, Language language) : article(the_article) {
    if (article == nullptr) return;
    version = article->version(language);
    listed = article->listed(language);
  }
  bool withdrawn() const { return article != nullptr && article->withdrawn; }
};

bool differs(const Side& before, const Side& after) {
  if (before.version == nullptr || after.version == nullptr) return before.version != after.version;
  return before.listed != after.listed || !(*before.version == *after.version);
}

void add_side(const PageContext& context, const Side& side, Language language, ChangedAddresses& changed) {
  if (!side.listed && !side.withdrawn()) return;
  // A search engine learns from the page itself that it is gone.
  if (side.withdrawn() || side.version->indexable) {
    changed.pages.insert(context.addresses.absolute(article_address(context.addresses, *side.article, language)));
  }
  for (const ListKey& key : list_keys(context.messages, *side.article)) {
    if (!has_feeds(key)) continue;
    const std::string folder = list_address(context.addresses, key, language);
    for (const char* name : kFeedNames) changed.feeds.insert(context.addresses.absolute(folder + name));
  }
}

}  // namespace

Result<void> check_pings(const SiteConfig& site) {
  const std::string& hub = site.websub_hub;
  if (!hub.empty() && !hub.starts_with("https://") && !hub.starts_with("http://")) {
    return fail(ErrorKind::bad_input, "websub_hub", "must begin with http:// or https://");
  }
  // https://www.indexnow.org/documentation: what a key may be.
  const std::string& key = site.indexnow_key;
  const bool good_size = key.size() >= 8 && key.size() <= 128;
  if (!key.empty() && (!good_size || key.find_first_not_of(kKeyCharacters) != std::string::npos)) {
    return fail(ErrorKind::bad_input, "indexnow_key", "must be 8 to 128 letters a-z, A-Z, digits and hyphens");
  }
  return {};
}

void add_changed(const PageContext& context, const CatalogueArticle* before, const CatalogueArticle* after,
                 ChangedAddresses& changed) {
  const std::vector<Language>& languages = context.site.languages;
  const bool some_differ = std::ranges::any_of(
      languages, [&](Language language) { return differs(Side(before, language), Side(after, language)); });
  for (const Language language : languages) {
    const Side old(before, language);
    const Side now(after, language);
    if (some_differ && !differs(old, now)) continue;
    // Made again after a crash: the page may have been listed before, and only that search engines must learn now.
    if (!some_differ && after != nullptr && !now.listed) {
      changed.pages.insert(context.addresses.absolute(article_address(context.addresses, *after, language)));
    }
    add_side(context, old, language, changed);
    add_side(context, now, language, changed);
  }
}

}  // namespace kabar::site
