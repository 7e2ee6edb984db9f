#include "nn/encoder.h"

namespace kabar::nn {

PackedEncoder::PackedEncoder(const kernels::Kernels& kernels, const Encoder& weights)
    : kernels_(kernels), weights_(weights), positions_(weights.shape.width) {
  layers_.reserve(weights.layers.size());
  for (const EncoderLayer& layer : weights.layers) {
    layers_.push_back({PackedAttention(kernels, layer.self),
                       PackedFeedForward(kernels, layer.feed_forward, weights.shape.activation)});
  }
}

void PackedEncoder::encode(const TokenBatch& batch, Arena& arena, const Rows& states) const {
  for (int s = 0; s < batch.sentences(); ++s) {
    const int start = batch.starts[static_cast<size_t>(s)];
    for (int i = start; i < batch.starts[static_cast<size_t>(s) + 1]; ++i) {
      embed(weights_.embedding, positions_, batch.tokens[static_cast<size_t>(i)], i - start, states.row(i));
    }
  }
  for (const Layer& layer : layers_) {
    attend(layer, batch, arena, states);
    feed_forward(kernels_, arena, layer.feed_forward, states);
  }
}

// x = LN(x + self-attention(x)), each sentence among its own tokens.
void PackedEncoder::attend(const Layer& layer, const TokenBatch& batch, Arena& arena, const Rows& x) const {
  const ArenaScope scope(arena);
  const Rows query = take_rows(arena, x.count, x.width);
  const Rows key = take_rows(arena, x.count, x.width);
  const Rows value = take_rows(arena, x.count, x.width);
  Input input(kernels_, arena, x);
  layer.self.query.apply(input, {}, query);
  layer.self.key.apply(input, {}, key);
  layer.self.value.apply(input, {}, value);

  const std::span<const float*> keys = row_pointers(arena, key);
  const std::span<const float*> values = row_pointers(arena, value);
  const Rows context = take_rows(arena, x.count, x.width);
  const int heads = weights_.shape.heads;
  for (int s = 0; s < batch.sentences(); ++s) {
    const int start = batch.starts[static_cast<size_t>(s)];
    const int count = batch.starts[static_cast<size_t>(s) + 1] - start;
    const ArenaScope sentence(arena);
    float* weights = arena.take<float>(static_cast<size_t>(heads * kernels::padded(count))).data();
    for (int i = start; i < start + count; ++i) {
      kernels_.attend({.query = query.row(i),
                       .keys = keys.data() + start,
                       .values = values.data() + start,
                       .count = count,
                       .heads = heads,
                       .head_width = x.width / heads,
                       .weights = weights,
                       .out = context.row(i)});
    }
  }
  Input context_input(kernels_, arena, context);
  layer.self.output.apply(context_input, {.residual = x.data}, x);
  normalise(kernels_, layer.self.norm, x);
}

}  // namespace kabar::nn
