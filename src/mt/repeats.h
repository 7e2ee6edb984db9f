// Words said twice: the pointer of a small model often stays on a word of the source that it has translated, and the
// decoder writes the word again ("the peoples people"). What was written for the source tokens that the alignment head
// looks at is made less likely; a word that the source says twice stands at two places and may come twice.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace kabar::mt {

struct TokenPenalty {
  int32_t token = 0;
  float nats = 0;  // to take from the log probability
};

// `sources[i]` is the source token that `tokens[i]` was read from, `attention` the alignment head's row over the source
// tokens. Each token once.
void repeat_penalties(std::span<const int32_t> tokens, std::span<const int32_t> sources,
                      std::span<const float> attention, std::vector<TokenPenalty>& out);

}  // namespace kabar::mt
