#include "nn/layers.h"

#include <algorithm>
#include <cmath>

namespace kabar::nn {
namespace {

// Rows of the inner layer computed before the outer one reads them: 48 rows of 1536 floats and their rounded copy
// stay in a second-level cache of 512 KB.
constexpr int kFeedForwardRows = 48;

kernels::Activation kernel_activation(Activation activation) {
  switch (activation) {
    case Activation::relu:
      return kernels::Activation::relu;
    case Activation::swish:
      return kernels::Activation::swish;
    case Activation::gelu:
      return kernels::Activation::gelu;
  }
  return kernels::Activation::relu;
}

}  // namespace

PackedAttention::PackedAttention(const kernels::Kernels& kernels, const Attention& attention)
    : query(kernels, attention.query),
      key(kernels, attention.key),
      value(kernels, attention.value),
      output(kernels, attention.output),
      norm(attention.norm) {}

PackedFeedForward::PackedFeedForward(const kernels::Kernels& kernels, const FeedForward& feed_forward,
                                     Activation activation_of_inner)
    : inner(kernels, feed_forward.inner),
      outer(kernels, feed_forward.outer, activation_of_inner == Activation::relu ? Sign::never_negative : Sign::any),
      norm(feed_forward.norm),
      activation(activation_of_inner) {}

void normalise(const kernels::Kernels& kernels, const LayerNorm& norm, const Rows& rows) {
  for (int i = 0; i < rows.count; ++i) {
    kernels.layer_norm(rows.row(i), norm.scale.data(), norm.bias.data(), rows.width);
  }
}

void feed_forward(const kernels::Kernels& kernels, Arena& arena, const PackedFeedForward& layer, const Rows& x) {
  for (int first = 0; first < x.count; first += kFeedForwardRows) {
    const ArenaScope scope(arena);
    const Rows block = x.part(first, std::min(kFeedForwardRows, x.count - first));
    const Rows inner = take_rows(arena, block.count, layer.inner.outputs());
    Input input(kernels, arena, block);
    layer.inner.apply(input, {.activation = kernel_activation(layer.activation)}, inner);
    Input inner_input(kernels, arena, inner);
    layer.outer.apply(inner_input, {.residual = block.data}, block);
    normalise(kernels, layer.norm, block);
  }
}

void embed(const Matrix& table, const Positions& positions, int32_t token, int position, float* x) {
  const float* signal = positions.row(position);
  if (token < 0) {
    std::copy(signal, signal + table.inputs, x);
    return;
  }
  read_row(table, token, std::sqrt(static_cast<float>(table.inputs)), x);
  for (int i = 0; i < table.inputs; ++i) x[i] += signal[i];
}

std::span<const float*> row_pointers(Arena& arena, const Rows& rows) {
  const std::span<const float*> pointers = arena.take<const float*>(static_cast<size_t>(rows.count));
  for (int i = 0; i < rows.count; ++i) pointers[static_cast<size_t>(i)] = rows.row(i);
  return pointers;
}

}  // namespace kabar::nn
