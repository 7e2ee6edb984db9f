// Words for comparing two states of a sentence.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kabar::life {

// Runs of letters, digits and marks, with hyphens and apostrophes inside; everything else parts words.
std::vector<std::string> words_of(std::string_view text);

// Levenshtein distance in code points.
int edit_distance(std::string_view a, std::string_view b);

}  // namespace kabar::life
