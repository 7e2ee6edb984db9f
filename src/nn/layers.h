// The parts that encoder and decoder share, packed for one instruction set. Equations: docs/engine.md.
#pragma once
#include "nn/affine.h"
#include "nn/positions.h"

namespace kabar::nn {

// x = LN(x + attention's output); the query, key and value products are the caller's.
struct PackedAttention {
  PackedAttention(const kernels::Kernels& kernels, const Attention& attention);
  Affine query, key, value, output;
  LayerNorm norm;
};

struct PackedFeedForward {
  PackedFeedForward(const kernels::Kernels& kernels, const FeedForward& feed_forward, Activation activation);
  Affine inner, outer;
  LayerNorm norm;
  Activation activation;
};

void normalise(const kernels::Kernels& kernels, const LayerNorm& norm, const Rows& rows);

// x = LN(x + activation(x W1 + b1) W2 + b2)
void feed_forward(const kernels::Kernels& kernels, Arena& arena, const PackedFeedForward& layer, const Rows& x);

// x = sqrt(width) * embedding of `token` + position signal; token -1 has no embedding (the first step of a decoder).
void embed(const Matrix& table, const Positions& positions, int32_t token, int position, float* x);

// Pointers to the rows, as the attention kernel wants them.
std::span<const float*> row_pointers(Arena& arena, const Rows& rows);

}  // namespace kabar::nn
