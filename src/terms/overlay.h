// A newsroom's own entries over those of the starter pack.
#pragma once
#include <vector>

#include "terms/term.h"

namespace kabar::terms {

// All of `own`, then what `pack` has besides. Of the pack goes an entry with an id of `own`, and a term, form or
// acronym that `own` has without context words and for every section: the newsroom says there what it always wants.
std::vector<Term> put_over(std::vector<Term> own, std::vector<Term> pack);

}  // namespace kabar::terms
