// Start weights that already know the words: training begins as a rough word-for-word translator, not from noise.
//
// The word alignments of the packed data say which pieces translate each other. Source and target embeddings are made
// so that such pieces have similar vectors, and the value and output matrices of the last cross attention begin near
// the identity, so that what is attended to shows in the (tied) output. Output biases are the words' frequencies.
// docs/training.md has the measured gain.
#pragma once
#include <span>
#include <vector>

#include "train/layout.h"
#include "train/pack.h"

namespace kabar::train {

// group_weights: one per sampling group, for the frequencies. Fills all of `parameters` (layout.size values). The same
// records and seed give the same weights.
void fill_lexical_start(const Layout& layout, const std::vector<PackedRecord>& records,
                        std::span<const double> group_weights, uint64_t seed, float* parameters);

}  // namespace kabar::train
