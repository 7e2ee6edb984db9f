// Which words of a sentence stand in its translation, by the bilingual lexicon.
#pragma once
#include <vector>

#include "base/span.h"
#include "terms/lexicon.h"

namespace kabar::checks {

struct Reading;

struct WordCoverage {
  int known = 0;           // words and compounds of the source that the lexicon has; names, facts and terms left out
  std::vector<Span> lost;  // of these, those of which no known rendering stands in the target; in order, of the source
  std::vector<Span> said;  // of these, those of which a rendering stands there
  std::vector<terms::LexiconMatch> unsaid;  // the compounds without a rendering there, even if their words have one

  float share() const { return known == 0 ? 1.0f : 1.0f - static_cast<float>(lost.size()) / static_cast<float>(known); }
};

// A rendering stands in the target if each of its words does, by its stem, or in unspaced text most of its characters.
// Needs the two sides, the terms and the renderings of `reading`.
WordCoverage cover_words(const Reading& reading);

}  // namespace kabar::checks
