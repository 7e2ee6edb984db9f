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

struct ShortlistOptions {
  int first = 100;             // the lowest target ids are always candidates
  int best = 45;               // of each source piece, its most frequent targets
  float least_share = 0.003f;  // of a source piece's links: rarer targets are mostly faults of the alignment
};

// For the engine, in Marian's binary format. bad_input when a pair is outside of the vocabularies.
Result<std::string> shortlist_of(const std::vector<LinkedPair>& pairs, const mt::Vocabulary& source,
                                 const mt::Vocabulary& target, const ShortlistOptions& options = {});

}  // namespace kabar::train
