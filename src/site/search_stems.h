// Words without their affixes, for searching only: wrong roots do no harm as long as both sides make the same.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace kabar::site {

// `word` is folded (see search_text.h). Indonesian prefixes, suffixes and particles, with every root that the nasal
// prefixes may stand for ("mengirim": "kirim", "irim"); the Arabic article and the particles written to it; English
// and French plurals. At most 8, without the word itself; none for other languages.
std::vector<std::string> search_stems(std::string_view word, Language language);

}  // namespace kabar::site
