// The termbase in memory: finds terms in a source text with the right sense, and renderings in a target text.
#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/lazy.h"
#include "base/result.h"
#include "base/span.h"
#include "terms/fold.h"
#include "terms/phrase_index.h"
#include "terms/term.h"
#include "terms/term_list.h"

namespace kabar::terms {

// Where a text is from; limits which terms hold.
struct TermContext {
  std::string_view before;   // the sentence before it: also decides between senses
  std::string_view section;  // empty = any
  int year = 0;              // of the text; 0 = no limit by year
};

struct TermMatch {
  const Term* term = nullptr;
  Span span;             // of the source
  bool certain = false;  // the only sense, or its context words are there
};

struct RenderingMatch {
  const Term* term = nullptr;
  bool wrong = false;
  int variant = 0;  // index into Rendering::right or wrong; -1 for the first-mention form
  Span span;        // of the target
};

// Immutable after make(); any number of threads may read it. Matches point into it.
class Termbase {
 public:
  Termbase();
  // Errors name the place of the entry: an id that occurs twice.
  static Result<Termbase> make(TermList terms, Language source = Language::id);

  const TermList& terms() const { return *terms_; }

  // Terms of a source text in order, not overlapping: the longest wins; of several senses the one whose context
  // words are there, else the default one; none if no sense can be chosen.
  std::vector<TermMatch> find_terms(const Folded& source, const TermContext& context = {}) const;
  // Everything in a target text that is listed for any term, right or wrong; may overlap.
  std::vector<RenderingMatch> find_renderings(const Folded& target, Language language) const;
  // Makes the index of this language's renderings, which is otherwise made when first asked for.
  void index(Language language) const { find_renderings({}, language); }

 private:
  struct Form {
    int term = 0;
    bool capital = false;  // written with a capital letter
  };
  struct Variant {
    int term = 0;
    int number = 0;
    bool wrong = false;
  };
  struct Renderings {
    PhraseIndex index;
    std::vector<Variant> variants;
  };

  bool holds(const Term& term, const TermContext& context) const;
  static Renderings index_renderings(const TermList& terms, Language language);

  Language source_ = Language::id;
  std::shared_ptr<const TermList> terms_;
  PhraseIndex forms_;
  std::vector<Form> form_terms_;
  PhraseIndex context_words_;  // id = number of the term
  // A call mostly needs one language, and an index costs milliseconds.
  std::map<Language, std::shared_ptr<const Lazy<Renderings>>> renderings_;
};

}  // namespace kabar::terms
