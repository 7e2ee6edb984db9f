// Hints: what words of the source are often translated by, blended into the decoder's probabilities while the
// alignment head points at them. The linear interpolation of Arthur, Neubig and Nakamura, "Incorporating Discrete
// Translation Lexicons into Neural Machine Translation" (2016): a small model knows few rare words, and a table does.
#pragma once
#include <cstdint>
#include <functional>
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
  float probability = 0;
};

// What the hints say of the next token: the first of a rendering where the head points at its word, or the one after
// what `tokens` end with while the head still looks at the word a little. A word one of whose renderings stands in
// `tokens` says no more. Among the renderings of a word the shares and the model choose together: the table knows the
// word, the model the form that fits. `attention` is the alignment head's row over the source tokens, `model` the
// model's probability of a token.
// Returns the part of the probability that stays the model's, more than 0: a token has this part of the model's own
// and what `out` gives it.
float hint_gains(std::span<const TokenHint> hints, std::span<const int32_t> tokens, std::span<const float> attention,
                 const std::function<float(int32_t)>& model, std::vector<HintGain>& out);

}  // namespace kabar::mt
