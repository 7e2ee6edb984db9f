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

// Whether `token` after `tokens` says at once again what was just said, as small models do: a word or words of
// kDoubledLettersMin letters ("Coffee Coffee"; "nous nous" is French), two Chinese characters or katakana or more, or
// any piece with a letter for the third time ("ssss"). Up to kDoubledTokensMax tokens are compared.
bool doubles(std::span<const int32_t> tokens, int32_t token, const Vocabulary& vocabulary);

inline constexpr int kDoubledTokensMax = 8;
inline constexpr int kDoubledLettersMin = 5;

}  // namespace kabar::mt
