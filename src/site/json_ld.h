// Structured data of an article: schema.org NewsArticle as JSON-LD. The mapping is in docs/theme.md.
#pragma once
#include <string>

#include "site/notice.h"
#include "site/page_context.h"

namespace kabar::site {

// Ready to stand in a script element: no "<".
std::string article_json_ld(const PageContext& context, const SiteArticle& article, const CatalogueArticle& self,
                            const SiteVersion& version, const Notice* notice);

}  // namespace kabar::site
