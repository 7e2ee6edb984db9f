// The pages that consist of a few paragraphs or a plain list.
#include <fmt/format.h>

#include "site/edition.h"
#include "site/html.h"
#include "site/pages.h"

namespace kabar::site {
namespace {

struct Entry {
  std::string href;
  std::string name;
  std::string text;
  std::optional<Time> time;
};

// `name`: the folder of the page, the same in all languages; empty for a page without an address of its own.
std::string text_page(const PageContext& context, Language language, std::string_view name, const std::string& heading,
                      const std::vector<std::string>& paragraphs, const std::vector<Entry>& entries) {
  Head head{.language = language, .title = heading};
  head.noindex = name.empty();
  for (const Language other : context.site.languages) {
    head.editions.push_back(
        {other, name.empty() ? context.addresses.front(other) : context.addresses.named(other, name), ""});
    head.alternates.push_back(other);
  }
  if (!name.empty()) head.address = context.addresses.named(language, name);
  head.page_class = "text-page";
  Data data = head_data(context, head);
  data.set("heading", heading);
  data.set("notice_top", false);
  data.set("action_href", false);
  DataList list;
  for (const std::string& paragraph : paragraphs) list.emplace_back(paragraph);
  data.set("paragraphs", std::move(list));
  DataList items;
  for (const Entry& entry : entries) {
    Data item;
    item.set("href", entry.href);
    item.set("name", entry.name);
    item.set("text", entry.text);
    item.set("date", entry.time ? context.messages.date(language, *entry.time) : "");
    item.set("iso", entry.time ? iso_time(*entry.time) : "");
    items.push_back(std::move(item));
  }
  data.set("has_entries", !items.empty());
  data.set("entries", std::move(items));
  return context.render(Template::text, head, data);
}

// Parted by empty lines.
std::vector<std::string> paragraphs_of(std::string_view text) {
  std::vector<std::string> paragraphs;
  while (!text.empty()) {
    const size_t end = text.find("\n\n");
    const std::string_view paragraph = text.substr(0, end);
    if (paragraph.find_first_not_of(" \n") != std::string_view::npos) paragraphs.emplace_back(paragraph);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 2);
  }
  return paragraphs;
}

}  // namespace

std::string about_page(const PageContext& context, Language language) {
  const auto own = context.site.about.find(language);
  std::vector<std::string> paragraphs;
  if (own != context.site.about.end()) paragraphs = paragraphs_of(own->second);
  if (paragraphs.empty()) {
    std::vector<std::string> names;
    for (const Language other : context.site.languages) names.push_back(language_name(other, language));
    paragraphs.push_back(context.messages.text(
        language, "about_text",
        {{"name", context.edition_title(language)}, {"languages", context.names(language, names)}}));
  }
  if (!context.site.contact_email.empty()) {
    paragraphs.push_back(context.messages.text(language, "contact", {{"email", context.site.contact_email}}));
  }
  return text_page(context, language, "about", context.messages.text(language, "about"), paragraphs, {});
}

std::string policy_page(const PageContext& context, Language language) {
  std::vector<std::string> paragraphs = {
      context.messages.text(language, "policy_1", {{"language", language_name(context.site.main_language, language)}})};
  for (const char* key : {"policy_2", "policy_3", "policy_4", "policy_5"}) {
    paragraphs.push_back(context.messages.text(language, key));
  }
  return text_page(context, language, "ai-policy", context.messages.text(language, "policy"), paragraphs, {});
}

std::string not_found_page(const PageContext& context, Language language) {
  return text_page(context, language, "", context.messages.text(language, "not_found"),
                   {context.messages.text(language, "not_found_text")},
                   {{context.addresses.front(language), context.messages.text(language, "home"), "", {}},
                    {context.addresses.named(language, "search"), context.messages.text(language, "search"), "", {}}});
}

std::string thanks_page(const PageContext& context, Language language) {
  return text_page(context, language, "", context.messages.text(language, "report"),
                   {context.messages.text(language, "report_thanks")},
                   {{context.addresses.front(language), context.messages.text(language, "home"), "", {}}});
}

std::string archive_page(const PageContext& context, Language language,
                         const std::vector<std::pair<ListKey, int>>& months) {
  std::vector<Entry> entries;
  for (const auto& [key, count] : months) {
    const int year = std::stoi(key.substr(2, 4));
    const int month = std::stoi(key.substr(7, 2));
    entries.push_back({context.addresses.month(language, year, month),
                       context.messages.month(language, year, month),
                       context.messages.text(language, "article_count", {{"count", count}}),
                       {}});
  }
  std::vector<std::string> paragraphs;
  if (entries.empty()) paragraphs.push_back(context.messages.text(language, "empty_list"));
  return text_page(context, language, "archive", context.messages.text(language, "archive_title"), paragraphs, entries);
}

std::string corrections_page(const PageContext& context, Language language, const std::vector<Record>& articles) {
  std::vector<Entry> entries;
  for (const Record& article : articles) {
    const CatalogueVersion& version = *article->version(language);
    for (const Correction& correction : version.corrections) {
      const bool fault = correction.kind == CorrectionKind::translation;
      const std::string& label = context.messages.text(language, fault ? "correction_translation" : "correction");
      entries.push_back({article_address(context.addresses, *article, language), version.title,
                         fmt::format("{} — {}", label, correction.text), correction.time});
    }
  }
  std::vector<std::string> paragraphs = {context.messages.text(language, "corrections_intro")};
  if (entries.empty()) paragraphs.push_back(context.messages.text(language, "corrections_none"));
  return text_page(context, language, "corrections", context.messages.text(language, "corrections"), paragraphs,
                   entries);
}

std::string search_page(const PageContext& context, Language language) {
  Head head{.language = language, .title = context.messages.text(language, "search")};
  head.noindex = true;  // results are not pages
  for (const Language other : context.site.languages) {
    head.editions.push_back({other, context.addresses.named(other, "search"), ""});
  }
  head.page_class = "search-page";
  Data data = head_data(context, head);
  data.set("edition_note", context.edition_note(language));
  data.set("search_index", context.addresses.named(language, "search") + "index.json");
  // The script has no ICU: it gets a sample for each plural form, with 0000 where the number stands.
  constexpr std::pair<const char*, int> kSamples[] = {{"zero", 0}, {"one", 1},   {"two", 2},
                                                      {"few", 3},  {"many", 11}, {"other", 100}};
  DataList counts;
  for (const auto& [name, sample] : kSamples) {
    std::string text = context.messages.text(language, "search_count", {{"count", sample}});
    const std::string digits = std::to_string(sample);
    if (const size_t at = text.find(digits); at != std::string::npos) text.replace(at, digits.size(), "0000");
    Data item;
    item.set("name", name);
    item.set("text", text);
    counts.push_back(std::move(item));
  }
  data.set("counts", std::move(counts));
  return context.render(Template::search, head, data);
}

std::string waiting_page(const PageContext& context, Language language) {
  const Edition& edition = edition_of(language);
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><meta "
      "name=\"robots\" "
      "content=\"noindex\"><meta http-equiv=\"refresh\" content=\"5\"></head><body><p>…</p></body></html>\n",
      edition.tag, edition.direction, escape_html(context.edition_title(language)));
}

std::string moved_page(const PageContext& context, Language language, const std::string& address,
                       const std::string& title) {
  const std::string target = escape_html(context.addresses.absolute(address));
  const std::string path = escape_html(encode_uri(address));
  const Edition& edition = edition_of(language);
  return fmt::format(
      "{}{} --><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><link rel=\"canonical\" "
      "href=\"{}\"><meta http-equiv=\"refresh\" content=\"0; url={}\"></head><body><p><a "
      "href=\"{}\">{}</a></p></body></html>\n",
      kMovedMark, encode_uri(address), edition.tag, edition.direction, escape_html(title), target, path, path,
      escape_html(title));
}

}  // namespace kabar::site
