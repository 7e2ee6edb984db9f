// Currencies: how each language names them, for reading and for writing.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "text/facts/lexicon.h"

namespace kabar::text {

// The first form of each list is the one that we write; of English, French and Arabic the first two: one, many
// (Arabic: after 3 to 10). The others are read only.
struct Currency {
  std::string_view code;   // ISO 4217
  std::string_view signs;  // before the value, in any language
  std::string_view id, en, fr, zh, ja, ar;
};

std::span<const Currency> currencies();
const Currency* find_currency(std::string_view code);
// The forms in `language`; empty for a language that we have no names in.
std::string_view currency_forms(const Currency& currency, Language language);

// For the lexicon: names and signs.
std::vector<Words> currency_words(Language language);

}  // namespace kabar::text
