// Proper names in Indonesian text: what must be copied or transliterated, never translated.
//
// No dictionary of people can be complete, so names are found by their capitals. A headline capitalises
// everything and a sentence its first word; there a word counts as a name only if the article
// writes it as a name elsewhere.
#pragma once
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "base/span.h"

namespace kabar::translate {

// The single words that an article uses as parts of names inside its sentences.
using NameWords = std::set<std::string, std::less<>>;

NameWords collect_name_words(std::span<const Segment> segments);

struct Name {
  Span span;             // code points of the text
  std::string text;      // "Putu Gede Ariawan"
  bool acronym = false;  // capitals only: "GOR"; kept as it is in every script
};

// Names in order. Office words, common institution words, weekdays and months end a name:
// "Kepala Dinas Hendra Wirawan" gives "Hendra Wirawan".
std::vector<Name> find_names(std::string_view text, BlockType block, const NameWords& words);

}  // namespace kabar::translate
