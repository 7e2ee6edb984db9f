#include <fmt/format.h>

#include "base/utf8.h"
#include "site/edition.h"
#include "site/html.h"
#include "site/json_ld.h"
#include "site/pages.h"
#include "site/share_card.h"

namespace kabar::site {
namespace {

// Holds the place of an element in a message until the words are escaped: the object replacement character.
constexpr std::string_view kGap = "\uFFFC";

// The versions of an article for the switcher: one per language, with its state where that is not "published".
std::vector<EditionLink> version_links(const PageContext& context, const CatalogueArticle& self, Language language) {
  std::vector<EditionLink> links;
  for (const CatalogueVersion& version : self.versions) {
    std::string note;
    if (version.language == context.site.main_language)
      note = context.messages.text(language, "original_short");
    else if (!version.published)
      note = context.messages.text(language, "preparation_short");
    links.push_back({version.language, article_address(context.addresses, self, version.language), note});
  }
  return links;
}

std::string time_html(const PageContext& context, Language language, std::string_view key, Time time) {
  const std::string text = context.messages.text(language, key, {{"time", kGap}});
  const std::string element = fmt::format("<time datetime=\"{}\">{}</time>", iso_day_or_time(time),
                                          escape_html(context.messages.date_time(language, time)));
  std::string out = escape_html(text);
  if (const size_t at = out.find(kGap); at != std::string::npos) out.replace(at, kGap.size(), element);
  return out;
}

std::string byline_html(const PageContext& context, Language language, const std::vector<std::string>& authors) {
  if (authors.empty()) return "";
  std::string names;
  for (const std::string& author : authors) {
    if (!names.empty()) names += edition_of(language).list_separator;
    names += fmt::format("<a href=\"{}\" rel=\"author\"><bdi>{}</bdi></a>",
                         escape_html(context.addresses.author(language, tag_slug(author))), escape_html(author));
  }
  std::string text = escape_html(context.messages.text(language, "by", {{"names", kGap}}));
  text.replace(text.find(kGap), kGap.size(), names);
  return text;
}

void put_lead_image(Data& data, const PageContext& context, const SiteImage& lead, const SiteVersion& version) {
  const std::string source = own_address(context.site, lead.src);
  data.set("image", false);
  if (source.empty()) return;
  Data image = image_data(lead, source);
  image.set("alt", version.image_alt);
  image.set("caption", version.image_caption);
  image.set("credit", lead.credit.empty()
                          ? ""
                          : context.messages.text(version.version.language, "photo_credit", {{"credit", lead.credit}}));
  data.set("image", std::move(image));
}

void put_lists(Data& data, const PageContext& context, const SiteArticle& article, const CatalogueArticle& self,
               const SiteVersion& version, const std::vector<Record>& related) {
  const Language language = version.version.language;
  const CatalogueVersion& own = *self.version(language);
  DataList tags;
  for (size_t i = 0; i < article.tags.size(); ++i) {
    Data tag;
    tag.set("href", context.addresses.tag(language, tag_slug(article.tags[i])));
    tag.set("name", own.tag_names[i]);
    tags.push_back(std::move(tag));
  }
  DataList corrections;
  for (const Correction& correction : version.corrections) {
    Data item;
    const bool fault = correction.kind == CorrectionKind::translation;
    item.set("label", context.messages.text(language, fault ? "correction_translation" : "correction"));
    item.set("iso", iso_time(correction.time));
    item.set("date", context.messages.date(language, correction.time));
    item.set("text", correction.text);
    corrections.push_back(std::move(item));
  }
  DataList cards;
  for (const Record& other : related) cards.push_back(card_data(context, *other, language, false));
  DataList services;
  const std::string url = encode_query(context.addresses.absolute(article_address(context.addresses, self, language)));
  const std::string title = encode_query(own.title);
  for (const ShareService* service : share_services(language)) {
    Data item;
    item.set("label",
             service->name.empty() ? context.messages.text(language, "share_email") : std::string(service->name));
    item.set("href", fmt::format(fmt::runtime(service->address), fmt::arg("url", url), fmt::arg("title", title)));
    services.push_back(std::move(item));
  }
  data.set("has_tags", !tags.empty());
  data.set("has_corrections", !corrections.empty());
  data.set("has_related", !cards.empty());
  data.set("tags", std::move(tags));
  data.set("corrections", std::move(corrections));
  data.set("related", std::move(cards));
  data.set("share", std::move(services));
}

std::string notice_links(const PageContext& context, Language language, const std::string& compare) {
  if (compare.empty()) return "";
  return fmt::format("<a href=\"{0}\">{1}</a> · <a href=\"{0}#report\">{2}</a>", escape_html(compare),
                     escape_html(context.messages.text(language, "notice_compare")),
                     escape_html(context.messages.text(language, "notice_report")));
}

Result<void> require_notice(const std::string& page, const std::string& notice, const std::string& address) {
  if (notice.empty() || carries_notice(page, notice, 2)) return {};
  return fail(ErrorKind::conflict, address,
              "the theme shows a translation without its notice at the top and at the end");
}

}  // namespace

bool has_compare_page(const SiteConfig& site, const SiteVersion& version) {
  return version.version.language != site.main_language && !version.version.segments.empty();
}

Result<std::string> article_page(const PageContext& context, const SiteArticle& article, const CatalogueArticle& self,
                                 const SiteVersion& version, const std::vector<Record>& related,
                                 const Pictures& pictures) {
  const Language language = version.version.language;
  const CatalogueVersion& own = *self.version(language);
  const std::string address = article_address(context.addresses, self, language);
  const bool translated = language != context.site.main_language;
  const std::optional<Notice> notice = make_notice(
      context.site, context.messages, version, article_address(context.addresses, self, context.site.main_language));
  const std::string compare = has_compare_page(context.site, version) ? address + "compare/" : "";

  Head head{.language = language, .title = own.title, .description = own.summary, .address = address};
  head.noindex = !own.indexable;
  head.editions = version_links(context, self, language);
  for (const CatalogueVersion& other : self.versions) {
    if (other.published && other.indexable) head.alternates.push_back(other.language);
  }
  head.feed_folder = context.addresses.section(language, self.section);
  head.section = self.section;
  head.og_type = "article";
  if (context.site.share_cards) {
    head.og_image = share_card_address(share_card(context, self, language));
    head.og_image_width = kCardWidth;
    head.og_image_height = kCardHeight;
  } else {
    head.og_image = own_address(context.site, self.image.src);
    head.og_image_width = self.image.width;
    head.og_image_height = self.image.height;
  }
  if (notice) head.og_prefix = notice->label;
  head.page_class = "article";
  head.json_ld = article_json_ld(context, article, self, version, notice ? &*notice : nullptr);

  Data data = head_data(context, head);
  data.set("published_iso", iso_day_or_time(article.published));
  data.set("modified_iso", iso_time(version.modified));
  data.set("ai_status", std::string(making_name(version.made_by)));
  data.set("digital_source_type", std::string(digital_source_type(version.made_by)));
  data.set("headline", own.title);
  data.set("headline_html", headline_html(own.title, language));
  const Block* standfirst = find_block(version.blocks, BlockType::standfirst);
  data.set("deck", standfirst == nullptr ? "" : render_inline(standfirst->text, standfirst->tags));
  data.set("section_name", context.section_name(language, self.section));
  data.set("section_href", context.addresses.section(language, self.section));
  data.set("byline", byline_html(context, language, article.authors));
  data.set("published", time_html(context, language, "published_at", article.published));
  const bool updated =
      version.modified > version.published + std::chrono::minutes(1) && version.modified > article.published;
  data.set("updated", updated ? time_html(context, language, "updated_at", version.modified) : "");
  const int minutes = reading_minutes(plain_body(version.blocks), edition_of(language).spaced);
  data.set("reading_time", context.messages.text(language, "reading_time", {{"minutes", minutes}}));
  const std::string links = notice_links(context, language, compare);
  const std::string notice_block = notice ? notice_html(*notice, links) : "";
  data.set("notice_top", notice_block);
  data.set("notice_end", notice_block);
  data.set("notice_text", notice ? notice_text(*notice) : "");
  data.set("compare_href", compare);
  const std::string embed_link = context.messages.text(language, "embed_link", {{"host", "{host}"}});
  const std::string lead = own_address(context.site, self.image.src);
  data.set("body", render_body(version.blocks, version.version.segments,
                               {.site = &context.site,
                                .pictures = &pictures,
                                .lead = lead,
                                .embed_link = embed_link,
                                .mark_sentences = translated}));
  put_lead_image(data, context, self.image, version);
  put_lists(data, context, article, self, version, related);

  std::string page = context.render(Template::article, head, data);
  KABAR_TRY(require_notice(page, notice_block, address));
  return page;
}

Result<std::string> compare_page(const PageContext& context, const CatalogueArticle& self, const SiteVersion& version) {
  const Language language = version.version.language;
  const std::string address = article_address(context.addresses, self, language);
  const std::optional<Notice> notice = make_notice(
      context.site, context.messages, version, article_address(context.addresses, self, context.site.main_language));
  Head head{.language = language, .title = context.messages.text(language, "compare")};
  head.title += ": " + self.version(language)->title;
  head.noindex = true;
  head.editions = version_links(context, self, language);
  head.section = self.section;
  head.page_class = "comparison";
  Data data = head_data(context, head);
  data.set("headline", self.version(language)->title);
  data.set("back_href", address);
  data.set("article_id", self.id);
  const std::string notice_block = notice_html(*notice, "");
  data.set("notice_top", notice_block);
  data.set("notice_end", notice_block);
  DataList pairs;
  for (const TranslatedSegment& segment : version.version.segments) {
    Data pair;
    constexpr Span kShort{0, 60};
    pair.set("id", segment.id);
    pair.set("number", std::to_string(pairs.size() + 1));
    pair.set("target", segment.text);
    pair.set("source", segment.source);
    pair.set("short", std::string(slice_points(segment.text, kShort)));
    pairs.push_back(std::move(pair));
  }
  data.set("pairs", std::move(pairs));
  std::string page = context.render(Template::compare, head, data);
  KABAR_TRY(require_notice(page, notice_block, address + "compare/"));
  return page;
}

std::string preparation_page(const PageContext& context, const CatalogueArticle& self, Language language) {
  const Language main = context.site.main_language;
  Head head{.language = language, .title = context.messages.text(language, "preparation")};
  head.noindex = true;
  head.editions = version_links(context, self, language);
  head.section = self.section;
  head.page_class = "preparation";
  Data data = head_data(context, head);
  data.set("heading", head.title);
  data.set("notice_top", false);
  data.set("paragraphs", Data(DataList{Data(context.messages.text(
                             language, "preparation_text", {{"language", language_name(language, language)}}))}));
  data.set("action_href", article_address(context.addresses, self, main));
  data.set("action_lang", std::string(edition_of(main).tag));
  data.set("action", context.messages.text(language, "notice_link"));
  data.set("has_entries", false);
  return context.render(Template::text, head, data);
}

std::string withdrawn_page(const PageContext& context, const SiteArticle& article, const CatalogueArticle& self,
                           Language language) {
  Head head{.language = language, .title = context.messages.text(language, "withdrawn")};
  head.noindex = true;
  head.editions = version_links(context, self, language);
  for (EditionLink& link : head.editions) link.note.clear();
  head.section = self.section;
  head.page_class = "withdrawn";
  Data data = head_data(context, head);
  data.set("heading", head.title);
  data.set("notice_top", false);
  const std::string date = context.messages.date(language, article.withdrawn_at.value_or(article.published));
  DataList paragraphs{Data(context.messages.text(language, "withdrawn_text", {{"date", date}}))};
  if (article.withdrawal_reason.starts_with("withdrawal_") && context.messages.has(article.withdrawal_reason)) {
    paragraphs.push_back(Data(context.messages.text(language, article.withdrawal_reason)));
  }
  data.set("paragraphs", std::move(paragraphs));
  data.set("action_href", context.addresses.front(language));
  data.set("action_lang", false);
  data.set("action", context.messages.text(language, "home"));
  data.set("has_entries", false);
  std::string page = context.render(Template::text, head, data);
  const size_t after = page.find('>') + 1;
  page.insert(after, kGoneMark);
  return page;
}

}  // namespace kabar::site
