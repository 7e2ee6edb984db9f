#include "site/site_files.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "site/edition.h"
#include "site/html.h"
#include "site/json_text.h"
#include "site/notice.h"

namespace kabar::site {
namespace {

constexpr std::string_view kXml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
constexpr std::string_view kSitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9";

}  // namespace

std::string sitemap(const PageContext& context, const std::vector<SitemapEntry>& entries) {
  std::string out = fmt::format("{}<urlset xmlns=\"{}\">\n", kXml, kSitemapSpace);
  for (const SitemapEntry& entry : entries) {
    out += fmt::format("<url><loc>{}</loc><lastmod>{}</lastmod></url>\n",
                       escape_html(context.addresses.absolute(entry.address)), iso_time(entry.modified));
  }
  return out + "</urlset>\n";
}

std::string sitemap_index(const PageContext& context, const std::vector<std::string>& addresses) {
  std::string out = fmt::format("{}<sitemapindex xmlns=\"{}\">\n", kXml, kSitemapSpace);
  for (const std::string& address : addresses) {
    out += fmt::format("<sitemap><loc>{}</loc></sitemap>\n", escape_html(context.addresses.absolute(address)));
  }
  return out + "</sitemapindex>\n";
}

std::string news_sitemap(const PageContext& context, Language language,
                         const std::vector<const CatalogueArticle*>& articles) {
  std::string out = fmt::format(
      "{}<urlset xmlns=\"{}\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n", kXml, kSitemapSpace);
  for (const CatalogueArticle* article : articles) {
    const CatalogueVersion& version = *article->version(language);
    out += fmt::format(
        "<url><loc>{}</loc><news:news><news:publication><news:name>{}</news:name><news:language>{}</news:language>"
        "</news:publication><news:publication_date>{}</news:publication_date><news:title>{}</news:title></news:news></"
        "url>\n",
        escape_html(context.addresses.absolute(article_address(context.addresses, *article, language))),
        escape_html(context.edition_title(language)), edition_of(language).news_code,
        iso_day_or_time(article->published), escape_html(version.title));
  }
  return out + "</urlset>\n";
}

std::string robots_txt(const PageContext& context) {
  std::string out = "User-agent: *\nDisallow: /api/\n";
  if (context.site.mining_reserved) {
    out += "\n# Text and data mining is reserved (Directive (EU) 2019/790, article 4; TDM Reservation Protocol).\n";
    for (const char* agent :
         {"GPTBot", "CCBot", "Google-Extended", "anthropic-ai", "ClaudeBot", "Bytespider", "Applebot-Extended"}) {
      out += fmt::format("User-agent: {}\n", agent);
    }
    out += "Disallow: /\n";
  }
  return out + "\nSitemap: " + context.site.base_url + "/sitemap.xml\n";
}

std::string security_txt(const PageContext& context, Time now) {
  // RFC 9116: an expiry less than a year away. Rounded to the month, so that the file changes rarely.
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now));
  const std::chrono::sys_days expiry = (today.year() / today.month() + std::chrono::months(11)) / std::chrono::day(1);
  std::string languages;
  for (const Language language : context.site.languages) {
    languages += (languages.empty() ? "" : ", ") + std::string(edition_of(language).tag);
  }
  return fmt::format(
      "Contact: mailto:{}\nExpires: {}\nPreferred-Languages: {}\nCanonical: {}/.well-known/security.txt\n",
      context.site.contact_email, iso_time(expiry), languages, context.site.base_url);
}

std::string web_manifest(const PageContext& context, Language language) {
  const Edition& edition = edition_of(language);
  const nlohmann::ordered_json json = {
      {"name", context.edition_title(language)},
      {"short_name", context.edition_title(language)},
      {"lang", edition.tag},
      {"dir", edition.direction},
      {"start_url", context.addresses.front(language)},
      {"scope", "/"},
      {"display", "browser"},
      {"background_color", "#fffdf8"},
      {"theme_color", "#fffdf8"},
      {"icons", {{{"src", "/assets/icon.svg"}, {"sizes", "any"}, {"type", "image/svg+xml"}}}}};
  return json.dump(1) + '\n';
}

std::string opensearch(const PageContext& context, Language language) {
  return fmt::format(
      "{}<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\"><ShortName>{}</ShortName>"
      "<Description>{}</Description><Language>{}</Language><InputEncoding>UTF-8</InputEncoding>"
      "<Url type=\"text/html\" template=\"{}?q={{searchTerms}}\"/></OpenSearchDescription>\n",
      kXml, escape_html(context.edition_title(language)), escape_html(context.messages.text(language, "search_label")),
      edition_of(language).tag, escape_html(context.addresses.absolute(context.addresses.named(language, "search"))));
}

std::string search_index_begin(Language language, bool more) {
  return fmt::format("{{\"language\":\"{}\",\"more\":{},\"items\":[", edition_of(language).tag, more);
}

void append_search_item(std::string& out, const PageContext& context, Language language,
                        const CatalogueArticle& article) {
  const CatalogueVersion& version = *article.version(language);
  if (!out.ends_with('[')) out += ',';
  JsonText json(out);
  json.begin_object();
  json.text("title", version.title);
  json.text("summary", version.summary);
  json.text("url", article_address(context.addresses, article, language));
  json.text("date", context.messages.date(language, article.published));
  json.text("tags", context.names(language, version.tag_names));
  json.flag("machine", language != context.site.main_language && version.made_by != Making::people);
  json.end_object();
}

std::string search_index_end(std::string index) { return index + "]}\n"; }

std::vector<std::pair<std::string, std::string>> security_headers(const SiteConfig& site) {
  std::vector<std::pair<std::string, std::string>> headers = {
      {"Content-Security-Policy", std::string(kContentSecurityPolicy) + "; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
      {"Referrer-Policy", "strict-origin-when-cross-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"},
      {"Cross-Origin-Opener-Policy", "same-origin"}};
  if (site.base_url.starts_with("https:")) headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  if (site.mining_reserved) headers.emplace_back("TDM-Reservation", "1");
  return headers;
}

}  // namespace kabar::site
