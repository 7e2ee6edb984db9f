#include "mt/hints.h"

#include <algorithm>
#include <cmath>

#include "mt/rules.h"

namespace kabar::mt {
namespace {

// Measured with the starter model: docs/engine.md, 4.
constexpr float kWeight = 0.55f;
constexpr float kAttentionMin = 0.1f;
constexpr float kAttentionMinBegun = 0.02f;  // the pointer leaves a word before its last piece is written
constexpr float kModelMin = 0.05f;           // of the probability, at least this stays the model's
constexpr float kModelFloor = 1e-4f;         // what the model finds impossible a table may know

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

float hint_gains(std::span<const TokenHint> hints, std::span<const int32_t> tokens, std::span<const float> attention,
                 const std::function<float(int32_t)>& model, std::vector<HintGain>& out) {
  out.clear();
  float given = 0;
  for (const TokenHint& hint : hints) {
    float mass = 0;
    for (const int source : hint.sources) mass += attention[static_cast<size_t>(source)];
    if (mass < kAttentionMinBegun) continue;
    size_t most = 0;
    bool said = false;
    for (const TokenHint::Rendering& rendering : hint.renderings) {
      said = said || stands_in(tokens, rendering.tokens);
      most = std::max(most, begun(tokens, rendering.tokens));
    }
    if (said || (most == 0 && mass < kAttentionMin)) continue;

    const size_t first = out.size();
    float shares = 0, sum = 0;
    for (const TokenHint::Rendering& rendering : hint.renderings) {
      if (begun(tokens, rendering.tokens) != most) continue;
      const int32_t token = rendering.tokens[most];
      out.push_back({token, rendering.share * std::sqrt(model(token) + kModelFloor)});
      shares += rendering.share;
      sum += out.back().probability;
    }
    // The root: a word with many renderings, each of a small share, is known all the same.
    const float gain = kWeight * (most > 0 ? 1.0f : std::min(mass, 1.0f) * std::sqrt(std::min(shares, 1.0f)));
    for (size_t i = first; i < out.size(); ++i) out[i].probability *= gain / sum;
    given += gain;
  }
  const float kept = std::max(kModelMin, 1 - given);
  const float scale = 1 / (kept + given);
  for (HintGain& one : out) one.probability *= scale;
  return kept * scale;
}

}  // namespace kabar::mt
