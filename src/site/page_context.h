// What every page needs, and the data that all templates share.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "site/address.h"
#include "site/catalogue.h"
#include "site/messages.h"
#include "site/page_model.h"
#include "site/theme.h"

namespace kabar::site {

// Pages load nothing from other hosts, run no inline script and are shown in nobody's frame.
inline constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
    "connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'";

struct Head;

struct PageContext {
  PageContext(const SiteConfig& site, const Messages& messages, const Theme& theme, int year);
  PageContext(const PageContext&) = delete;  // the names of shared_ lie in message_names_
  PageContext& operator=(const PageContext&) = delete;

  const SiteConfig& site;
  const Messages& messages;
  const Theme& theme;
  Addresses addresses;

  // A page: `data` on what all pages of the language and section have in common.
  std::string render(Template which, const Head& head, const Data& data) const;
  std::string section_name(Language language, std::string_view section) const;
  const std::string& edition_title(Language language) const;
  std::string names(Language language, const std::vector<std::string>& names) const;
  // "Stories in this edition are translated by AI …"; empty for the main language.
  std::string edition_note(Language language) const;

 private:
  std::vector<std::string> message_names_;  // "ui_KEY" for each message
  std::map<Language, Data> shared_;         // messages without arguments, masthead, footer
  // The menu of a language with the current section marked; "" where none is.
  std::map<std::pair<Language, std::string>, Data, std::less<>> menus_;
};

// A page in another language, for the switcher; the current one included.
struct EditionLink {
  Language language;
  std::string address;
  std::string note;  // "in preparation", "original"; may be empty
};

// What stands in <head>, in the switcher and in the menu.
struct Head {
  Language language;
  std::string title;  // of the page, without the site's name
  std::string description;
  std::string address;  // canonical; empty: none
  bool noindex = false;
  std::vector<Language> alternates;  // languages of `editions` that search engines may list
  std::vector<EditionLink> editions;
  std::string feed_folder;  // address of the folder whose feeds are named; empty: none
  std::string section;      // current one in the menu
  std::string og_type = "website";
  std::string og_image;    // address
  int og_image_width = 0;  // pixels; 0 = unknown
  int og_image_height = 0;
  std::string og_prefix;  // before the title of a shared link: "AI translation"
  std::string page_class;
  std::string json_ld;
};

Data head_data(const PageContext& context, const Head& head);

// A picture; `source` is its address below the site's root.
Data image_data(const SiteImage& image, const std::string& source);

// A story in a list.
Data card_data(const PageContext& context, const CatalogueArticle& article, Language language, bool with_summary);

// The address of an article in a language, by what the catalogue knows.
std::string article_address(const Addresses& addresses, const CatalogueArticle& article, Language language);

// The address of a list in a language.
std::string list_address(const Addresses& addresses, const ListKey& key, Language language);

// The lists that an article stands on; see catalogue.h.
std::vector<ListKey> list_keys(const Messages& messages, const CatalogueArticle& article);
std::string tag_slug(std::string_view tag);

}  // namespace kabar::site
