// Which pieces translate each other, counted over the word alignments of packed data.
#pragma once
#include <string>
#include <vector>

#include "mt/vocabulary.h"
#include "train/pack.h"

namespace kabar::train {

struct LinkedPair {
  int source = 0;  // piece ids
  int target = 0;
  float count = 0;
  float source_count = 0;  // links of the source piece, to whatever
  float target_count = 0;
};

// Pairs with two links or more (single ones are mostly faults of the alignment), in the order of their ids.
std::vector<LinkedPair> linked_pairs(const std::vector<PackedRecord>& records, int head);

// For the engine: the `best` most frequent targets of each source piece and the `first` lowest target ids, in Marian's
// binary format. bad_input when a pair is outside of the vocabularies.
Result<std::string> shortlist_of(const std::vector<LinkedPair>& pairs, const mt::Vocabulary& source,
                                 const mt::Vocabulary& target, int first = 100, int best = 45);

}  // namespace kabar::train
