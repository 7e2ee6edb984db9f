// The encoder, packed for one instruction set: token ids in, one state per token out.
#pragma once
#include "nn/layers.h"

namespace kabar::nn {

// Several sentences one after the other, without padding: sentence s has the tokens [starts[s], starts[s + 1]).
struct TokenBatch {
  std::span<const int32_t> tokens;
  std::span<const int> starts;
  int sentences() const { return static_cast<int>(starts.size()) - 1; }
};

// Immutable, so thread-safe. Keeps spans of `weights`: the memory that they point into must live on.
class PackedEncoder {
 public:
  PackedEncoder(const kernels::Kernels& kernels, const Encoder& weights);
  int width() const { return weights_.shape.width; }
  // One row per token in `states`, which has that many rows of width(). A sentence's states do not depend on the
  // others.
  void encode(const TokenBatch& batch, Arena& arena, const Rows& states) const;

 private:
  struct Layer {
    PackedAttention self;
    PackedFeedForward feed_forward;
  };
  void attend(const Layer& layer, const TokenBatch& batch, Arena& arena, const Rows& x) const;

  const kernels::Kernels& kernels_;
  Encoder weights_;
  std::vector<Layer> layers_;
  Positions positions_;
};

}  // namespace kabar::nn
