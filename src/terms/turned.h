// A termbase of Indonesian terms for texts in another language.
#pragma once
#include "base/language.h"
#include "terms/term_list.h"

namespace kabar::terms {

// The entries that name something (no idioms, no words with several senses or of every day), each under what it is
// called in `source`; other renderings in `source` become its forms. Of several entries that are called the same the
// first place stands, else the first person, else the first; one without a rendering in `source` falls away.
TermList turned(const TermList& terms, Language source);

}  // namespace kabar::terms
