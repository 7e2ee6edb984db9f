// What the web's formats call a language: codes, direction, share services.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/language.h"

namespace kabar::site {

struct Edition {
  std::string_view tag;             // BCP 47, for lang, hreflang, inLanguage: "zh-Hans"
  std::string_view direction;       // "ltr" or "rtl"
  std::string_view open_graph;      // og:locale: "zh_CN"
  std::string_view news_code;       // news sitemap: ISO 639, or "zh-cn" for Simplified Chinese
  std::string_view icu_locale;      // for dates, numbers and plurals; Latin digits everywhere
  std::string_view list_separator;  // between names: ", " or "、"
  bool spaced = true;               // words are parted by spaces
};

// Languages that we know exactly come from a table; any other gets its code and ICU's direction.
// The references stay valid for the life of the program. Thread-safe.
const Edition& edition_of(Language language);

// The language's name in another language ("indonésien"), or in itself, first letter as ICU writes it. Valid for the
// life of the thread.
const std::string& language_name(Language language, Language in);

struct ShareService {
  std::string_view name;     // as its makers write it; "" for e-mail and copying, whose labels are messages
  std::string_view id;       // "whatsapp"
  std::string_view address;  // {url} and {title} are replaced by percent-encoded values
};

// Plain links in the order that readers of this language expect.
std::span<const ShareService* const> share_services(Language language);

}  // namespace kabar::site
