#include "base/controls.h"

#include <algorithm>

#include "base/utf8.h"

namespace kabar {

std::string drop_controls(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char32_t point : decode_utf8(bytes)) {
    const bool kept = point == U'\t' || point == U'\n' || point == U'\r';
    const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0xFFFE || point == 0xFFFF;
    if (point == U'\v' || point == U'\f') {
      out += ' ';
    } else if (kept || !control) {
      append_utf8(out, point);
    }
  }
  return out;
}

std::string one_line(std::string_view bytes) {
  std::string out = drop_controls(bytes);
  std::ranges::replace_if(
      out, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return out;
}

}  // namespace kabar
