// Termbase files of any content: what is accepted is written and read again as the same entries.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/utf8.h"
#include "terms/term_rules.h"
#include "terms/term_tsv.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  kabar::Result<std::vector<kabar::terms::Term>> terms = kabar::terms::parse_terms(text, "fuzz");
  if (!terms || size > 4096) return 0;
  const std::string written = kabar::terms::write_terms(*terms);
  const kabar::Result<std::vector<kabar::terms::Term>> again = kabar::terms::parse_terms(written, "again");
  KABAR_CHECK(again.has_value() && again->size() == terms->size());
  const kabar::Result<kabar::terms::Termbase> base = kabar::terms::Termbase::make(std::move(*terms));
  if (base) (void)kabar::terms::check_terms(*base);
  return 0;
}
