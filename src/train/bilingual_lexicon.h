// The bilingual lexicon (terms/lexicon.h): how each Indonesian word is said, from the word alignments of packed data,
// and from the written dictionary where the data says little or the term is a compound.
#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "train/dictionary.h"
#include "train/pack.h"
#include "train/vocabularies.h"

namespace kabar::train {

// A word of a source and the run of target pieces that is linked to it and to nothing else.
struct WordRun {
  std::string word;  // small letters
  int begin = 0;     // pieces of the target
  int end = 0;
};

// The words of one sentence pair. `spaced`: runs are whole words of the target. Pieces as the vocabularies write them
// ("▁" begins a word).
std::vector<WordRun> word_runs(std::span<const std::string> source_pieces, std::span<const std::string> target_pieces,
                               std::span<const PieceLink> links, bool spaced);

struct BilingualLexiconOptions {
  int count_max = 300;             // sentences with the word: what is more frequent every model learns
  int pair_count_min = 2;          // a pair seen once tells little, unless the word itself was seen twice at most
  double share_min = 0.1;          // of the word's sentences
  int renderings_max = 8;          // per word
  int dictionary_max = 100;        // sentences with the word: what the data has more often it knows better
  double known_min = 0.4;          // up to count_max, a word whose shares add up to less is not known either
  double dictionary_part = 0.6;    // of the shares of a word that both know
  double dictionary_share = 0.85;  // all renderings of a dictionary's entry together
};

// Writes id-XX.tsv for every head into `folder`, by falling frequency of the word. Counts records from Indonesian.
Result<void> write_bilingual_lexicon(const std::vector<PackedRecord>& records, const Vocabularies& vocabularies,
                                     const std::vector<DictionaryEntry>& dictionary,
                                     const std::filesystem::path& folder, const BilingualLexiconOptions& options = {});

}  // namespace kabar::train
