// What tells a word from a name where a capital says nothing: in headlines, and at the start of a sentence.
#pragma once
#include <set>
#include <span>
#include <string>

#include "article/article.h"
#include "checks/check.h"
#include "text/words.h"
#include "translate/names.h"

namespace kabar::translate {

struct CaseEvidence {
  Language language;
  NameWords names;              // of the article; also what begins a sentence and is no word that we know
  std::set<std::string> small;  // words that the article writes small
};

// Whether Indonesian writes this word small somewhere, and no name is written so: "Gratis", not "Budi".
bool is_plain_word(const text::Word& word, const checks::Knowledge& knowledge);

// `language` of the article: Indonesian or English; of others nothing is known.
CaseEvidence collect_case_evidence(std::span<const Segment> article, Language language,
                                   const checks::Knowledge& knowledge);

// Whether a sentence would have this word small: no name of the article, and the article or the language has it so.
bool is_written_small(const text::Word& word, const CaseEvidence& evidence, const checks::Knowledge& knowledge);

}  // namespace kabar::translate
