// Small probability tables "this word is translated by that word", for the coverage of a source by its translation.
// Files: data/lexical/SOURCE-TARGET.tsv, lines "source <TAB> target <TAB> probability", made by the trainer.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/span.h"
#include "terms/fold.h"

namespace kabar::checks {

// Tables are read on first use. Thread-safe.
class LexicalTables {
 public:
  LexicalTables();
  explicit LexicalTables(std::filesystem::path folder);

  struct Coverage {
    int known = 0;        // source words that the table has
    int covered = 0;      // of these, those with a translation in the target
    int longest_gap = 0;  // most known words in a row without a translation
    Span gap;             // of the source: where that gap is
  };
  // Nothing if there is no table for this pair.
  std::optional<Coverage> coverage(const terms::Folded& source, Language source_language, const terms::Folded& target,
                                   Language target_language) const;

  // Whether a source word outside of `except` is known to be translated by a word of `written`, which stands in the
  // target. False if there is no table.
  bool explains(const terms::Folded& source, Language source_language, Span except, std::string_view written,
                Language target_language) const;
  // Whether the source words whose places `of` picks are usually translated by the words of `written` (by all of them;
  // of unspaced text by a piece). Words that translate many others, as "les" and "that" do, tell nothing.
  bool renders(const terms::Folded& source, Language source_language, const std::function<bool(Span)>& of,
               std::string_view written, Language target_language) const;
  // The pieces of the target that are known translations of words of the source, in order; they may overlap. In
  // unspaced text pieces of two characters and more.
  std::vector<Span> explained(const terms::Folded& source, Language source_language, const terms::Folded& target,
                              Language target_language) const;
  // The words of the target that translate anything at all: what is left are mostly names. Empty for unspaced text.
  std::vector<Span> vocabulary(Language source_language, const terms::Folded& target, Language target_language) const;

 private:
  struct Table;
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace kabar::checks
