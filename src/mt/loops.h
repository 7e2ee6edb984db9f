// Repetition loops: a decoder that writes the same words over and over.
#pragma once
#include <cstdint>
#include <span>

#include "mt/vocabulary.h"

namespace kabar::mt {

// The number of tokens at the end of `tokens` that only repeat what stands before them, once the repetition is long
// enough to be a loop; 0 if it is none. Taking them off leaves the words once.
// One token: 6 times; two or three: 4 times; up to kLoopTokensMax: 3 times. Without a letter in it (digits, dots): 16.
int loop_length(std::span<const int32_t> tokens, const Vocabulary& vocabulary);

inline constexpr int kLoopTokensMax = 24;

}  // namespace kabar::mt
