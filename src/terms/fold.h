// A text made comparable: one pass that lowers case and evens out what writers do differently.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/span.h"

namespace kabar::terms {

// `points` is the folded text: small letters, one kind of quotation mark, apostrophe and space, hyphens as spaces,
// runs of spaces as one, full-width Latin letters and all digits as ASCII; Arabic without vowel signs, tatweel and
// article, its alif forms equal. `origin[i]` is the code point of the text that points[i] was made of;
// one more entry holds the length of the text.
struct Folded {
  std::u32string points;
  std::vector<int> origin;
  std::u32string text;  // as it was

  // The place in the text of folded points [begin, end).
  Span span(size_t begin, size_t end) const;
};

Folded fold(std::string_view text, Language language);
// Appends fold(text, language).points: for phrases by the thousand, whose places nobody asks for.
void append_folded(std::u32string& points, std::string_view text, Language language);

// One code point folded; 0 for those that are left out.
char32_t fold_point(char32_t point);

// Letters and digits, for word edges; marks count as letters.
bool is_word_point(char32_t point);
// Han, kana and the other letters of text that is written without spaces.
bool is_unspaced_point(char32_t point);
bool is_upper_point(char32_t point);
bool is_digit_point(char32_t point);

// Chinese and Japanese put no spaces between words.
inline bool is_unspaced(Language language) { return language == Language::zh || language == Language::ja; }

}  // namespace kabar::terms
