#include "site/search_documents.h"

#include "site/html.h"
#include "site/record.h"

namespace kabar::site {

std::vector<SearchDocument> search_documents(const PageContext& context, const SiteArticle& article,
                                             const CatalogueArticle& record) {
  std::vector<SearchDocument> documents;
  for (const CatalogueVersion& version : record.versions) {
    const SiteVersion* const shown = find_version(article, version.language);
    if (shown == nullptr || !record.listed(version.language)) continue;
    const bool machine = version.language != context.site.main_language && version.made_by != Making::people;
    documents.push_back({.article = record.id,
                         .language = version.language,
                         .published = record.published,
                         .title = version.title,
                         .summary = version.summary,
                         .body = plain_body(shown->blocks),
                         .tags = context.names(version.language, version.tag_names),
                         .address = article_address(context.addresses, record, version.language),
                         .date = context.messages.date(version.language, record.published),
                         .label = machine ? context.messages.text(version.language, "ai_label") : ""});
  }
  return documents;
}

}  // namespace kabar::site
