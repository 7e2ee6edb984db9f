// The guard: compares a translation with its source and says what a reader would be told wrongly.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/version.h"
#include "base/alignment.h"
#include "base/language.h"
#include "base/result.h"
#include "terms/term_list.h"

namespace kabar::terms {
class Generics;
class Titles;
class Lexicon;
class NameTable;
class Termbase;
}  // namespace kabar::terms

namespace kabar::checks {

struct KnowledgeData;

// Everything the checks know besides the pair: termbase, word lists, lexical tables, length models. Cheap to copy.
// Any number of threads may use it.
class Knowledge {
 public:
  // From the program's data folder: termbase/id-news/*.tsv, names.tsv, generics.tsv, titles.tsv, demonyms.tsv,
  // checks/*.tsv, lexical/*.tsv, lexicon/*.tsv (an absent folder is no error but for checks/). `own`: a newsroom's
  // terms, which go before the pack's. Errors name file and line.
  static Result<Knowledge> load(const std::filesystem::path& data, const terms::TermList& own = {});
  // The same with another termbase.
  static Result<Knowledge> load(const std::filesystem::path& data, terms::Termbase termbase);

  // The termbase, for texts in English read from its English side (made when first asked for).
  const terms::Termbase& termbase(Language source = Language::id) const;
  // How words are usually translated.
  const terms::Lexicon& lexicon() const;
  // How parts of names are written in other scripts, and how names are joined with what they name.
  const terms::NameTable& names() const;
  const terms::Generics& generics() const;
  const terms::Titles& titles() const;
  // Whether this word, in small letters, is one that the language writes so somewhere; false without a list.
  bool is_small_word(std::string_view word, Language language) const;
  // Makes what is otherwise made when a text of this target language is first checked.
  void warm_up(Language target) const;
  const KnowledgeData& data() const { return *data_; }

 private:
  std::shared_ptr<const KnowledgeData> data_;
};

// One sentence (or headline) and its translation, with what is known of both.
struct Pair {
  std::string source;  // plain text
  std::string target;
  Language source_language = Language::id;
  Language target_language;
  BlockType block_type = BlockType::paragraph;  // headlines are checked most strictly
  std::string context_before;                   // the source sentence before it
  std::string section;
  int year = 0;  // of publication, 0 = unknown
  InlineTags source_tags;
  InlineTags target_tags;
  bool tags_known = false;                  // the two lists above were filled
  Alignment alignment;                      // empty = unknown
  std::vector<float> log_probability;       // the decoder's, per target token; empty = unknown
  Language editor_language = Language::id;  // of the messages; one of the six, others get "en"
};

// Appends what all checks of list.cpp find, in the order of the list. Returns the score, 0..1: how likely an editor
// would leave the translation as it is (docs/score.md). Pure; no I/O.
float run_checks(const Pair& pair, const Knowledge& knowledge, std::vector<Finding>& findings);

// What can only be seen over a whole version: one entity rendered in two ways, the score of the version.
// Findings go to the segments that they concern; segments' own findings and scores stay.
void check_version(Version& version, const Knowledge& knowledge, Language editor_language = Language::id);

}  // namespace kabar::checks
