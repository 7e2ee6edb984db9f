// Symbols of units behind a figure ("60 km/jam", "100 m") and how each language writes the two.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/language.h"

namespace kabar::text {

struct UnitSymbol {
  int points = 0;  // of the symbol, with the blank before it
  int number = 0;  // for write_unit()
};

// The symbol that `behind` begins with, as Indonesian writes it; nothing if a letter or figure goes on after it. Words
// ("meter") are no symbols: a translator inflects them.
std::optional<UnitSymbol> find_unit_symbol(std::string_view behind);

// `figure` with the unit: "60 km/h", 時速60キロ. Empty for a language without a form.
std::string write_unit(int number, std::string_view figure, Language language);

}  // namespace kabar::text
