// Typo or substance: what a new revision does to the meaning, computed.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "life/inherit.h"

namespace kabar::life {

enum class ChangeKind {
  first,      // there was no revision before
  typo,       // spelling and punctuation only: reviewed versions stand
  substance,  // everything else: reviewed versions go back to review
};
std::string_view name_of(ChangeKind kind);

struct Change {
  ChangeKind kind = ChangeKind::first;
  std::string reason;  // the first thing that makes it substance; empty otherwise
};

// Whether a word, in small letters, is one of the language.
using KnowsWord = std::function<bool(std::string_view word)>;

// What makes one sentence say something else than another one; empty for a typo. Substance is a change of a number,
// date, link, name, office, negation, quotation or attribution, and any word that is more than misspelled: a typo is
// mended or made, so one of its two spellings is a word and the other is none.
std::string difference_in_substance(std::string_view before, std::string_view after, Language language,
                                    const KnowsWord& knows);

// Of a whole revision: also an added or removed sentence, and any change of the headline. Moving a paragraph is none.
Change classify_change(std::span<const store::StoredSegment> previous, const Inherited& current, Language language,
                       const KnowsWord& knows);

}  // namespace kabar::life
