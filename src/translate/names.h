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

// A text and its words, read once for all that look for names in it.
struct Read {
  std::string_view text;
  std::vector<text::Word> words;

  explicit Read(std::string_view of);
};

// Names in order. Office words, common institution words, weekdays and months end a name:
// "Kepala Dinas Hendra Wirawan" gives "Hendra Wirawan".
std::vector<Name> find_names(const Read& read, BlockType block, const NameWords& known, const IsWord& is_word = {});

// The names without what is `fixed` in them, each rest a name of its own: "Surabaya Eri Cahyadi" behind "Wali Kota"
// gives "Eri Cahyadi". `is_generic`: a word such as "Universitas", behind which the place ends and a person begins.
std::vector<Name> cut_names(const Read& read, const std::vector<Name>& names, std::span<const Span> fixed,
                            const IsWord& is_generic);

// Whether an office, a body or a word that `is_title` stands right before the name: what opens it is then rather a
// place or a company.
bool follows_office(const Read& read, const Name& name, const IsWord& is_title);

// Words with a capital that name nothing: of no name, and in no list of offices and bodies.
std::vector<text::Word> plain_capitals(const Read& read, const std::vector<Name>& names, const IsWord& is_word);

}  // namespace kabar::translate
