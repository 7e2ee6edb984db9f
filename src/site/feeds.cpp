#include "site/feeds.h"

#include <fmt/format.h>

#include "site/edition.h"
#include "site/html.h"
#include "site/json_text.h"
#include "site/notice.h"

namespace kabar::site {
namespace {

std::string element(std::string_view name, std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8 + 2 * name.size() + 8);
  out.append("<").append(name).append(">");
  append_escaped(out, text);
  out.append("</").append(name).append(">\n");
  return out;
}

// Stays the same for ever, also when the address or the domain's scheme changes.
std::string item_id(const PageContext& context, const FeedItem& item, Language language) {
  std::string_view host = context.site.base_url;
  if (const size_t at = host.find("://"); at != std::string_view::npos) host.remove_prefix(at + 3);
  host = host.substr(0, host.find(':'));
  return fmt::format("tag:{},2026:{}:{}", host, encode_query(item.article->id), language.view());
}

// A tag with the host before every address on it: attributes hold one each, "srcset" several.
void append_absolute(std::string& out, std::string_view tag, std::string_view base_url) {
  if (tag.find("=\"/") == std::string_view::npos) {
    out += tag;
    return;
  }
  bool in_set = false;
  for (size_t i = 0; i < tag.size(); ++i) {
    if (tag[i] == '"') in_set = !in_set && tag.substr(0, i).ends_with(" srcset=");
    const std::string_view before = tag.substr(0, i);
    if (tag[i] == '/' && (before.ends_with("=\"") || (in_set && before.ends_with(", ")))) out += base_url;
    out += tag[i];
  }
}

// The picture that the page shows above its text.
std::string lead_html(const PageContext& context, const FeedItem& item) {
  const std::string source = own_address(context.site, item.article->image.src);
  if (source.empty() || item.body.empty()) return "";
  return fmt::format("<figure><img src=\"{}\" alt=\"\"></figure>\n", escape_html(context.addresses.absolute(source)));
}

struct ItemText {
  const CatalogueVersion* version;
  std::string url;
  std::string title;    // with the AI mark
  std::string summary;  // plain, the notice first
  std::string content;  // HTML, the notice first
};

ItemText item_text(const PageContext& context, const FeedItem& item, Language language) {
  ItemText text{.version = item.article->version(language)};
  text.url = context.addresses.absolute(article_address(context.addresses, *item.article, language));
  text.title = text.version->title;
  text.summary = item.notice_text.empty() ? text.version->summary : item.notice_text + "\n\n" + text.version->summary;
  text.content = item.notice + lead_html(context, item) +
                 (item.body.empty() ? "<p>" + escape_html(text.version->summary) + "</p>" : item.body);
  return text;
}

// WebSub, section 4: a feed names its hub beside itself. `element` is "link" or "atom:link".
std::string hub_link(const SiteConfig& site, std::string_view element) {
  if (site.websub_hub.empty()) return "";
  return fmt::format("<{} rel=\"hub\" href=\"{}\"/>\n", element, escape_html(site.websub_hub));
}

std::string xml_head() { return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"; }

}  // namespace

std::string rss(const PageContext& context, const Feed& feed) {
  const std::string_view tag = edition_of(feed.language).tag;
  std::string out = xml_head() +
                    "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" "
                    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
                    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n";
  out += element("title", feed.title);
  out += element("link", context.addresses.absolute(feed.page));
  out += fmt::format("<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{}\"/>\n",
                     escape_html(context.addresses.absolute(feed.folder + "feed.xml")));
  out += hub_link(context.site, "atom:link");
  const std::string note = context.edition_note(feed.language);
  out += element("description", note.empty() ? feed.title : note);
  out += element("language", tag);
  out += element("lastBuildDate", rfc822_time(feed.updated));
  for (const FeedItem& item : feed.items) {
    const ItemText text = item_text(context, item, feed.language);
    out += "<item>\n" + element("title", text.title) + element("link", text.url);
    out += fmt::format("<guid isPermaLink=\"false\">{}</guid>\n", escape_html(item_id(context, item, feed.language)));
    out += element("pubDate", rfc822_time(item.article->published));
    for (const std::string& author : item.article->authors) out += element("dc:creator", author);
    out += element("dc:language", tag);
    if (!item.notice.empty() && text.version->made_by != Making::people) {
      out += element("category", context.messages.text(feed.language, "ai_label"));
    }
    for (const std::string& name : text.version->tag_names) out += element("category", name);
    out += element("description", text.summary);
    out += element("content:encoded", text.content) + "</item>\n";
  }
  return out + "</channel>\n</rss>\n";
}

std::string atom(const PageContext& context, const Feed& feed) {
  const std::string self = context.addresses.absolute(feed.folder + "atom.xml");
  std::string out = xml_head() + fmt::format("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
                                             edition_of(feed.language).tag);
  out += element("title", feed.title) + element("id", self) + element("updated", iso_time(feed.updated));
  out += fmt::format("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n", escape_html(self));
  out += hub_link(context.site, "link");
  out += fmt::format("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
                     escape_html(context.addresses.absolute(feed.page)));
  out += "<author>" + element("name", context.edition_title(feed.language)) + "</author>\n";
  for (const FeedItem& item : feed.items) {
    const ItemText text = item_text(context, item, feed.language);
    out += "<entry>\n" + element("title", text.title) + element("id", item_id(context, item, feed.language));
    out += fmt::format("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", escape_html(text.url));
    if (feed.language != context.site.main_language) {
      out +=
          fmt::format("<link rel=\"via\" hreflang=\"{}\" href=\"{}\"/>\n", edition_of(context.site.main_language).tag,
                      escape_html(context.addresses.absolute(
                          article_address(context.addresses, *item.article, context.site.main_language))));
    }
    out +=
        element("published", iso_time(item.article->published)) + element("updated", iso_time(text.version->modified));
    for (const std::string& author : item.article->authors) out += "<author>" + element("name", author) + "</author>\n";
    out += "<summary type=\"text\">" + escape_html(text.summary) + "</summary>\n";
    out += "<content type=\"html\">" + escape_html(text.content) + "</content>\n</entry>\n";
  }
  return out + "</feed>\n";
}

std::string json_feed(const PageContext& context, const Feed& feed) {
  const std::string_view tag = edition_of(feed.language).tag;
  std::string out;
  JsonText json(out);
  json.begin_object();
  json.text("version", "https://jsonfeed.org/version/1.1");
  json.text("title", feed.title);
  json.text("home_page_url", context.addresses.absolute(feed.page));
  json.text("feed_url", context.addresses.absolute(feed.folder + "feed.json"));
  json.text("language", tag);
  json.begin_list("items");
  for (const FeedItem& item : feed.items) {
    const ItemText text = item_text(context, item, feed.language);
    json.begin_object();
    json.text("id", item_id(context, item, feed.language));
    json.text("url", text.url);
    json.text("title", text.title);
    json.text("summary", text.summary);
    json.text("content_html", text.content);
    json.text("date_published", iso_time(item.article->published));
    json.text("date_modified", iso_time(text.version->modified));
    json.text("language", tag);
    if (!item.article->authors.empty()) {
      json.begin_list("authors");
      for (const std::string& author : item.article->authors) {
        json.begin_object();
        json.text("name", author);
        json.end_object();
      }
      json.end_list();
    }
    if (!text.version->tag_names.empty()) json.texts("tags", text.version->tag_names);
    if (feed.language != context.site.main_language) {
      json.begin_object("_ai");
      json.text("status", making_name(text.version->made_by));
      json.text("notice", item.notice_text);
      json.text("original_url", context.addresses.absolute(
                                    article_address(context.addresses, *item.article, context.site.main_language)));
      json.end_object();
    }
    json.end_object();
  }
  json.end_list();
  if (!context.site.websub_hub.empty()) {
    json.begin_list("hubs");
    json.begin_object();
    json.text("type", "WebSub");
    json.text("url", context.site.websub_hub);
    json.end_object();
    json.end_list();
  }
  json.end_object();
  return out + '\n';
}

std::string feed_body(std::string_view page, const SiteConfig& site) {
  constexpr std::string_view kBegin = "<!--body-->";
  constexpr std::string_view kEnd = "<!--/body-->";
  const size_t begin = page.find(kBegin);
  const size_t end = page.find(kEnd);
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return "";
  std::string_view body = page.substr(begin + kBegin.size(), end - begin - kBegin.size());
  std::string out;
  while (!body.empty()) {
    const size_t tag = body.find('<');
    out += body.substr(0, tag);
    if (tag == std::string_view::npos) break;
    body.remove_prefix(tag);
    const size_t close = body.find('>');
    const std::string_view text = body.substr(0, close + 1);
    body.remove_prefix(close + 1);
    if (text.starts_with("<span data-s=") || text == "</span>") continue;  // ours; the body holds no other
    append_absolute(out, text, site.base_url);
  }
  return out;
}

}  // namespace kabar::site
