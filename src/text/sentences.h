// Where sentences end.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/span.h"

namespace kabar::text {

struct Piece {
  Span span;        // of the sentence, without white space around it
  std::string gap;  // the white space behind it, as it stands in the text
};

// The sentences of one block of text in order; white space before the first belongs to none. A line feed always ends
// a sentence. Text without an end mark is one sentence; empty or blank text has none. Thread-safe, linear.
std::vector<Piece> split_sentences(std::string_view text, Language language);

}  // namespace kabar::text
