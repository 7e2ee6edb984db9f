#include "text/facts/folded.h"

#include <array>

#include "base/utf8.h"

namespace kabar::text {
namespace {

// Base letters of U+00C0 … U+00FF; a dot keeps the letter as it is.
constexpr std::string_view kLatinBase = "aaaaaa.ceeeeiiii.nooooo.ouuuuy..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y";

bool is_dropped(char32_t c) {
  return (c >= 0x064B && c <= 0x0652) || c == 0x0640 || c == 0x0670 || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0x00AD;
}

char32_t fold_arabic(char32_t c) {
  if (c >= 0x0660 && c <= 0x0669) return U'0' + (c - 0x0660);
  if (c >= 0x06F0 && c <= 0x06F9) return U'0' + (c - 0x06F0);
  switch (c) {
    case U'أ':
    case U'إ':
    case U'آ':
    case U'ٱ':
      return U'ا';
    case U'ى':
      return U'ي';
    case U'ة':
      return U'ه';
    case U'٪':
      return U'%';
    default:
      return c;
  }
}

char32_t fold_symbol(char32_t c) {
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return U'-';
  if (c == 0x2007 || c == 0x2009 || c == 0x200A || c == 0x202F) return kHardSpace;
  if (c == 0x2018 || c == 0x2019) return U'\'';
  return c;
}

char32_t fold_wide(char32_t c) {
  switch (c) {
    case U'　':
      return U' ';
    case U'〜':
      return U'~';
    case U'億':
      return U'亿';
    case U'萬':
      return U'万';
    case U'，':
      return c;  // a comma of the sentence, never of a number
    case U'￥':
      return U'¥';
    default:
      break;
  }
  if (c >= 0xFF01 && c <= 0xFF5E) {
    c -= 0xFEE0;
    return c >= U'A' && c <= U'Z' ? c + 32 : c;
  }
  return c;
}

char32_t fold_point(char32_t c) {
  if (c < 0xC0) return c >= U'A' && c <= U'Z' ? c + 32 : c;
  if (c <= 0xFF) {
    const char base = kLatinBase[c - 0xC0];
    return base == '.' ? c : static_cast<char32_t>(base);
  }
  if (c == 0x0152) return 0x0153;
  if (c >= 0x0600 && c <= 0x06FF) return fold_arabic(c);
  if (c >= 0x2000 && c <= 0x2FFF) return fold_symbol(c);
  if (c >= 0x3000) return fold_wide(c);
  return c;
}

}  // namespace

FoldedText fold_text(std::string_view text) {
  FoldedText folded;
  folded.points = decode_utf8(text);
  folded.origins.reserve(folded.points.size() + 1);
  folded.capitals.reserve(folded.points.size());
  size_t kept = 0;
  for (size_t i = 0; i < folded.points.size(); ++i) {
    const char32_t c = folded.points[i];
    if (is_dropped(c)) continue;
    folded.points[kept++] = fold_point(c);
    folded.origins.push_back(static_cast<int>(i));
    folded.capitals.push_back((c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0xDE));
  }
  folded.origins.push_back(static_cast<int>(folded.points.size()));
  folded.points.resize(kept);
  return folded;
}

LetterClass letter_class(char32_t c) {
  if (c < 0x80) return c >= U'a' && c <= U'z' ? LetterClass::latin : LetterClass::none;
  if (c < 0x0250) return c >= 0xC0 && c != 0xD7 && c != 0xF7 ? LetterClass::latin : LetterClass::none;
  if (c >= 0x0620 && c <= 0x06FF) return c <= 0x064A || c >= 0x0671 ? LetterClass::arabic : LetterClass::none;
  if ((c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC) return LetterClass::katakana;
  if ((c >= 0x3041 && c <= 0x3096) || (c >= 0x3400 && c <= 0x9FFF) || c == U'々') return LetterClass::open;
  return LetterClass::none;
}

bool is_border(char32_t left, char32_t right) {
  const LetterClass a = letter_class(left);
  return a == LetterClass::none || a == LetterClass::open || a != letter_class(right);
}

}  // namespace kabar::text
