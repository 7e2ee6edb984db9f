// Proper names in Indonesian text: what must be copied or transliterated, never translated.
//
// No dictionary of people can be complete, so names are found by their capitals. A headline capitalises
// everything and a sentence its first word; there a word counts as a name only if the article
// writes it as a name elsewhere.
#pragma once
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "base/span.h"
#include "text/words.h"

namespace kabar::translate {

// The single words that an article uses as parts of names inside its sentences.
using NameWords = std::set<std::string, std::less<>>;

// Whether a capitalised word is one of the language rather than part of a name: "Makan Bergizi Gratis". Empty: unknown.
using IsWord = std::function<bool(const text::Word&)>;

NameWords collect_name_words(std::span<const Segment> segments, const IsWord& is_word = {});

struct Name {
  Span span;             // code points of the text
  std::string text;      // "Putu Gede Ariawan"
  bool acronym = false;  // capitals only: "GOR"; kept as it is in every script
};

// Names in order. Office words, common institution words, weekdays and months end a name:
// "Kepala Dinas Hendra Wirawan" gives "Hendra Wirawan".
std::vector<Name> find_names(std::string_view text, BlockType block, const NameWords& words,
                             const IsWord& is_word = {});

// Words with a capital that name nothing: of no name, and in no list of offices and bodies.
std::vector<text::Word> plain_capitals(std::string_view text, const std::vector<Name>& names, const IsWord& is_word);

}  // namespace kabar::translate
