// Headlines in title case, as most Indonesian sites write them: every word has a capital, so capitals say nothing, and
// to a model most of the words are strangers that sentences have small.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/words.h"

namespace kabar::text {

// Nearly all longer words have a capital. A text that is not `marked` as a headline must show it more clearly.
// `words` are those of `text`.
bool is_title_case(std::string_view text, const std::vector<Word>& words, bool marked);

// A headline with small letters where a sentence has them: "Harga Beras Naik di Lima Kota" -> "Harga beras
// naik di lima kota". Words of which `is_small` is true become small. Unchanged stay the words at the start of a
// sentence, acronyms, what touches `kept` (names and dates that are known), and directions behind a word with a capital
// ("Maluku Tenggara"). The same number of code points: spans fit both texts.
std::string sentence_case(std::string_view text, const std::vector<Word>& words, std::span<const Span> kept,
                          const std::function<bool(const Word&)>& is_small);

}  // namespace kabar::text
