// Sentences and typography of any text: nothing is lost between two sentences.
#include <cstddef>
#include <cstdint>

#include "base/result.h"
#include "base/utf8.h"
#include "text/sentences.h"
#include "text/typography.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using kabar::Language;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!kabar::check_utf8(bytes, "fuzz")) return 0;
  for (const Language language : {Language::id, Language::en, Language::fr, Language::zh, Language::ja, Language::ar}) {
    int end = -1;
    for (const kabar::text::Piece& piece : kabar::text::split_sentences(bytes, language)) {
      KABAR_CHECK(end < 0 || piece.span.begin == end);
      KABAR_CHECK(piece.span.begin < piece.span.end);
      end = piece.span.end + kabar::count_points(piece.gap);
    }
    (void)kabar::text::typeset(bytes, language);
    (void)kabar::text::direction_runs(bytes);
  }
  return 0;
}
