// Small tables "this Indonesian word is translated by that word", for the checks (docs/formats/lexical.md).
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "train/pack.h"
#include "train/vocabularies.h"

namespace kabar::train {

struct LexicalTableOptions {
  int count_min = 3;              // of a pair of words
  double probability_min = 0.04;  // share of the source word's sentences
  int translations_max = 8;       // per source word
  double covered_min = 0.4;       // sum of the listed probabilities; below it the word's translations are not known
  size_t bytes_max = 300'000;     // the rarest source words are left out
};

// The TSV for one head, by falling frequency of the source word. Counts the links of the records whose source is
// Indonesian: a target word counts once per sentence for a source word that any of its pieces is linked to.
std::string lexical_table(const std::vector<PackedRecord>& records, const Vocabularies& vocabularies, int head,
                          const LexicalTableOptions& options = {});

// Writes id-XX.tsv for every head into `folder`.
Result<void> write_lexical_tables(const std::vector<PackedRecord>& records, const Vocabularies& vocabularies,
                                  const std::filesystem::path& folder, const LexicalTableOptions& options = {});

}  // namespace kabar::train
