// Quotes, spaces and punctuation as each language prints them.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/span.h"

namespace kabar::text {

// Replaces the code points `span` of the old text; an insertion has an empty span.
struct Edit {
  Span span;
  std::string replacement;
};

// What is to change so that `text` looks right in `language`: French guillemets and narrow no-break spaces, Chinese
// and Japanese full-width punctuation and corner quotes, Arabic comma and question mark, English quotes. In order and
// disjoint. Links, addresses and the inside of numbers are left alone. Setting set text again changes nothing.
// A language without rules gets none. Thread-safe.
std::vector<Edit> typography_edits(std::string_view text, Language language);

std::string apply_edits(std::string_view text, std::span<const Edit> edits);
// Where a position of the old text lies in the new one. `end_of_span`: the position ends something, so that what is
// inserted there stays outside it.
int moved_position(std::span<const Edit> edits, int position, bool end_of_span);

// A typographic quotation mark as the straight one, a blank of fixed width as a plain blank, else the point itself: how
// the models' training text is written, and so what a translator is shown.
char32_t plain_character(char32_t point);

// apply_edits of typography_edits.
std::string typeset(std::string_view text, Language language);

// A text cut into what runs with an Arabic sentence and what must be isolated in it (<bdi>): Latin words and names,
// scores and ranges, whose parts would change places.
struct DirectionRun {
  std::string text;
  bool foreign = false;
};
std::vector<DirectionRun> direction_runs(std::string_view text);

}  // namespace kabar::text
