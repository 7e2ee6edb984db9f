// TMX files of any content, fed in two pieces.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "terms/tmx.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string written;
  kabar::terms::TmxReader reader("fuzz", kabar::Language::id, kabar::Language::en,
                                 [&](kabar::terms::MemoryEntry entry) {
                                   written += kabar::terms::tmx_unit(entry, kabar::Language::id, kabar::Language::en);
                                 });
  if (!reader.feed(text.substr(0, size / 2)) || !reader.feed(text.substr(size / 2))) return 0;
  (void)reader.finish();
  return 0;
}
