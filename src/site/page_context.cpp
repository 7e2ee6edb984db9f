#include "site/page_context.h"

#include <algorithm>

#include <fmt/format.h>

#include "site/edition.h"
#include "site/html.h"

namespace kabar::site {
namespace {

Data shared_data(const PageContext& context, Language language, int year) {
  Data data;
  const Edition& edition = edition_of(language);
  data.set("lang", std::string(edition.tag));
  data.set("code", language.code());
  data.set("dir", std::string(edition.direction));
  data.set("csp", std::string(kContentSecurityPolicy));
  data.set("css", context.theme.css());
  data.set("js", context.theme.js());
  data.set("mining_reserved", context.site.mining_reserved);
  data.set("home", context.addresses.front(language));
  data.set("site_title", context.edition_title(language));
  const auto tagline = context.site.taglines.find(language);
  data.set("tagline", tagline == context.site.taglines.end() ? "" : tagline->second);
  data.set("search_href", context.addresses.named(language, "search"));
  data.set("about_href", context.addresses.named(language, "about"));
  data.set("policy_href", context.addresses.named(language, "ai-policy"));
  data.set("corrections_href", context.addresses.named(language, "corrections"));
  data.set("archive_href", context.addresses.archive(language));
  data.set("original_lang", std::string(edition_of(context.site.main_language).tag));
  data.set("original_dir", std::string(edition_of(context.site.main_language).direction));
  data.set("rights",
           context.messages.text(language, "footer_rights",
                                 {{"year", std::to_string(year)}, {"name", context.edition_title(language)}}));
  return data;
}

// The sections of the menu.
Data menu_data(const PageContext& context, Language language, const std::string& current) {
  DataList sections;
  for (const Section& section : context.site.sections) {
    Data item;
    item.set("href", context.addresses.section(language, section.slug));
    item.set("name", context.section_name(language, section.slug));
    item.set("current", section.slug == current);
    sections.push_back(std::move(item));
  }
  Data data;
  data.set("sections", std::move(sections));
  return data;
}

Data feed_link(const char* type, const std::string& name, const std::string& address) {
  Data data;
  data.set("type", type);
  data.set("name", name);
  data.set("href", address);
  return data;
}

}  // namespace

std::string tag_slug(std::string_view tag) {
  // Transliteration is slow, and the same few tags and names come again and again.
  constexpr size_t kKeptMax = 20'000;
  thread_local std::map<std::string, std::string, std::less<>> kept;
  const auto found = kept.find(tag);
  if (found != kept.end()) return found->second;
  if (kept.size() >= kKeptMax) kept.clear();
  return kept.emplace(tag, make_slug(tag, SlugStyle::latin)).first->second;
}

PageContext::PageContext(const SiteConfig& the_site, const Messages& the_messages, const Theme& the_theme, int year)
    : site(the_site), messages(the_messages), theme(the_theme), addresses(the_site) {
  const std::vector<std::string> keys = messages.keys();
  for (const std::string& key : keys) message_names_.push_back("ui_" + key);
  std::vector<std::string> current = {""};  // sections that may be marked
  for (const Section& section : site.sections) current.push_back(section.slug);
  for (const Language language : site.languages) {
    Data data = shared_data(*this, language, year);
    // Only messages without arguments; the others are filled in by the page that uses them.
    for (size_t i = 0; i < keys.size(); ++i) {
      const std::string& text = messages.text(language, keys[i]);
      if (!text.empty()) data.set(message_names_[i], text);
    }
    data.sort();
    shared_.emplace(language, std::move(data));
    for (const std::string& slug : current) {
      menus_.emplace(std::pair(language, slug), menu_data(*this, language, slug));
    }
  }
}

std::string PageContext::render(Template which, const Head& head, const Data& data) const {
  auto menu = menus_.find(std::pair(head.language, head.section));
  if (menu == menus_.end()) menu = menus_.find(std::pair(head.language, std::string()));
  return theme.render(which, {&shared_.at(head.language), &menu->second, &data});
}

std::string PageContext::section_name(Language language, std::string_view section) const {
  for (const Section& known : site.sections) {
    if (known.slug != section) continue;
    const auto name = known.names.find(language);
    if (name != known.names.end() && !name->second.empty()) return name->second;
  }
  const std::string key = fmt::format("section_{}", section);
  if (messages.has(key)) return messages.text(language, key);
  // A slug is the best that is left: "seni-rupa" -> "Seni rupa".
  std::string name(section);
  std::ranges::replace(name, '-', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

const std::string& PageContext::edition_title(Language language) const {
  const auto title = site.titles.find(language);
  return title == site.titles.end() || title->second.empty() ? site.name : title->second;
}

std::string PageContext::names(Language language, const std::vector<std::string>& names) const {
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += edition_of(language).list_separator;
    out += name;
  }
  return out;
}

std::string PageContext::edition_note(Language language) const {
  if (language == site.main_language) return "";
  return messages.text(
      language, "edition_note",
      {{"language", language_name(site.main_language, language)}, {"code", site.main_language.view()}});
}

Data head_data(const PageContext& context, const Head& head) {
  constexpr size_t kFieldsOfAPage = 64;  // those of an article are added to the ones of its head
  const Language language = head.language;
  Data data;
  data.reserve(kFieldsOfAPage);
  const std::string& site_title = context.edition_title(language);
  data.set("title", head.title == site_title ? site_title : head.title + " | " + site_title);
  data.set("og_title", head.og_prefix.empty() ? head.title : fmt::format("{} [{}]", head.title, head.og_prefix));
  data.set("description", head.description);
  data.set("robots", head.noindex ? "noindex, follow" : "");
  data.set("canonical", head.address.empty() ? "" : context.addresses.absolute(head.address));
  data.set("og_type", head.og_type);
  data.set("og_locale", std::string(edition_of(language).open_graph));
  data.set("og_image", head.og_image.empty() ? "" : context.addresses.absolute(head.og_image));
  const bool sized = head.og_image_width > 0 && head.og_image_height > 0;
  data.set("og_image_width", sized ? std::to_string(head.og_image_width) : "");
  data.set("og_image_height", sized ? std::to_string(head.og_image_height) : "");
  data.set("page_class", head.page_class);
  data.set("json_ld", head.json_ld);

  DataList alternates;
  DataList locales;
  DataList editions;
  for (const EditionLink& link : head.editions) {
    const Edition& edition = edition_of(link.language);
    Data item;
    item.set("href", link.address);
    item.set("code", std::string(edition.tag));
    item.set("dir", std::string(edition.direction));
    item.set("name", language_name(link.language, link.language));
    item.set("current", link.language == language);
    item.set("note", link.note);
    editions.push_back(std::move(item));
    if (head.noindex || std::ranges::find(head.alternates, link.language) == head.alternates.end()) continue;
    Data alternate;
    alternate.set("code", std::string(edition.tag));
    alternate.set("href", context.addresses.absolute(link.address));
    alternates.push_back(alternate);
    if (link.language == context.site.x_default) {
      alternate.set("code", "x-default");
      alternates.push_back(std::move(alternate));
    }
    if (link.language == language) continue;
    Data locale;
    locale.set("locale", std::string(edition.open_graph));
    locales.push_back(std::move(locale));
  }
  data.set("alternates", std::move(alternates));
  data.set("og_alternates", std::move(locales));
  data.set("editions", std::move(editions));

  DataList feeds;
  if (!head.feed_folder.empty()) {
    feeds.push_back(feed_link("application/rss+xml", site_title + " RSS", head.feed_folder + "feed.xml"));
    feeds.push_back(feed_link("application/atom+xml", site_title + " Atom", head.feed_folder + "atom.xml"));
    feeds.push_back(feed_link("application/feed+json", site_title + " JSON", head.feed_folder + "feed.json"));
  }
  data.set("feeds", std::move(feeds));

  for (const char* name : {"published_iso", "ai_status"}) data.set(name, false);  // articles set them
  return data;
}

Data image_data(const SiteImage& image, const std::string& source) {
  Data data;
  data.set("src", source);
  data.set("avif", source_set(image, "avif"));
  data.set("srcset", source_set(image, "webp"));
  data.set("width", std::to_string(image.shown_width()));
  data.set("height", std::to_string(image.shown_height()));
  return data;
}

Data card_data(const PageContext& context, const CatalogueArticle& article, Language language, bool with_summary) {
  const CatalogueVersion& version = *article.version(language);
  Data card;
  card.reserve(10);
  card.set("href", article_address(context.addresses, article, language));
  card.set("title", version.title);
  card.set("title_html", headline_html(version.title, language));
  card.set("summary", with_summary ? version.summary : "");
  card.set("section_name", context.section_name(language, article.section));
  card.set("section_href", context.addresses.section(language, article.section));
  card.set("machine", language != context.site.main_language && version.made_by != Making::people);
  card.set("iso", iso_day_or_time(article.published));
  card.set("date", context.messages.date(language, article.published));
  const std::string source = own_address(context.site, article.image.src);
  if (source.empty()) {
    card.set("image", false);
  } else {
    card.set("image", image_data(article.image, source));
  }
  return card;
}

std::string article_address(const Addresses& addresses, const CatalogueArticle& article, Language language) {
  const CatalogueVersion* version = article.version(language);
  KABAR_CHECK(version != nullptr);
  return addresses.article(language, article.section, article.address_id, version->slug);
}

std::string list_address(const Addresses& addresses, const ListKey& key, Language language) {
  const std::string name = key.size() > 2 ? key.substr(2) : "";
  switch (key.empty() ? '\0' : key[0]) {
    case 's':
      return addresses.section(language, name);
    case 't':
      return addresses.tag(language, name);
    case 'a':
      return addresses.author(language, name);
    case 'm':
      return addresses.month(language, std::stoi(name.substr(0, 4)), std::stoi(name.substr(5)));
    default:
      return addresses.front(language);
  }
}

std::vector<ListKey> list_keys(const Messages& messages, const CatalogueArticle& article) {
  std::vector<ListKey> keys = {"", "s/" + article.section};
  for (const std::string& tag : article.tags) keys.push_back("t/" + tag_slug(tag));
  for (const std::string& author : article.authors) keys.push_back("a/" + tag_slug(author));
  const auto [year, month] = messages.month_of(article.published);
  keys.push_back(fmt::format("m/{:04}-{:02}", year, month));
  for (const CatalogueVersion& version : article.versions) {
    if (version.corrections.empty()) continue;
    keys.push_back("c");
    break;
  }
  std::ranges::sort(keys);  // two tags may have one slug
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace kabar::site
