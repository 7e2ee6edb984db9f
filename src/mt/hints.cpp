#include "mt/hints.h"

#include <algorithm>

#include "mt/rules.h"

namespace kabar::mt {
namespace {

// Measured on news sentences with the starter model: 0.4 and 1.0 score lower (docs/engine.md).
constexpr float kWeight = 0.7f;
constexpr float kAttentionMin = 0.2f;
constexpr float kAttentionMinBegun = 0.02f;  // the pointer leaves a word before its last piece is written
constexpr float kModelMin = 0.05f;           // of the probability, at least this stays the model's

bool stands_in(std::span<const int32_t> tokens, const std::vector<int32_t>& rendering) {
  return std::search(tokens.begin(), tokens.end(), rendering.begin(), rendering.end()) != tokens.end();
}

// How many tokens of `rendering` the output already ends with.
size_t begun(std::span<const int32_t> tokens, const std::vector<int32_t>& rendering) {
  for (size_t n = std::min(rendering.size() - 1, tokens.size()); n > 0; --n) {
    if (std::equal(rendering.begin(), rendering.begin() + static_cast<ptrdiff_t>(n),
                   tokens.end() - static_cast<ptrdiff_t>(n)))
      return n;
  }
  return 0;
}

}  // namespace

std::vector<TokenHint> token_hints(const std::vector<Hint>& hints, std::span<const EncodedPiece> pieces,
                                   const Vocabulary& target, Language language) {
  std::vector<TokenHint> result;
  for (const Hint& hint : hints) {
    TokenHint& made = result.emplace_back();
    for (size_t i = 0; i < pieces.size(); ++i) {
      if (pieces[i].span.overlaps(hint.source)) made.sources.push_back(static_cast<int>(i));
    }
    for (const Hint::Rendering& rendering : hint.renderings) {
      std::vector<int32_t> tokens = spell(target, rendering.text, language);
      if (!tokens.empty()) made.renderings.push_back({std::move(tokens), rendering.share});
    }
  }
  return result;
}

void append_tokens(const std::vector<TokenHint>& hints, std::vector<int32_t>& out) {
  for (const TokenHint& hint : hints) {
    for (const TokenHint::Rendering& rendering : hint.renderings) {
      out.insert(out.end(), rendering.tokens.begin(), rendering.tokens.end());
    }
  }
}

void hint_gains(std::span<const TokenHint> hints, std::span<const int32_t> tokens, std::span<const float> attention,
                std::vector<HintGain>& out) {
  out.clear();
  float given = 0;
  for (const TokenHint& hint : hints) {
    float mass = 0;
    for (const int source : hint.sources) mass += attention[static_cast<size_t>(source)];
    if (mass < kAttentionMinBegun) continue;
    const bool said = std::any_of(hint.renderings.begin(), hint.renderings.end(),
                                  [&](const TokenHint::Rendering& one) { return stands_in(tokens, one.tokens); });
    if (said) continue;
    for (const TokenHint::Rendering& rendering : hint.renderings) {
      const size_t next = begun(tokens, rendering.tokens);
      if (next == 0 && mass < kAttentionMin) continue;
      const float gain = kWeight * (next > 0 ? 1.0f : std::min(mass, 1.0f) * rendering.share);
      out.push_back({rendering.tokens[next], gain});
      given += gain;
    }
  }
  const float kept = std::max(kModelMin, 1 - given);
  for (HintGain& gain : out) gain.probability /= kept;
}

}  // namespace kabar::mt
