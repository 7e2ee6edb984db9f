// Where a rendering of the lexicon stands in a text, whatever the endings of its words.
#pragma once
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/span.h"
#include "terms/fold.h"

namespace kabar::checks {

// A folded text as renderings are looked for in it. Keeps views of the text.
class Standing {
 public:
  Standing(const terms::Folded& text, Language language);

  // Each word of the rendering stands somewhere, by its stem; in unspaced text most of its characters.
  bool has(std::string_view rendering) const;
  // The places of a rendering of one word, by its stem; in unspaced text of the whole rendering as it is written.
  // Nothing for several words.
  std::vector<Span> places(std::string_view rendering) const;
  // Whether a word of `a` is one of `b`, or a part of one, by its stem; in unspaced text one character is enough.
  static bool share_word(std::string_view a, std::string_view b, Language language);

 private:
  const terms::Folded& text_;
  Language language_;
  std::vector<std::u32string_view> words_;  // stripped of what stands before Arabic words; empty for unspaced text
  std::vector<Span> spans_;                 // of words_
};

}  // namespace kabar::checks
