// Facts of any text in each language: spans must lie in order within the text, and every fact can be written.
#include <cstddef>
#include <cstdint>

#include "base/result.h"
#include "base/utf8.h"
#include "text/facts/compare.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using kabar::Language;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<kabar::text::Fact> before;
  for (const Language language : {Language::id, Language::en, Language::fr, Language::zh, Language::ja, Language::ar}) {
    const std::vector<kabar::text::Fact> facts = kabar::text::find_facts(text, language, {.year = 2026});
    int end = 0;
    for (const kabar::text::Fact& fact : facts) {
      KABAR_CHECK(fact.span.begin >= end && fact.span.begin < fact.span.end);
      end = fact.span.end;
      (void)kabar::text::write_fact(fact, language);
    }
    KABAR_CHECK(end <= static_cast<int>(kabar::decode_utf8(text).size()));
    (void)kabar::text::compare_facts(before, facts, language);
    before = facts;
  }
  return 0;
}
