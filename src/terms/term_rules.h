// What a termbase must keep so that its entries can be trusted: the rules of docs/formats/termbase.md.
#pragma once
#include <string>
#include <vector>

#include "base/result.h"
#include "terms/termbase.h"

namespace kabar::terms {

// Everything that is wrong with the entries, each as an Error with the entry's place: senses without context words,
// missing examples, an example that does not select its own entry or whose translation lacks a right rendering or
// holds a wrong one, a wrong rendering that is part of a right one. Empty = good.
std::vector<Error> check_terms(const Termbase& base);

}  // namespace kabar::terms
