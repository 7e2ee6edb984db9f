// What the search index is told of an article.
#pragma once
#include <vector>

#include "site/page_context.h"
#include "site/search_index.h"

namespace kabar::site {

// One for each version that readers see in lists; none for a withdrawn article.
std::vector<SearchDocument> search_documents(const PageContext& context, const SiteArticle& article,
                                             const CatalogueArticle& record);

}  // namespace kabar::site
