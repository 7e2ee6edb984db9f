// UTF-8 text as bytes (std::string) and as code points (std::u32string).
// Everything past the edge of the program is valid UTF-8: check once, on the way in.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"

namespace kabar {

// bad_input with the line and the byte of the first fault ("name:12"): invalid UTF-8 (also surrogates and
// overlong forms) or a NUL byte. A byte order mark at the start is accepted; strip_bom takes it off.
Result<void> check_utf8(std::string_view bytes, std::string_view name);
std::string_view strip_bom(std::string_view bytes);

// Invalid bytes become U+FFFD, so both directions are total.
std::u32string decode_utf8(std::string_view bytes);
// The first code point, taken off `rest`, which is not empty.
char32_t take_wide_point(std::string_view& rest);
inline char32_t take_point(std::string_view& rest) {
  const auto first = static_cast<unsigned char>(rest.front());
  if (first >= 0x80) return take_wide_point(rest);
  rest.remove_prefix(1);
  return first;
}
std::string encode_utf8(std::u32string_view points);
void append_utf8(std::string& out, char32_t point);

// Number of code points.
int count_points(std::string_view bytes);
// The bytes of the code points [span.begin, span.end), cut to the text.
std::string_view slice_points(std::string_view bytes, Span span);

// Maps byte offsets of one text to code points and back; build once per text.
class PointIndex {
 public:
  explicit PointIndex(std::string_view bytes);
  int point_at(size_t byte) const;  // the code point that holds this byte; size() at and past the end
  size_t byte_at(int point) const;  // first byte of this code point; the length at and past the end
  int size() const { return static_cast<int>(starts_.size()) - 1; }

 private:
  std::vector<size_t> starts_;  // first byte of each code point, then the length
};

// Unicode normalisation form C.
std::string to_nfc(std::string_view text);
// Full case folding with NFC: for comparing, never for showing.
std::string fold_case(std::string_view text);

}  // namespace kabar
