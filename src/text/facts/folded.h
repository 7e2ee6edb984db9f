// A text made easy to scan: small letters without accents, ASCII digits, one kind of dash, no bidi marks.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace kabar::text {

inline constexpr char32_t kHardSpace = 0xA0;        // every no-break and thin space is folded to this
inline constexpr char32_t kArabicDecimal = 0x066B;  // ٫
inline constexpr char32_t kArabicGroup = 0x066C;    // ٬

struct FoldedText {
  std::u32string points;       // folded; at most as many as the original
  std::vector<int> origins;    // code point of the original for each folded one, then the original's length
  std::vector<bool> capitals;  // was it a capital letter

  // '\0' outside the text, so that scanners need no bounds.
  char32_t at(int i) const {
    return i >= 0 && i < static_cast<int>(points.size()) ? points[static_cast<size_t>(i)] : U'\0';
  }
  int size() const { return static_cast<int>(points.size()); }
};

FoldedText fold_text(std::string_view text);

// Scripts in which words have borders. Han and Hiragana have none.
enum class LetterClass : unsigned char { none, latin, arabic, katakana, open };
LetterClass letter_class(char32_t point);

inline bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
inline bool is_blank(char32_t c) { return c == U' ' || c == kHardSpace; }
// Whether a word may end between these two.
bool is_border(char32_t left, char32_t right);

}  // namespace kabar::text
