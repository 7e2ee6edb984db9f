#include "site/edition.h"
#include "site/html.h"
#include "site/pages.h"

namespace kabar::site {
namespace {

DataList cards(const PageContext& context, Language language, const std::vector<Record>& articles) {
  DataList list;
  list.reserve(articles.size());
  for (const Record& article : articles) list.push_back(card_data(context, *article, language, true));
  return list;
}

std::string tagline(const PageContext& context, Language language) {
  const auto found = context.site.taglines.find(language);
  return found == context.site.taglines.end() ? "" : found->second;
}

}  // namespace

std::string list_page(const PageContext& context, const ListPage& page, const std::vector<Record>& articles) {
  const Language language = page.language;
  Head head{.language = language, .title = page.heading, .address = page.address};
  if (!page.number.empty()) head.title += ", " + page.number;
  head.noindex = page.noindex || articles.empty();
  head.editions = page.editions;
  head.alternates = page.alternates;
  head.section = page.section;
  head.feed_folder = page.feed_folder;
  head.page_class = "listing";
  Data data = head_data(context, head);
  data.set("heading", page.heading);
  data.set("edition_note", context.edition_note(language));
  data.set("empty", articles.empty());
  data.set("cards", Data(cards(context, language, articles)));
  data.set("has_pages", !page.newer.empty() || !page.older.empty());
  data.set("newer_href", page.newer);
  data.set("older_href", page.older);
  data.set("page_number", page.number);
  return context.render(Template::list, head, data);
}

std::string front_page(const PageContext& context, Language language, const std::vector<Record>& newest,
                       const std::vector<FrontBlock>& blocks, const std::vector<Language>& editions) {
  Head head{.language = language, .title = context.edition_title(language), .description = tagline(context, language)};
  head.address = context.addresses.front(language);
  for (const Language other : editions) head.editions.push_back({other, context.addresses.front(other), ""});
  head.alternates = editions;
  head.feed_folder = context.addresses.front(language);
  head.page_class = "front-page";
  Data data = head_data(context, head);
  data.set("edition_note", context.edition_note(language));
  data.set("empty", newest.empty());
  data.set("has_lead", !newest.empty());
  DataList all = cards(context, language, newest);
  DataList lead;
  DataList seconds;
  for (size_t i = 0; i < all.size(); ++i) (i == 0 ? lead : seconds).push_back(std::move(all[i]));
  data.set("lead", std::move(lead));
  data.set("seconds", std::move(seconds));
  DataList sections;
  for (const FrontBlock& block : blocks) {
    Data section;
    section.set("slug", block.section);
    section.set("name", context.section_name(language, block.section));
    section.set("href", context.addresses.section(language, block.section));
    section.set("cards", Data(cards(context, language, block.articles)));
    sections.push_back(std::move(section));
  }
  data.set("blocks", std::move(sections));
  return context.render(Template::front, head, data);
}

}  // namespace kabar::site
