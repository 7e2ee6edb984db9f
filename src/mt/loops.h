// Repetition loops: a decoder that writes the same words over and over.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "mt/vocabulary.h"

namespace kabar::mt {

// The number of tokens at the end of `tokens` that only repeat what stands before them, once the repetition is long
// enough to be a loop; 0 if it is none. Taking them off leaves the words once.
// One token: 6 times; two or three: 4 times; up to kLoopTokensMax: 3 times. Without a letter in it (digits, dots): 16.
int loop_length(std::span<const int32_t> tokens, const Vocabulary& vocabulary);

inline constexpr int kLoopTokensMax = 24;

// The end of what a hypothesis says, kept as doubling is judged: in lower case, words apart by one blank, marks dropped
// but for those that end a sentence.
class Tail {
 public:
  // `piece`, a vocabulary's, outlives this. Of a piece longer than kPoints code points the first kPoints count.
  void append(std::string_view piece);
  // Whether `piece` would say at once again what was just said, as small models do: a word ("Coffee Coffee", "export
  // exports"; not "nous nous", which is French) or words, a comma between them or not; a piece of a word
  // ("deforforest"); in text without blanks two Chinese characters or katakana or more; any letter for the third time.
  bool doubled_by(std::string_view piece) const;

  static constexpr size_t kPoints = 64;  // that are remembered

 private:
  std::array<char32_t, kPoints> said_{};  // not a string: one per hypothesis, copied and asked at every step
  size_t size_ = 0;
  std::string_view last_piece_;  // as it came, "▁" before a word
};

}  // namespace kabar::mt
