// The written dictionary: Indonesian words and compounds with their renderings in the other five languages, by hand.
// Files: train/dictionary/*.tsv, six columns like the written sentences; a cell holds renderings and their forms, the
// most usual first, with "|" between them.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "train/corpus.h"

namespace kabar::train {

struct DictionaryEntry {
  std::string term;                                  // small letters, words with single blanks between them
  std::vector<std::vector<std::string>> renderings;  // per kSixLanguages; the first is the term's own

  // The most usual rendering in each language.
  SixTexts first() const;
};

// All entries of the *.tsv files of `folder`, in the order of their names. bad_input with file and line: a cell
// without a rendering. not_found: no such folder.
Result<std::vector<DictionaryEntry>> read_dictionary(const std::filesystem::path& folder);

}  // namespace kabar::train
