// Words that end in a full stop without ending a sentence.
#pragma once
#include <string_view>

#include "base/language.h"

namespace kabar::text {

enum class Abbreviation {
  none,
  inner,          // "Dr.", "Jl.": something always follows
  before_number,  // "No.", "hal.": only before a digit
  maybe_last,     // "dkk.", "p.m.": a capital letter behind it starts a sentence
};

// `word` is in small ASCII letters, without its last full stop.
Abbreviation find_abbreviation(std::string_view word, Language language);

// Words that begin a sentence rather than a name, so that a sentence may end in "S.H." or "U.S." before them.
bool is_sentence_starter(std::string_view word, Language language);

}  // namespace kabar::text
