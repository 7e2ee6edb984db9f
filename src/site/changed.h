// Which addresses other servers may be told of when an article changed: for WebSub and IndexNow.
#pragma once
#include "base/result.h"
#include "site/page_context.h"
#include "site/publisher.h"

namespace kabar::site {

// bad_input for a hub that is no http(s) address, or a key that IndexNow would not take.
Result<void> check_pings(const SiteConfig& site);

// Adds the article's pages that may be indexed, or had been, and the feeds that it stands in or stood in, of those
// languages whose record differs. If none does (the text alone changed, or the update is made again after a crash), of
// all languages: a ping too many is better than one that is lost. `before` is null for a new article, `after` for one
// that was removed.
void add_changed(const PageContext& context, const CatalogueArticle* before, const CatalogueArticle* after,
                 ChangedAddresses& changed);

}  // namespace kabar::site
