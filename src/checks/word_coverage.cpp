#include "checks/word_coverage.h"

#include <algorithm>

#include "checks/reading.h"
#include "checks/standing.h"

namespace kabar::checks {

WordCoverage cover_words(const Reading& reading) {
  WordCoverage coverage;
  const Language language = reading.target.language;
  const Standing target(reading.target.folded, language);
  for (const terms::LexiconMatch& match :
       reading.knowledge.lexicon.find(reading.source.text, reading.source.language, language)) {
    const auto begins = [&](const Word& word) { return word.span.begin == match.source.begin; };
    const auto first = std::find_if(reading.source.words.begin(), reading.source.words.end(), begins);
    const bool name = first != reading.source.words.end() && first->capital && !first->starts_sentence;
    if ((name && !reading.source.title_case) || reading.source.has_fact(match.source) ||
        reading.has_term(match.source) || reading.source.has_nation(match.source)) {
      continue;
    }
    ++coverage.known;
    const bool stands =
        std::any_of(match.renderings.begin(), match.renderings.end(),
                    [&](const terms::LexiconRendering& rendering) { return target.has(rendering.text); });
    if (stands) {
      coverage.said.push_back(match.source);
      continue;
    }
    const std::string written = reading.source.slice(match.source);
    if (written.find(' ') != std::string::npos) coverage.unsaid.push_back(match);
    const terms::Folded word = terms::fold(written, reading.source.language);
    const auto other =
        reading.knowledge.lexical.coverage(word, reading.source.language, reading.target.folded, language);
    if (!other || other->covered == 0) coverage.lost.push_back(match.source);
  }
  return coverage;
}

}  // namespace kabar::checks
