// A newsroom's own entries over those of the starter pack.
#pragma once
#include "terms/term_list.h"

namespace kabar::terms {

// All of `own`, then what `pack` has besides. Of the pack goes an entry with an id of `own`, and a term, form or
// acronym that `own` has without context words and for every section: the newsroom says there what it always wants.
TermList put_over(const TermList& own, const TermList& pack);

}  // namespace kabar::terms
