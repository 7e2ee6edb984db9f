// Concepts: meanings that a translation must keep, as word lists per language (data/checks/*.tsv).
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "article/version.h"
#include "base/language.h"
#include "base/result.h"
#include "terms/fold.h"
#include "terms/phrase_index.h"
#include "terms/tsv.h"

namespace kabar::checks {

// What it means when a text holds a phrase of the list.
enum class Weight {
  hard,   // the concept is there: the other side must have it too
  firm,   // it is there, but often without a counterpart: 不; demands none ("+" before the phrase)
  noted,  // the same, but an added one is likely a fault: "without" where nothing denies ("!" before the phrase)
  soft,   // it may be there: a counterpart if the other side has none of these itself ("~" before the phrase)
  mask,   // it looks like the concept and is not ("-" before the phrase): covers the shorter phrases in it
};

struct Concept {
  std::string id;
  std::string theme;  // the check that it belongs to: "negation", "status" …
  // What it means when only one side has it; nothing: not reported.
  std::optional<Severity> lost;
  std::optional<Severity> added;
  std::vector<int> opposites;  // when one of these stands in the target instead, it is an error
};

struct ConceptHit {
  int concept_number = 0;
  Weight weight = Weight::hard;
  Span span;
};

class Concepts {
 public:
  // Adds the rows of one table: columns concept, theme, and where needed lost, added, opposite, and one per language
  // (with `only` the others are left out); values divided by "|". Errors name the line.
  Result<void> add(const terms::Table& table, std::string_view name, std::optional<Language> only = {});
  // Call once after the last add(). An opposite that does not exist is an error.
  Result<void> build();

  const std::vector<Concept>& list() const { return concepts_; }
  // Number of the concept, or -1.
  int find(std::string_view id) const;
  // All hits of a text in order; of overlapping phrases of one concept the longest.
  std::vector<ConceptHit> hits(const terms::Folded& text, Language language) const;

 private:
  struct Phrase {
    int concept_number = 0;
    Weight weight = Weight::hard;
    size_t size = 0;  // bytes as written in the list, without *
  };
  struct Words {
    explicit Words(Language language) : index(language) {}
    terms::PhraseIndex index;
    std::vector<Phrase> phrases;
  };
  std::vector<Concept> concepts_;
  std::map<std::string, int, std::less<>> numbers_;     // by id
  std::vector<std::pair<int, std::string>> opposites_;  // by name until build()
  std::map<Language, Words> words_;
};

}  // namespace kabar::checks
