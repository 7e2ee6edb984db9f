// Words of a text as the search compares them: the same for the index and for what a reader types.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace kabar::site {

inline constexpr size_t kQueryWordsMax = 12;

// One word: as it is compared, and what else it may be found by.
struct SearchWord {
  std::string text;                // folded; characters of scripts without spaces parted by blanks: "总 统"
  std::vector<std::string> stems;  // without affixes; several where the root is ambiguous; never `text` itself
  bool is_run = false;             // of a script without spaces
};

// ICU cuts the text into words (by dictionary in Chinese and Japanese). Compatibility forms, case and, except in
// Japanese kana, accents and vowel marks are folded; Arabic alef, yeh and teh marbuta have one form each.
// Words in scripts without spaces are written character by character, so that one is found inside a longer one
// (总统 in 总统府). Thread-safe. Any bytes.
std::vector<SearchWord> search_words(std::string_view text, Language language);

// What to index of a text: its words, and apart from them the stems.
struct SearchText {
  std::string words;
  std::string stems;
};
SearchText search_text(std::string_view text, Language language);

// The same words as an FTS5 expression: all must be there, each as a beginning or by one of its stems. At most
// kQueryWordsMax words; empty if there is no word. Holds nothing but quoted words and operators.
std::string search_expression(std::string_view query, Language language);

}  // namespace kabar::site
