// Draws records of a pack for batches: a group by its weight, then the group's records in shuffled order, round after
// round. Its whole state is a few integers, so a resumed run sees the same records as an uninterrupted one.
#pragma once
#include <cstdint>
#include <vector>

#include "train/batch.h"
#include "train/pack.h"
#include "train/random.h"

namespace kabar::train {

struct GroupPlace {
  uint64_t round = 0;     // how often the group was gone through
  uint64_t position = 0;  // in this round's order
};

struct SamplerState {
  uint64_t random = 0;
  std::vector<GroupPlace> groups;
};

class Sampler {
 public:
  // weights: per group, how many times as often as by its size a record is drawn; a group without records or with
  // weight 0 is never drawn. `records` must outlive the sampler and hold one at least.
  Sampler(const std::vector<PackedRecord>& records, std::vector<double> weights, uint64_t seed);

  const PackedRecord& next();
  SamplerState state() const;
  // The state must come from a sampler over the same records.
  void restore(const SamplerState& state);

 private:
  struct Group {
    std::vector<uint32_t> records;
    std::vector<uint32_t> order;
    double share = 0;  // upper bound of its part of [0, 1)
    GroupPlace place;
  };
  void shuffle(size_t group);

  const std::vector<PackedRecord>& records_;
  std::vector<Group> groups_;
  uint64_t seed_;
  Random random_;
};

// Records until their target tokens reach `target_tokens`, dealt out to `parts` batches of about equal work.
std::vector<Batch> draw_batches(Sampler& sampler, int heads, int target_tokens, int parts);
// One batch of these records.
Batch make_batch(const std::vector<const PackedRecord*>& records, int heads);

// The words of one head's vocabulary by frequency in the records, most frequent first; all words.
std::vector<int> words_by_frequency(const std::vector<PackedRecord>& records, int head, int vocabulary);

// The end of sentence, the `frequent` first of `by_frequency`, the batches' target words, and `drawn` of the others.
// With frequent >= the vocabulary: all words, each once.
Candidates draw_candidates(const std::vector<Batch>& batches, int head, const std::vector<int>& by_frequency,
                           int frequent, int drawn, Random& random);

}  // namespace kabar::train
