#include "train/network.h"

#include <cmath>
#include <cstring>

#include "base/result.h"
#include "train/gemm.h"

namespace kabar::train {
namespace {

constexpr int kPositionsMax = 512;
// Rows of the inner layer are this much further apart than they are long: rows whose distance is a large power of
// two share cache sets, and the products over them ran at half speed.
constexpr int kInnerPadding = 16;

std::vector<int> positions_of(const Sentences& sentences) {
  std::vector<int> positions;
  positions.reserve(sentences.ids.size());
  for (int s = 0; s < sentences.count(); ++s) {
    for (int t = 0; t < sentences.length(s); ++t) positions.push_back(t);
  }
  return positions;
}

// The decoder's inputs: nothing at first (-1), then the word before.
std::vector<int> shifted(const Sentences& targets) {
  std::vector<int> inputs;
  inputs.reserve(targets.ids.size());
  for (int s = 0; s < targets.count(); ++s) {
    for (int t = targets.starts[static_cast<size_t>(s)]; t < targets.starts[static_cast<size_t>(s) + 1]; ++t) {
      inputs.push_back(t == targets.starts[static_cast<size_t>(s)] ? -1 : targets.ids[static_cast<size_t>(t) - 1]);
    }
  }
  return inputs;
}

}  // namespace

template <class Real>
struct Network<Real>::FeedForwardKept {
  Real* hidden;
  Real* normalised;
  Real* inverse_deviation;
  Real* y;
  Dropout dropout;
};

template <class Real>
struct Network<Real>::EncoderLayerKept {
  Real* query_key_value;
  std::vector<Real*> probabilities;  // per sentence
  Real* context;
  Real* normalised;
  Real* inverse_deviation;
  Real* y;
  Dropout dropout;
  FeedForwardKept feed_forward;
};

template <class Real>
struct Network<Real>::DecoderLayerKept {
  Real* zf;
  Real* states;
  Real* ssru_normalised;
  Real* ssru_inverse_deviation;
  Real* ssru_y;
  Dropout ssru_dropout;
  Real* query;
  Real* key_value;
  std::vector<Real*> probabilities;
  Real* context;
  Real* normalised;
  Real* inverse_deviation;
  Real* y;
  Dropout dropout;
  FeedForwardKept feed_forward;
};

// What all layers of one head share: its targets and the encoded sources in the order of the targets.
template <class Real>
struct Network<Real>::HeadPass {
  const HeadBatch* batch;
  std::vector<int> source_starts;  // of each target's source in `encoded`
  const Real* encoded;
  int source_tokens;
};

template <class Real>
Network<Real>::Network(const Layout& layout)
    : layout_(layout), positions_(static_cast<size_t>(kPositionsMax * layout.shape.width)) {
  fill_position_table(kPositionsMax, layout.shape.width, positions_.data());
}

template <class Real>
Dropout Network<Real>::next_dropout(const StepOptions& options) {
  return {options.dropout, options.seed + 0x632BE5ABu * ++dropout_count_};
}

template <class Real>
void Network<Real>::feed_forward(const Real* parameters, const FeedForwardAt& at, int rows, const Real* x,
                                 FeedForwardKept& kept) {
  const int width = layout_.shape.width;
  const int inner = layout_.shape.inner;
  const int stride = inner + kInnerPadding;
  kept.hidden = arena_.take<Real>(rows, stride);
  gemm<Real>(false, true, rows, inner, width, x, width, parameters + at.inner.weight, width, false, kept.hidden,
             stride);
  add_bias_relu(parameters + at.inner.bias, rows, inner, stride, kept.hidden);
  Real* out = arena_.take<Real>(rows, width);
  gemm<Real>(false, true, rows, width, inner, kept.hidden, stride, parameters + at.outer.weight, inner, false, out,
             width);
  kept.normalised = arena_.take<Real>(rows, width);
  kept.inverse_deviation = arena_.take<Real>(rows, 1);
  kept.y = arena_.take<Real>(rows, width);
  kept.dropout = next_dropout(options_);
  residual_norm(out, parameters + at.outer.bias, x, parameters + at.norm.scale, parameters + at.norm.bias, rows, width,
                kept.dropout, kept.normalised, kept.inverse_deviation, kept.y);
}

template <class Real>
void Network<Real>::feed_forward_backward(const Real* parameters, const FeedForwardAt& at, int rows, const Real* x,
                                          const FeedForwardKept& kept, const Real* d_y, Real* d_x, Real* gradient) {
  const int width = layout_.shape.width;
  const int inner = layout_.shape.inner;
  const int stride = inner + kInnerPadding;
  Real* d_out = arena_.take<Real>(rows, width);
  residual_norm_backward(d_y, kept.normalised, kept.inverse_deviation, parameters + at.norm.scale, rows, width,
                         kept.dropout, d_out, d_x, gradient + at.norm.scale, gradient + at.norm.bias,
                         gradient + at.outer.bias);
  Real* d_hidden = arena_.take<Real>(rows, stride);
  gemm<Real>(false, false, rows, inner, width, d_out, width, parameters + at.outer.weight, inner, false, d_hidden,
             stride);
  gemm<Real>(true, false, width, inner, rows, d_out, width, kept.hidden, stride, true, gradient + at.outer.weight,
             inner);
  relu_backward(kept.hidden, rows, inner, stride, d_hidden, gradient + at.inner.bias);
  gemm<Real>(false, false, rows, width, inner, d_hidden, stride, parameters + at.inner.weight, width, true, d_x, width);
  gemm<Real>(true, false, inner, width, rows, d_hidden, stride, x, width, true, gradient + at.inner.weight, width);
}

template <class Real>
void Network<Real>::encoder_layer(const Real* parameters, const EncoderLayerAt& at, const Sentences& sources,
                                  const Real* x, EncoderLayerKept& kept) {
  const int width = layout_.shape.width;
  const int heads = layout_.shape.heads;
  const int rows = sources.tokens();
  kept.query_key_value = arena_.take<Real>(rows, 3 * width);
  multiply(rows, 3 * width, width, x, parameters + at.query_key_value.weight, kept.query_key_value);
  add_bias(parameters + at.query_key_value.bias, rows, 3 * width, 3 * width, kept.query_key_value);
  kept.context = arena_.take<Real>(rows, width);
  for (int s = 0; s < sources.count(); ++s) {
    const int length = sources.length(s);
    const int start = sources.starts[static_cast<size_t>(s)];
    const Real* q = kept.query_key_value + static_cast<size_t>(start) * static_cast<size_t>(3 * width);
    kept.probabilities.push_back(arena_.take<Real>(heads * length, padded_keys(length)));
    attention<Real>({q, 3 * width, q + width, q + 2 * width, 3 * width, length, length, heads, width / heads,
                     kept.probabilities.back(), width},
                    kept.context + static_cast<size_t>(start) * static_cast<size_t>(width));
  }
  Real* out = arena_.take<Real>(rows, width);
  multiply(rows, width, width, kept.context, parameters + at.output.weight, out);
  kept.normalised = arena_.take<Real>(rows, width);
  kept.inverse_deviation = arena_.take<Real>(rows, 1);
  kept.y = arena_.take<Real>(rows, width);
  kept.dropout = next_dropout(options_);
  residual_norm(out, parameters + at.output.bias, x, parameters + at.norm.scale, parameters + at.norm.bias, rows, width,
                kept.dropout, kept.normalised, kept.inverse_deviation, kept.y);
  feed_forward(parameters, at.feed_forward, rows, kept.y, kept.feed_forward);
}

template <class Real>
void Network<Real>::encoder_layer_backward(const Real* parameters, const EncoderLayerAt& at, const Sentences& sources,
                                           const Real* x, const EncoderLayerKept& kept, const Real* d_y, Real* d_x,
                                           Real* gradient) {
  const int width = layout_.shape.width;
  const int heads = layout_.shape.heads;
  const int rows = sources.tokens();
  Real* d_middle = arena_.take<Real>(rows, width);
  feed_forward_backward(parameters, at.feed_forward, rows, kept.y, kept.feed_forward, d_y, d_middle, gradient);
  Real* d_out = arena_.take<Real>(rows, width);
  residual_norm_backward(d_middle, kept.normalised, kept.inverse_deviation, parameters + at.norm.scale, rows, width,
                         kept.dropout, d_out, d_x, gradient + at.norm.scale, gradient + at.norm.bias,
                         gradient + at.output.bias);
  Real* d_context = arena_.take<Real>(rows, width);
  multiply_backward(rows, width, width, kept.context, parameters + at.output.weight, d_out, false, d_context,
                    gradient + at.output.weight);
  Real* d_qkv = arena_.take<Real>(rows, 3 * width);
  for (int s = 0; s < sources.count(); ++s) {
    const int length = sources.length(s);
    const size_t start = static_cast<size_t>(sources.starts[static_cast<size_t>(s)]);
    const Real* q = kept.query_key_value + start * static_cast<size_t>(3 * width);
    Real* d_q = d_qkv + start * static_cast<size_t>(3 * width);
    attention_backward<Real>({q, 3 * width, q + width, q + 2 * width, 3 * width, length, length, heads, width / heads,
                              kept.probabilities[static_cast<size_t>(s)], width},
                             d_context + start * static_cast<size_t>(width), {}, d_q, 3 * width, d_q + width,
                             d_q + 2 * width, 3 * width);
  }
  add_column_sums(d_qkv, rows, 3 * width, 3 * width, gradient + at.query_key_value.bias);
  multiply_backward(rows, 3 * width, width, x, parameters + at.query_key_value.weight, d_qkv, true, d_x,
                    gradient + at.query_key_value.weight);
}

template <class Real>
void Network<Real>::decoder_layer(const Real* parameters, const DecoderLayerAt& at, const HeadPass& pass, const Real* x,
                                  DecoderLayerKept& kept) {
  const int width = layout_.shape.width;
  const int heads = layout_.shape.heads;
  const Sentences& targets = pass.batch->targets;
  const int rows = targets.tokens();
  const size_t row = static_cast<size_t>(width);

  kept.zf = arena_.take<Real>(rows, 2 * width);
  multiply(rows, 2 * width, width, x, parameters + at.ssru_weight, kept.zf);
  kept.states = arena_.take<Real>(rows, width);
  Real* out = arena_.take<Real>(rows, width);
  for (int s = 0; s < targets.count(); ++s) {
    const size_t start = static_cast<size_t>(targets.starts[static_cast<size_t>(s)]);
    ssru(targets.length(s), width, parameters + at.forget_bias, kept.zf + start * 2 * row, kept.states + start * row,
         out + start * row);
  }
  kept.ssru_normalised = arena_.take<Real>(rows, width);
  kept.ssru_inverse_deviation = arena_.take<Real>(rows, 1);
  kept.ssru_y = arena_.take<Real>(rows, width);
  kept.ssru_dropout = next_dropout(options_);
  residual_norm<Real>(out, nullptr, x, parameters + at.ssru_norm.scale, parameters + at.ssru_norm.bias, rows, width,
                      kept.ssru_dropout, kept.ssru_normalised, kept.ssru_inverse_deviation, kept.ssru_y);

  kept.query = arena_.take<Real>(rows, width);
  multiply(rows, width, width, kept.ssru_y, parameters + at.query.weight, kept.query);
  add_bias(parameters + at.query.bias, rows, width, width, kept.query);
  kept.key_value = arena_.take<Real>(pass.source_tokens, 2 * width);
  multiply(pass.source_tokens, 2 * width, width, pass.encoded, parameters + at.key_value.weight, kept.key_value);
  add_bias(parameters + at.key_value.bias, pass.source_tokens, 2 * width, 2 * width, kept.key_value);
  kept.context = arena_.take<Real>(rows, width);
  for (int s = 0; s < targets.count(); ++s) {
    const size_t start = static_cast<size_t>(targets.starts[static_cast<size_t>(s)]);
    const int source = pass.source_starts[static_cast<size_t>(s)];
    const int keys = pass.source_starts[static_cast<size_t>(s) + 1] - source;
    const Real* key = kept.key_value + static_cast<size_t>(source) * 2 * row;
    kept.probabilities.push_back(arena_.take<Real>(heads * targets.length(s), padded_keys(keys)));
    attention<Real>({kept.query + start * row, width, key, key + width, 2 * width, targets.length(s), keys, heads,
                     width / heads, kept.probabilities.back(), width},
                    kept.context + start * row);
  }
  multiply(rows, width, width, kept.context, parameters + at.output.weight, out);
  kept.normalised = arena_.take<Real>(rows, width);
  kept.inverse_deviation = arena_.take<Real>(rows, 1);
  kept.y = arena_.take<Real>(rows, width);
  kept.dropout = next_dropout(options_);
  residual_norm(out, parameters + at.output.bias, kept.ssru_y, parameters + at.cross_norm.scale,
                parameters + at.cross_norm.bias, rows, width, kept.dropout, kept.normalised, kept.inverse_deviation,
                kept.y);
  feed_forward(parameters, at.feed_forward, rows, kept.y, kept.feed_forward);
}

template <class Real>
void Network<Real>::decoder_layer_backward(const Real* parameters, const DecoderLayerAt& at, const HeadPass& pass,
                                           bool guided, const Real* x, const DecoderLayerKept& kept, const Real* d_y,
                                           Real* d_x, Real* d_encoded, Real* gradient) {
  const int width = layout_.shape.width;
  const int heads = layout_.shape.heads;
  const Sentences& targets = pass.batch->targets;
  const int rows = targets.tokens();
  const size_t row = static_cast<size_t>(width);

  Real* d_cross = arena_.take<Real>(rows, width);
  feed_forward_backward(parameters, at.feed_forward, rows, kept.y, kept.feed_forward, d_y, d_cross, gradient);
  Real* d_out = arena_.take<Real>(rows, width);
  Real* d_ssru = arena_.take<Real>(rows, width);
  residual_norm_backward(d_cross, kept.normalised, kept.inverse_deviation, parameters + at.cross_norm.scale, rows,
                         width, kept.dropout, d_out, d_ssru, gradient + at.cross_norm.scale,
                         gradient + at.cross_norm.bias, gradient + at.output.bias);
  Real* d_context = arena_.take<Real>(rows, width);
  multiply_backward(rows, width, width, kept.context, parameters + at.output.weight, d_out, false, d_context,
                    gradient + at.output.weight);
  Real* d_query = arena_.take<Real>(rows, width);
  Real* d_key_value = arena_.take<Real>(pass.source_tokens, 2 * width);
  const Real guided_weight = static_cast<Real>(options_.guided_weight * options_.gradient_scale);
  for (int s = 0; s < targets.count(); ++s) {
    const size_t start = static_cast<size_t>(targets.starts[static_cast<size_t>(s)]);
    const int source = pass.source_starts[static_cast<size_t>(s)];
    const int keys = pass.source_starts[static_cast<size_t>(s) + 1] - source;
    const Real* key = kept.key_value + static_cast<size_t>(source) * 2 * row;
    Real* d_key = d_key_value + static_cast<size_t>(source) * 2 * row;
    GuidedLinks<Real> links;
    if (guided)
      links = {pass.batch->link_starts.data() + start, pass.batch->link_keys.data(), guided_weight,
               options_.guided_heads};
    attention_backward<Real>({kept.query + start * row, width, key, key + width, 2 * width, targets.length(s), keys,
                              heads, width / heads, kept.probabilities[static_cast<size_t>(s)], width},
                             d_context + start * row, links, d_query + start * row, width, d_key, d_key + width,
                             2 * width);
  }
  add_column_sums(d_query, rows, width, width, gradient + at.query.bias);
  multiply_backward(rows, width, width, kept.ssru_y, parameters + at.query.weight, d_query, true, d_ssru,
                    gradient + at.query.weight);
  add_column_sums(d_key_value, pass.source_tokens, 2 * width, 2 * width, gradient + at.key_value.bias);
  multiply_backward(pass.source_tokens, 2 * width, width, pass.encoded, parameters + at.key_value.weight, d_key_value,
                    true, d_encoded, gradient + at.key_value.weight);

  residual_norm_backward<Real>(d_ssru, kept.ssru_normalised, kept.ssru_inverse_deviation,
                               parameters + at.ssru_norm.scale, rows, width, kept.ssru_dropout, d_out, d_x,
                               gradient + at.ssru_norm.scale, gradient + at.ssru_norm.bias, nullptr);
  Real* d_zf = arena_.take<Real>(rows, 2 * width);
  for (int s = 0; s < targets.count(); ++s) {
    const size_t start = static_cast<size_t>(targets.starts[static_cast<size_t>(s)]);
    ssru_backward(targets.length(s), width, kept.zf + start * 2 * row, kept.states + start * row, d_out + start * row,
                  d_zf + start * 2 * row, gradient + at.forget_bias);
  }
  multiply_backward(rows, 2 * width, width, x, parameters + at.ssru_weight, d_zf, true, d_x, gradient + at.ssru_weight);
}

// Returns the gradient of y, or null when none is asked for.
template <class Real>
Real* Network<Real>::output_layer(const Real* parameters, int index, const Candidates& candidates, int rows,
                                  const int* target_ids, const Real* y, HeadLoss& loss, Real* gradient) {
  const HeadAt& at = layout_.heads[static_cast<size_t>(index)];
  const int width = layout_.shape.width;
  const int vocabulary = layout_.shape.target_vocabularies[static_cast<size_t>(index)];
  const int count = static_cast<int>(candidates.ids.size());
  const size_t row = static_cast<size_t>(width);

  std::vector<int> place(static_cast<size_t>(vocabulary), -1);
  Real* table = arena_.take<Real>(count, width);
  Real* bias = arena_.take<Real>(count, 1);
  Real* weight = arena_.take<Real>(count, 1);
  Real* log_weight = arena_.take<Real>(count, 1);
  for (size_t j = 0; j < candidates.ids.size(); ++j) {
    const size_t id = static_cast<size_t>(candidates.ids[j]);
    place[id] = static_cast<int>(j);
    std::memcpy(table + j * row, parameters + at.embedding + id * row, sizeof(Real) * row);
    bias[j] = parameters[at.output_bias + id];
    weight[j] = static_cast<Real>(candidates.weight[j]);
    log_weight[j] = std::log(weight[j]);
  }
  std::vector<int> target(static_cast<size_t>(rows));
  for (size_t i = 0; i < target.size(); ++i) {
    target[i] = place[static_cast<size_t>(target_ids[i])];
    KABAR_CHECK(target[i] >= 0);
  }

  Real* logits = arena_.take<Real>(rows, count);
  multiply(rows, count, width, y, table, logits);
  add_bias(bias, rows, count, count, logits);
  loss.cross_entropy =
      softmax_cross_entropy(rows, count, target.data(), weight, log_weight, static_cast<Real>(options_.label_smoothing),
                            vocabulary, static_cast<Real>(options_.gradient_scale), logits, loss.correct);
  loss.tokens = rows;
  if (gradient == nullptr) return nullptr;
  Real* d_y = arena_.take<Real>(rows, width);
  Real* d_table = arena_.take<Real>(count, width);
  Real* d_bias = arena_.take<Real>(count, 1);
  gemm<Real>(false, false, rows, width, count, logits, count, table, width, false, d_y, width);
  gemm<Real>(true, false, count, width, rows, logits, count, y, width, false, d_table, width);
  std::fill(d_bias, d_bias + count, Real(0));
  add_column_sums(logits, rows, count, count, d_bias);
  for (size_t j = 0; j < candidates.ids.size(); ++j) {
    const size_t id = static_cast<size_t>(candidates.ids[j]);
    add_column_sums(d_table + j * row, 1, width, width, gradient + at.embedding + id * row);
    gradient[at.output_bias + id] += d_bias[j];
  }
  return d_y;
}

template <class Real>
HeadLoss Network<Real>::head(const Real* parameters, int index, const Batch& batch, const Candidates& candidates,
                             const Real* encoded, Real* d_encoded, Real* gradient) {
  const HeadAt& at = layout_.heads[static_cast<size_t>(index)];
  const HeadBatch& head_batch = batch.heads[static_cast<size_t>(index)];
  const Sentences& targets = head_batch.targets;
  const int width = layout_.shape.width;
  const size_t row = static_cast<size_t>(width);
  const int rows = targets.tokens();
  HeadLoss loss;
  if (rows == 0) return loss;

  HeadPass pass{&head_batch, {0}, nullptr, 0};
  for (const int source : head_batch.sources) {
    pass.source_starts.push_back(pass.source_starts.back() + batch.sources.length(source));
  }
  pass.source_tokens = pass.source_starts.back();
  Real* own_encoded = arena_.take<Real>(pass.source_tokens, width);
  const auto each_source = [&](auto&& copy) {
    for (size_t s = 0; s < head_batch.sources.size(); ++s) {
      const int source = head_batch.sources[s];
      copy(static_cast<size_t>(batch.sources.starts[static_cast<size_t>(source)]) * row,
           static_cast<size_t>(pass.source_starts[s]) * row, static_cast<size_t>(batch.sources.length(source)) * row);
    }
  };
  each_source([&](size_t from, size_t to, size_t count) {
    std::memcpy(own_encoded + to, encoded + from, sizeof(Real) * count);
  });
  pass.encoded = own_encoded;

  const std::vector<int> inputs = shifted(targets);
  const Dropout dropout = next_dropout(options_);
  Real* x = arena_.take<Real>(rows, width);
  embed(inputs.data(), positions_of(targets).data(), rows, width, parameters + at.embedding, positions_.data(), dropout,
        x);
  std::vector<DecoderLayerKept> kept(at.layers.size());
  std::vector<const Real*> layer_inputs;
  const Real* y = x;
  for (size_t l = 0; l < at.layers.size(); ++l) {
    layer_inputs.push_back(y);
    decoder_layer(parameters, at.layers[l], pass, y, kept[l]);
    y = kept[l].feed_forward.y;
  }
  Real* d_y = output_layer(parameters, index, candidates, rows, targets.ids.data(), y, loss, gradient);
  if (gradient == nullptr) return loss;

  Real* d_own_encoded = arena_.take<Real>(pass.source_tokens, width);
  std::fill(d_own_encoded, d_own_encoded + static_cast<size_t>(pass.source_tokens) * row, Real(0));
  for (size_t l = at.layers.size(); l-- > 0;) {
    const bool guided = l + 1 == at.layers.size() && options_.guided_weight > 0;
    Real* d_x = arena_.take<Real>(rows, width);
    decoder_layer_backward(parameters, at.layers[l], pass, guided, layer_inputs[l], kept[l], d_y, d_x, d_own_encoded,
                           gradient);
    d_y = d_x;
  }
  embed_backward(inputs.data(), rows, width, d_y, dropout, gradient + at.embedding);
  each_source([&](size_t from, size_t to, size_t count) {
    for (size_t i = 0; i < count; ++i) d_encoded[from + i] += d_own_encoded[to + i];
  });
  return loss;
}

template <class Real>
std::vector<HeadLoss> Network<Real>::run(const Real* parameters, const Batch& batch,
                                         std::span<const Candidates> candidates, const StepOptions& options,
                                         Real* gradient) {
  arena_.reset();
  options_ = options;
  dropout_count_ = 0;
  const int width = layout_.shape.width;
  const int rows = batch.sources.tokens();
  const Dropout dropout = next_dropout(options_);
  Real* x = arena_.take<Real>(rows, width);
  embed(batch.sources.ids.data(), positions_of(batch.sources).data(), rows, width,
        parameters + layout_.source_embedding, positions_.data(), dropout, x);
  std::vector<EncoderLayerKept> kept(layout_.encoder.size());
  std::vector<const Real*> layer_inputs;
  const Real* y = x;
  for (size_t l = 0; l < layout_.encoder.size(); ++l) {
    layer_inputs.push_back(y);
    encoder_layer(parameters, layout_.encoder[l], batch.sources, y, kept[l]);
    y = kept[l].feed_forward.y;
  }

  Real* d_y = arena_.take<Real>(rows, width);
  std::fill(d_y, d_y + static_cast<size_t>(rows) * static_cast<size_t>(width), Real(0));
  std::vector<HeadLoss> losses;
  for (size_t h = 0; h < batch.heads.size(); ++h) {
    losses.push_back(head(parameters, static_cast<int>(h), batch, candidates[h], y, d_y, gradient));
  }
  if (gradient == nullptr) return losses;
  for (size_t l = layout_.encoder.size(); l-- > 0;) {
    Real* d_x = arena_.take<Real>(rows, width);
    encoder_layer_backward(parameters, layout_.encoder[l], batch.sources, layer_inputs[l], kept[l], d_y, d_x, gradient);
    d_y = d_x;
  }
  embed_backward(batch.sources.ids.data(), rows, width, d_y, dropout, gradient + layout_.source_embedding);
  return losses;
}

template class Network<float>;
template class Network<double>;

}  // namespace kabar::train
