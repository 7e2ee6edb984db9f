#include "nn/decoder.h"

#include <algorithm>
#include <numeric>

namespace kabar::nn {

PackedHead::PackedHead(const kernels::Kernels& kernels, const Head& weights)
    : kernels_(kernels), weights_(weights), positions_(weights.shape.width) {
  layers_.reserve(weights.layers.size());
  for (const DecoderLayer& layer : weights.layers) {
    Layer packed{.ssru_input = nullptr,
                 .ssru_forget = nullptr,
                 .ssru_norm = {},
                 .self = nullptr,
                 .cross = PackedAttention(kernels, layer.cross),
                 .feed_forward = PackedFeedForward(kernels, layer.feed_forward, weights.shape.activation)};
    if (layer.ssru) {
      packed.ssru_input = std::make_unique<Affine>(kernels, layer.ssru->input);
      packed.ssru_forget = std::make_unique<Affine>(kernels, layer.ssru->forget);
      packed.ssru_norm = layer.ssru->norm;
    } else {
      packed.self = std::make_unique<PackedAttention>(kernels, layer.self.value());
    }
    layers_.push_back(std::move(packed));
  }
  const Matrix& output = weights_.output;
  if (!output.s8.empty() && kernels.bytes.start_factor != 0) {
    for (size_t i = 0; i < static_cast<size_t>(output.outputs); ++i) {
      const int8_t* row = output.s8.data() + i * static_cast<size_t>(output.inputs);
      output_sums_.push_back(std::accumulate(row, row + output.inputs, int32_t{0}));
    }
  }
}

const Affine& PackedHead::full_output() const {
  std::call_once(full_output_once_, [&] { full_output_ = Affine(kernels_, weights_.output, weights_.output_bias); });
  return full_output_;
}

Decoder::Decoder(const PackedHead& head, const Rows& states, std::span<const int> starts, int rows_max, Arena& arena)
    : head_(head), starts_(starts), arena_(arena), x_buffer_(take_rows(arena, rows_max, head.width())) {
  const int sentences = static_cast<int>(starts.size()) - 1;
  for (int s = 0; s < sentences; ++s) attention_stride_ = std::max(attention_stride_, length(s));
  attention_buffer_ = arena.take<float>(static_cast<size_t>(rows_max) * static_cast<size_t>(attention_stride_));
  for (const PackedHead::Layer& layer : head.layers_) {
    const Rows keys = take_rows(arena, states.count, states.width);
    const Rows values = take_rows(arena, states.count, states.width);
    LayerState state;
    state.keys = row_pointers(arena, keys);
    state.values = row_pointers(arena, values);
    if (layer.ssru_input != nullptr) {
      state.cells = take_rows(arena, rows_max, states.width);
      state.cells_before = take_rows(arena, rows_max, states.width);
    }
    const ArenaScope scope(arena);
    Input input(head.kernels(), arena, states);
    layer.cross.key.apply(input, {}, keys);
    layer.cross.value.apply(input, {}, values);
    has_self_attention_ = has_self_attention_ || layer.self != nullptr;
    layers_.push_back(std::move(state));
  }
  step_ = arena.mark();
}

void Decoder::step(std::span<const DecoderRow> rows) {
  const kernels::Kernels& kernels = head_.kernels();
  output_input_.reset();
  arena_.rewind(step_);
  x_ = x_buffer_.part(0, static_cast<int>(rows.size()));
  for (int i = 0; i < x_.count; ++i) {
    embed(head_.weights_.embedding, head_.positions_, rows[static_cast<size_t>(i)].token, position_, x_.row(i));
  }
  if (has_self_attention_) remember(rows);

  const int count = static_cast<int>(layers_.size());
  const int chosen = head_.weights_.alignment_layer;
  const int alignment_layer = chosen >= 0 && chosen < count ? chosen : count - 1;
  for (int i = 0; i < count; ++i) {
    const PackedHead::Layer& layer = head_.layers_[static_cast<size_t>(i)];
    LayerState& state = layers_[static_cast<size_t>(i)];
    if (layer.self != nullptr) {
      attend_self(layer, state, x_);
    } else {
      ssru(layer, state, rows, x_);
    }
    attend_source(layer, state, rows, x_, i == alignment_layer);
    feed_forward(kernels, arena_, layer.feed_forward, x_);
  }
  ++position_;
}

void Decoder::remember(std::span<const DecoderRow> rows) {
  std::swap(ancestors_, ancestors_before_);
  ancestors_.resize(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    if (position_ == 0) {
      ancestors_[i].clear();
    } else {
      ancestors_[i] = ancestors_before_[static_cast<size_t>(rows[i].parent)];
    }
    ancestors_[i].push_back(static_cast<int>(i));
  }
}

// c = f c + (1 - f) x W with f = sigmoid(x Wf + bf); x = LN(relu(c) + x)
void Decoder::ssru(const PackedHead::Layer& layer, LayerState& state, std::span<const DecoderRow> rows, const Rows& x) {
  const kernels::Kernels& kernels = head_.kernels();
  std::swap(state.cells, state.cells_before);
  const ArenaScope scope(arena_);
  const Rows input_rows = take_rows(arena_, x.count, x.width);
  const Rows forget_rows = take_rows(arena_, x.count, x.width);
  Input input(kernels, arena_, x);
  layer.ssru_input->apply(input, {}, input_rows);
  layer.ssru_forget->apply(input, {}, forget_rows);
  const std::span<float> zeros = arena_.take<float>(static_cast<size_t>(x.stride));
  if (position_ == 0) std::fill(zeros.begin(), zeros.end(), 0.0f);
  for (int i = 0; i < x.count; ++i) {
    const float* before = position_ == 0 ? zeros.data() : state.cells_before.row(rows[static_cast<size_t>(i)].parent);
    kernels.ssru(input_rows.row(i), forget_rows.row(i), x.row(i), before, state.cells.row(i), x.row(i), x.width);
  }
  normalise(kernels, layer.ssru_norm, x);
}

// x = LN(x + attention over the row's own past and itself)
void Decoder::attend_self(const PackedHead::Layer& layer, LayerState& state, const Rows& x) {
  const kernels::Kernels& kernels = head_.kernels();
  const Rows key = take_rows(past_, x.count, x.width);
  const Rows value = take_rows(past_, x.count, x.width);
  state.past_keys.push_back(row_pointers(past_, key));
  state.past_values.push_back(row_pointers(past_, value));
  const ArenaScope scope(arena_);
  const Rows query = take_rows(arena_, x.count, x.width);
  const Rows context = take_rows(arena_, x.count, x.width);
  Input input(kernels, arena_, x);
  layer.self->query.apply(input, {}, query);
  layer.self->key.apply(input, {}, key);
  layer.self->value.apply(input, {}, value);

  const size_t past = static_cast<size_t>(position_) + 1;
  const int heads = head_.weights_.shape.heads;
  const std::span<const float*> keys = arena_.take<const float*>(past);
  const std::span<const float*> values = arena_.take<const float*>(past);
  float* weights = arena_.take<float>(static_cast<size_t>(heads * kernels::padded(position_ + 1))).data();
  for (int i = 0; i < x.count; ++i) {
    for (size_t t = 0; t < past; ++t) {
      const size_t ancestor = static_cast<size_t>(ancestors_[static_cast<size_t>(i)][t]);
      keys[t] = state.past_keys[t][ancestor];
      values[t] = state.past_values[t][ancestor];
    }
    kernels.attend({.query = query.row(i),
                    .keys = keys.data(),
                    .values = values.data(),
                    .count = position_ + 1,
                    .heads = heads,
                    .head_width = x.width / heads,
                    .weights = weights,
                    .out = context.row(i)});
  }
  Input context_input(kernels, arena_, context);
  layer.self->output.apply(context_input, {.residual = x.data}, x);
  normalise(kernels, layer.self->norm, x);
}

// x = LN(x + attention over the source tokens of the row's sentence)
void Decoder::attend_source(const PackedHead::Layer& layer, const LayerState& state, std::span<const DecoderRow> rows,
                            const Rows& x, bool keep_attention) {
  const kernels::Kernels& kernels = head_.kernels();
  const int heads = head_.weights_.shape.heads;
  if (keep_attention) {
    attention_.resize(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
      attention_[i] = attention_buffer_.subspan(i * static_cast<size_t>(attention_stride_),
                                                static_cast<size_t>(length(rows[i].sentence)));
    }
  }
  const ArenaScope scope(arena_);
  const Rows query = take_rows(arena_, x.count, x.width);
  const Rows context = take_rows(arena_, x.count, x.width);
  Input input(kernels, arena_, x);
  layer.cross.query.apply(input, {}, query);
  for (int i = 0; i < x.count; ++i) {
    const DecoderRow& row = rows[static_cast<size_t>(i)];
    const ArenaScope row_scope(arena_);
    const int start = starts_[static_cast<size_t>(row.sentence)];
    const int count = length(row.sentence);
    float* weights = arena_.take<float>(static_cast<size_t>(heads * kernels::padded(count))).data();
    kernels.attend({.query = query.row(i),
                    .keys = state.keys.data() + start,
                    .values = state.values.data() + start,
                    .count = count,
                    .heads = heads,
                    .head_width = x.width / heads,
                    .weights = weights,
                    .out = context.row(i)});
    if (keep_attention) {
      std::copy(weights, weights + count, attention_[static_cast<size_t>(i)].begin());
    }
  }
  Input context_input(kernels, arena_, context);
  layer.cross.output.apply(context_input, {.residual = x.data}, x);
  normalise(kernels, layer.cross.norm, x);
}

void Decoder::logits(int row, std::span<const int32_t> ids, float* out) {
  const Head& weights = head_.weights_;
  const Matrix& output = weights.output;
  const float* bias = weights.output_bias.empty() ? nullptr : weights.output_bias.data();
  const int count = static_cast<int>(ids.size());
  if (output.s8.empty()) {
    head_.kernels().select_f32({output.f32.data(), bias, output.inputs}, x_.row(row), ids.data(), count, out);
    return;
  }
  if (!output_input_) output_input_.emplace(head_.kernels(), arena_, x_);
  const kernels::QuantisedRows& rows = output_input_->quantised(head_.kernels().bytes, output.input_multiplier);
  head_.kernels().select_s8({output.s8.data(), output.scale.data(), head_.output_sums_.data(), bias, output.inputs},
                            rows.data + static_cast<size_t>(row) * static_cast<size_t>(rows.stride), rows.scale[row],
                            ids.data(), count, out);
}

Rows Decoder::all_logits() {
  if (!output_input_) output_input_.emplace(head_.kernels(), arena_, x_);
  const Rows out = take_rows(arena_, x_.count, head_.vocabulary());
  head_.full_output().apply(*output_input_, {}, out);
  return out;
}

}  // namespace kabar::nn
