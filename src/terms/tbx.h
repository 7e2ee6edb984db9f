// TBX (ISO 30042): read in the second and third version, written as TBX-Basic v3.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "terms/term.h"

namespace kabar::terms {

// Concepts of termEntry/langSet/tig (2008) or conceptEntry/langSec/termSec (2019). The Indonesian terms of a concept
// are the entry's forms, the preferred or first one its name; deprecated or superseded terms of other languages are
// wrong renderings. Concepts without an Indonesian term are left out. Errors carry "name:line"; entities are refused.
// Limits: 64 MiB, a depth of 64.
Result<std::vector<Term>> parse_tbx(std::string_view text, std::string_view name);

// What TBX has no place for (context words, sections, years, first-mention forms) goes into notes with a type.
std::string write_tbx(const std::vector<Term>& terms);

}  // namespace kabar::terms
