// What readers and editors hand to the site: a query becomes an expression of quoted words only, embedded markup comes
// out without a script, and the words of any text are bounded.
#include <cstddef>
#include <cstdint>

#include "base/result.h"
#include "site/sanitize.h"
#include "site/search_text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using kabar::Language;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const Language language : {Language::id, Language::en, Language::fr, Language::zh, Language::ja, Language::ar}) {
    bool quoted = false;
    for (const char c : kabar::site::search_expression(text, language)) {
      if (c == '"') quoted = !quoted;
      KABAR_CHECK(quoted || std::string_view("\"()* ANDOR").find(c) != std::string_view::npos);
    }
    KABAR_CHECK(!quoted);
    (void)kabar::site::search_text(text, language);
  }
  const std::string embed = kabar::site::sanitize_embed(text, kabar::site::SiteConfig(), "Open {host}");
  KABAR_CHECK(embed.find("<script") == std::string::npos);
  return 0;
}
