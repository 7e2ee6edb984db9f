// Termbase entries as TSV (docs/formats/termbase.md).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "terms/term.h"

namespace kabar::terms {

// The rows of one file. Errors name the line: unknown column, missing id, kind or term, malformed value.
// Rules that concern several rows are those of check_terms (terms/term_rules.h).
Result<std::vector<Term>> parse_terms(std::string_view text, std::string_view name);

// All entries with all columns that any of them uses.
std::string write_terms(const std::vector<Term>& terms);

}  // namespace kabar::terms
