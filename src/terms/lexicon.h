// The bilingual lexicon: how words and compounds are usually translated, as hints for the translator.
// Files: data/lexicon/SOURCE-TARGET.tsv (docs/formats/lexicon.md), made by `kabar data lexicon`.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "base/span.h"

namespace kabar::terms {

struct LexiconRendering {
  std::string text;
  float share = 0;  // of the sentences with the word, how many have this rendering; 0..1
};

struct LexiconMatch {
  Span source;                               // code points of the text
  std::vector<LexiconRendering> renderings;  // most frequent first
};

// Tables are read on first use; a pair without a file has no hints. Thread-safe.
class Lexicon {
 public:
  Lexicon();
  explicit Lexicon(std::filesystem::path folder);

  // The words and compounds of `text` that the lexicon has, in order, the longest first; a word with an ending or said
  // twice ("rumahnya", "anak-anak") as the plain one where it has no entry of its own. Placeholders are no words.
  std::vector<LexiconMatch> find(std::string_view text, Language source, Language target) const;

  // The lines of a table; bad_input names the line.
  static Result<Lexicon> parse(std::string_view table, Language source, Language target, std::string_view name);

 private:
  struct Table;
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace kabar::terms
