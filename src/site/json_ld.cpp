#include "site/json_ld.h"

#include <nlohmann/json.hpp>

#include "site/edition.h"
#include "site/html.h"
#include "site/notice.h"

namespace kabar::site {
namespace {

using Json = nlohmann::ordered_json;

Json publisher(const PageContext& context, Language language) {
  const Addresses& addresses = context.addresses;
  return {{"@type", "NewsMediaOrganization"},
          {"name", context.edition_title(language)},
          {"url", addresses.absolute(addresses.front(language))},
          {"publishingPrinciples", addresses.absolute(addresses.named(language, "ai-policy"))},
          {"correctionsPolicy", addresses.absolute(addresses.named(language, "corrections"))}};
}

// Another version of the same article, by its address.
Json work(const PageContext& context, const CatalogueArticle& self, Language language) {
  const std::string url = context.addresses.absolute(article_address(context.addresses, self, language));
  return {{"@type", "NewsArticle"}, {"@id", url}, {"url", url}, {"inLanguage", edition_of(language).tag}};
}

void add_translation(Json& article, const PageContext& context, const CatalogueArticle& self,
                     const SiteVersion& version, const Notice& notice) {
  Json original = work(context, self, context.site.main_language);
  original["version"] = version.revision;
  article["translationOfWork"] = original;
  article["isBasedOn"] = original["url"];
  article["translator"] = {{"@type", "Organization"}, {"name", context.edition_title(version.version.language)}};
  // An editor is named only after the review that the word promises.
  if (version.made_by == Making::machine_reviewed) {
    article["editor"] = {{"@type", "Person"}, {"name", version.reviewed_by}};
  }
  article["creditText"] = notice_text(notice);
}

}  // namespace

std::string article_json_ld(const PageContext& context, const SiteArticle& article, const CatalogueArticle& self,
                            const SiteVersion& version, const Notice* notice) {
  const Language language = version.version.language;
  const CatalogueVersion& own = *self.version(language);
  const std::string url = context.addresses.absolute(article_address(context.addresses, self, language));
  Json json = {{"@context", "https://schema.org"},
               {"@type", "NewsArticle"},
               {"@id", url},
               {"url", url},
               {"mainEntityOfPage", url},
               {"headline", own.title},
               {"inLanguage", edition_of(language).tag},
               {"datePublished", iso_time(article.published)},
               {"dateModified", iso_time(version.modified)},
               {"articleSection", context.section_name(language, self.section)},
               {"version", version.revision},
               {"isAccessibleForFree", true}};
  if (const std::string_view source = schema_source_type(version.made_by); !source.empty()) {
    json["digitalSourceType"] = source;
  }
  if (!own.summary.empty()) json["description"] = own.summary;
  for (const std::string& name : article.authors) json["author"].push_back({{"@type", "Person"}, {"name", name}});
  if (article.authors.empty()) json["author"] = publisher(context, language);
  if (!own.tag_names.empty()) json["keywords"] = own.tag_names;
  if (const std::string image = own_address(context.site, article.image.src); !image.empty()) {
    json["image"] = context.addresses.absolute(image);
  }
  json["publisher"] = publisher(context, language);
  if (notice != nullptr) {
    add_translation(json, context, self, version, *notice);
  } else {
    for (const CatalogueVersion& other : self.versions) {
      if (other.published && other.language != language)
        json["workTranslation"].push_back(work(context, self, other.language));
    }
  }
  for (const Correction& correction : version.corrections) {
    json["correction"].push_back(
        {{"@type", "CorrectionComment"}, {"text", correction.text}, {"datePublished", iso_time(correction.time)}});
  }
  std::string out = json.dump();
  for (size_t at = out.find('<'); at != std::string::npos; at = out.find('<', at)) out.replace(at, 1, "\\u003c");
  return out;
}

}  // namespace kabar::site
