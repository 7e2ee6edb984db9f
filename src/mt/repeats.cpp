#include "mt/repeats.h"

#include <algorithm>
#include <numeric>

namespace kabar::mt {
namespace {

// Measured: docs/engine.md, 4.
constexpr float kPenalty = 2.5f;  // in nats, where all of the attention is on the token's source and its neighbours
constexpr float kAttentionMin = 0.2f;

}  // namespace

void repeat_penalties(std::span<const int32_t> tokens, std::span<const int32_t> sources,
                      std::span<const float> attention, std::vector<TokenPenalty>& out) {
  out.clear();
  for (size_t i = tokens.size(); i-- > 0;) {
    const auto source = static_cast<size_t>(sources[i]);
    const size_t begin = source == 0 ? 0 : source - 1;
    const size_t end = std::min(source + 2, attention.size());
    const float mass = std::accumulate(attention.begin() + static_cast<ptrdiff_t>(begin),
                                       attention.begin() + static_cast<ptrdiff_t>(end), 0.0f);
    if (mass < kAttentionMin) continue;
    const bool known =
        std::any_of(out.begin(), out.end(), [&](const TokenPenalty& one) { return one.token == tokens[i]; });
    if (!known) out.push_back({tokens[i], kPenalty * mass});
  }
}

}  // namespace kabar::mt
