// The words of a text with what their capitals say.
#pragma once
#include <string>
#include <vector>

#include "base/span.h"

namespace kabar::text {

struct Word {
  Span span;                    // code points of the text
  std::string text;             // as written
  bool capital = false;         // begins with a capital
  bool all_capitals = false;    // at least two letters, all capitals
  bool sentence_start = false;  // first word, or first after a full stop, an opening quote or a colon
  bool adjacent = false;        // only one blank between this word and the one before
};

// In order. Letters that belong to a figure ("Rp12.500", "U-23") count as small.
std::vector<Word> words_of(const std::u32string& points);

}  // namespace kabar::text
