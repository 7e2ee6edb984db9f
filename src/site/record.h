// From an article to what the catalogue keeps of it.
#pragma once
#include "site/page_context.h"

namespace kabar::site {

// `image` is the lead image as it is shown. `previous` is the record that this one replaces, or null: addresses that it
// had lead on to the new ones. bad_input if the article has no published text in the main language, or a checked
// version without its reviewer.
Result<Record> make_record(const PageContext& context, const SiteArticle& article, SiteImage image,
                           const CatalogueArticle* previous);

const SiteVersion* find_version(const SiteArticle& article, Language language);

}  // namespace kabar::site
