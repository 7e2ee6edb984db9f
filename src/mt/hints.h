// Hints: what words of the source are often translated by, blended into the decoder's probabilities while the
// alignment head points at them. The linear interpolation of Arthur, Neubig and Nakamura, "Incorporating Discrete
// Translation Lexicons into Neural Machine Translation" (2016): a small model knows few rare words, and a table does.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/language.h"
#include "mt/translator.h"
#include "mt/vocabulary.h"

namespace kabar::mt {

// A hint in tokens.
struct TokenHint {
  struct Rendering {
    std::vector<int32_t> tokens;  // never empty
    float share = 0;
  };
  std::vector<int> sources;  // source tokens of the word, ascending
  std::vector<Rendering> renderings;
};

// `pieces` are the source tokens of the sentence.
std::vector<TokenHint> token_hints(const std::vector<Hint>& hints, std::span<const EncodedPiece> pieces,
                                   const Vocabulary& target, Language language);
// All tokens of the renderings: a shortlist must hold these.
void append_tokens(const std::vector<TokenHint>& hints, std::vector<int32_t>& out);

struct HintGain {
  int32_t token = 0;
  float probability = 0;  // to add to the model's own
};

// What the hints say of the next token: the first of a rendering where the head points at its word, or the one after
// what `tokens` end with while the head still looks at the word a little. A word one
// of whose renderings stands in `tokens` says no more. `attention` is the alignment head's row over the source tokens.
// The gains are divided by what they leave to the model, so adding them needs no change of the other tokens.
void hint_gains(std::span<const TokenHint> hints, std::span<const int32_t> tokens, std::span<const float> attention,
                std::vector<HintGain>& out);

}  // namespace kabar::mt
