#include "site/json_ld.h"

#include <algorithm>

#include "site/edition.h"
#include "site/html.h"
#include "site/json_text.h"
#include "site/notice.h"

namespace kabar::site {
namespace {

// The fields of the organisation that publishes an edition.
void put_publisher(JsonText& json, const PageContext& context, Language language) {
  const Addresses& addresses = context.addresses;
  json.text("@type", "NewsMediaOrganization");
  json.text("name", context.edition_title(language));
  json.text("url", addresses.absolute(addresses.front(language)));
  json.text("publishingPrinciples", addresses.absolute(addresses.named(language, "ai-policy")));
  json.text("correctionsPolicy", addresses.absolute(addresses.named(language, "corrections")));
}

// The fields of another version of the same article, by its address.
void put_work(JsonText& json, const std::string& url, Language language) {
  json.text("@type", "NewsArticle");
  json.text("@id", url);
  json.text("url", url);
  json.text("inLanguage", edition_of(language).tag);
}

void put_named(JsonText& json, std::string_view type, std::string_view name) {
  json.text("@type", type);
  json.text("name", name);
}

void put_translation(JsonText& json, const PageContext& context, const CatalogueArticle& self,
                     const SiteVersion& version, const Notice& notice) {
  const Language main = context.site.main_language;
  const std::string url = context.addresses.absolute(article_address(context.addresses, self, main));
  json.begin_object("translationOfWork");
  put_work(json, url, main);
  json.number("version", version.revision);
  json.end_object();
  json.text("isBasedOn", url);
  json.begin_object("translator");
  put_named(json, "Organization", context.edition_title(version.version.language));
  json.end_object();
  // An editor is named only after the review that the word promises.
  if (version.made_by == Making::machine_reviewed) {
    json.begin_object("editor");
    put_named(json, "Person", version.reviewed_by);
    json.end_object();
  }
  json.text("creditText", notice_text(notice));
}

// The other versions of an original.
void put_translations(JsonText& json, const PageContext& context, const CatalogueArticle& self, Language language) {
  const auto is_other = [language](const CatalogueVersion& version) {
    return version.published && version.language != language;
  };
  if (std::ranges::none_of(self.versions, is_other)) return;
  json.begin_list("workTranslation");
  for (const CatalogueVersion& other : self.versions) {
    if (!is_other(other)) continue;
    json.begin_object();
    put_work(json, context.addresses.absolute(article_address(context.addresses, self, other.language)),
             other.language);
    json.end_object();
  }
  json.end_list();
}

void put_authors(JsonText& json, const PageContext& context, const SiteArticle& article, Language language) {
  if (article.authors.empty()) {
    json.begin_object("author");
    put_publisher(json, context, language);
    json.end_object();
    return;
  }
  json.begin_list("author");
  for (const std::string& name : article.authors) {
    json.begin_object();
    put_named(json, "Person", name);
    json.end_object();
  }
  json.end_list();
}

void put_corrections(JsonText& json, const std::vector<Correction>& corrections) {
  if (corrections.empty()) return;
  json.begin_list("correction");
  for (const Correction& correction : corrections) {
    json.begin_object();
    json.text("@type", "CorrectionComment");
    json.text("text", correction.text);
    json.text("datePublished", iso_time(correction.time));
    json.end_object();
  }
  json.end_list();
}

}  // namespace

std::string article_json_ld(const PageContext& context, const SiteArticle& article, const CatalogueArticle& self,
                            const SiteVersion& version, const Notice* notice) {
  const Language language = version.version.language;
  const CatalogueVersion& own = *self.version(language);
  const std::string url = context.addresses.absolute(article_address(context.addresses, self, language));
  std::string out;
  JsonText json(out);
  json.begin_object();
  json.text("@context", "https://schema.org");
  json.text("@type", "NewsArticle");
  json.text("@id", url);
  json.text("url", url);
  json.text("mainEntityOfPage", url);
  json.text("headline", own.title);
  json.text("inLanguage", edition_of(language).tag);
  json.text("datePublished", iso_day_or_time(article.published));
  json.text("dateModified", iso_time(version.modified));
  json.text("articleSection", context.section_name(language, self.section));
  json.number("version", version.revision);
  json.flag("isAccessibleForFree", true);
  const std::string_view source = schema_source_type(version.made_by);
  if (!source.empty()) json.text("digitalSourceType", source);
  if (!own.summary.empty()) json.text("description", own.summary);
  put_authors(json, context, article, language);
  if (!own.tag_names.empty()) json.texts("keywords", own.tag_names);
  if (const std::string image = own_address(context.site, self.image.src); !image.empty()) {
    json.text("image", context.addresses.absolute(image));
  }
  json.begin_object("publisher");
  put_publisher(json, context, language);
  json.end_object();
  if (notice != nullptr) {
    put_translation(json, context, self, version, *notice);
  } else {
    put_translations(json, context, self, language);
  }
  put_corrections(json, version.corrections);
  json.end_object();
  for (size_t at = out.find('<'); at != std::string::npos; at = out.find('<', at)) out.replace(at, 1, "\\u003c");
  return out;
}

}  // namespace kabar::site
