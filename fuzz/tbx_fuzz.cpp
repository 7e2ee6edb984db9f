// TBX files of any content; what is read can be written and read again.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "terms/tbx.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const kabar::Result<std::vector<kabar::terms::Term>> terms =
      kabar::terms::parse_tbx({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!terms) return 0;
  const auto again = kabar::terms::parse_tbx(kabar::terms::write_tbx(*terms), "again");
  KABAR_CHECK(again.has_value() && again->size() == terms->size());
  return 0;
}
