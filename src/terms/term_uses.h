// What the termbase asks of one sentence in one target language, as plain strings for an engine.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "terms/termbase.h"
#include "text/typography.h"

namespace kabar::terms {

struct TermUse {
  const Term* term = nullptr;  // lives as long as the termbase
  Span source;                 // code points of the sentence
  // Whole strings without `*`, preferred first; may be empty (then only `forbidden` says something).
  std::vector<std::string> any_of;
  std::vector<std::string> forbidden;
  // A name, office or fixed term: demand it in the first decoding. For idioms and senses demand it only when the first
  // translation broke `forbidden`: their renderings inflect and depend on the sentence.
  bool fixed = false;
};

// Terms already mentioned in this article, by id; one set per article and language.
using Mentions = std::set<std::string, std::less<>>;

// The terms of `sentence` in order. With `mentions`, the first mention of a term asks for its first-mention form
// ("Corruption Eradication Commission (KPK)") and is entered there; later ones ask for the short form.
// Without it every sentence stands alone and the preferred rendering is asked for.
std::vector<TermUse> constraints_for(const Termbase& base, std::string_view sentence, Language target,
                                     const TermContext& context = {}, Mentions* mentions = nullptr);

// Edits of `sentence` that write acronyms out at their first mention: "Komisi Pemberantasan Korupsi (KPK)". For
// engines, which know the long form better. In order and disjoint; none for an acronym whose sense is uncertain.
std::vector<text::Edit> expand_acronyms(const Termbase& base, std::string_view sentence, const TermContext& context,
                                        Mentions& mentions);

}  // namespace kabar::terms
