#include "train/layout.h"

#include <cmath>

#include "train/random.h"

namespace kabar::train {
namespace {

class Builder {
 public:
  explicit Builder(Layout& layout) : layout_(layout) {}

  size_t add(std::string name, int rows, int columns, Fill fill, bool by_rows = false) {
    const size_t offset = layout_.size;
    layout_.tensors.push_back({std::move(name), offset, rows, columns, fill, by_rows});
    layout_.size += layout_.tensors.back().size();
    return offset;
  }
  NormAt norm(const std::string& prefix, int width) {
    NormAt at;
    at.scale = add(prefix + "_ln_scale", 1, width, Fill::one);
    at.bias = add(prefix + "_ln_bias", 1, width, Fill::zero);
    return at;
  }
  LinearAt linear(const std::string& prefix, const std::vector<std::string>& parts, int outputs, int inputs) {
    LinearAt at;
    for (size_t i = 0; i < parts.size(); ++i) {
      const size_t offset = add(prefix + "_W" + parts[i], outputs, inputs, Fill::glorot);
      if (i == 0) at.weight = offset;
    }
    for (size_t i = 0; i < parts.size(); ++i) {
      const size_t offset = add(prefix + "_b" + parts[i], 1, outputs, Fill::zero);
      if (i == 0) at.bias = offset;
    }
    return at;
  }
  FeedForwardAt feed_forward(const std::string& prefix) {
    FeedForwardAt at;
    const NetworkShape& shape = layout_.shape;
    at.inner = linear(prefix + "_ffn", {"1"}, shape.inner, shape.width);
    at.outer = linear(prefix + "_ffn", {"2"}, shape.width, shape.inner);
    at.norm = norm(prefix + "_ffn_ffn", shape.width);
    return at;
  }
  EncoderLayerAt encoder_layer(const std::string& prefix) {
    EncoderLayerAt at;
    const int width = layout_.shape.width;
    at.query_key_value = linear(prefix + "_self", {"q", "k", "v"}, width, width);
    at.output = linear(prefix + "_self", {"o"}, width, width);
    at.norm = norm(prefix + "_self_Wo", width);
    at.feed_forward = feed_forward(prefix);
    return at;
  }
  DecoderLayerAt decoder_layer(const std::string& prefix) {
    DecoderLayerAt at;
    const int width = layout_.shape.width;
    at.ssru_weight = add(prefix + "_rnn_W", width, width, Fill::glorot);
    add(prefix + "_rnn_Wf", width, width, Fill::glorot);
    at.forget_bias = add(prefix + "_rnn_bf", 1, width, Fill::zero);
    at.ssru_norm = norm(prefix + "_rnn_ffn", width);
    at.query = linear(prefix + "_context", {"q"}, width, width);
    at.key_value = linear(prefix + "_context", {"k", "v"}, width, width);
    at.output = linear(prefix + "_context", {"o"}, width, width);
    at.cross_norm = norm(prefix + "_context_Wo", width);
    at.feed_forward = feed_forward(prefix);
    return at;
  }

 private:
  Layout& layout_;
};

struct Views {
  const float* parameters;

  std::span<const float> values(size_t offset, int count) const {
    return {parameters + offset, static_cast<size_t>(count)};
  }
  nn::Matrix matrix(size_t offset, int outputs, int inputs) const {
    nn::Matrix view;
    view.outputs = outputs;
    view.inputs = inputs;
    view.f32 = values(offset, outputs * inputs);
    return view;
  }
  // The part-th of several matrices that stand one after the other, and its bias.
  nn::Linear linear(const LinearAt& at, int part, int outputs, int inputs) const {
    const size_t weights = static_cast<size_t>(outputs) * static_cast<size_t>(inputs);
    const size_t index = static_cast<size_t>(part);
    return {matrix(at.weight + index * weights, outputs, inputs),
            values(at.bias + index * static_cast<size_t>(outputs), outputs)};
  }
  nn::LayerNorm norm(const NormAt& at, int width) const { return {values(at.scale, width), values(at.bias, width)}; }
  nn::FeedForward feed_forward(const FeedForwardAt& at, const NetworkShape& shape) const {
    return {linear(at.inner, 0, shape.inner, shape.width), linear(at.outer, 0, shape.width, shape.inner),
            norm(at.norm, shape.width)};
  }
};

nn::Shape view_shape(const NetworkShape& shape) {
  nn::Shape view;
  view.width = shape.width;
  view.heads = shape.heads;
  view.inner = shape.inner;
  return view;
}

}  // namespace

Layout::Layout(const NetworkShape& network) : shape(network) {
  Builder builder(*this);
  source_embedding = builder.add("encoder_Wemb", shape.source_vocabulary, shape.width, Fill::glorot, true);
  for (int i = 1; i <= shape.encoder_layers; ++i) {
    encoder.push_back(builder.encoder_layer("encoder_l" + std::to_string(i)));
  }
  for (size_t h = 0; h < shape.target_vocabularies.size(); ++h) {
    const std::string prefix = "head" + std::to_string(h) + ".decoder";
    HeadAt head;
    head.embedding = builder.add(prefix + "_Wemb", shape.target_vocabularies[h], shape.width, Fill::glorot, true);
    head.output_bias = builder.add(prefix + "_ff_logit_out_b", shape.target_vocabularies[h], 1, Fill::zero, true);
    for (int i = 1; i <= shape.decoder_layers; ++i) {
      head.layers.push_back(builder.decoder_layer(prefix + "_l" + std::to_string(i)));
    }
    heads.push_back(std::move(head));
  }
}

template <class Real>
void fill_start_weights(const Layout& layout, uint64_t seed, Real* parameters) {
  Random random(seed);
  for (const Tensor& tensor : layout.tensors) {
    const int fan_in = tensor.by_rows ? tensor.columns : tensor.rows;
    const double limit = std::sqrt(6.0 / (fan_in + tensor.columns));
    for (size_t i = 0; i < tensor.size(); ++i) {
      Real& value = parameters[tensor.offset + i];
      if (tensor.fill == Fill::glorot) value = static_cast<Real>((2 * random.uniform() - 1) * limit);
      if (tensor.fill == Fill::zero) value = 0;
      if (tensor.fill == Fill::one) value = 1;
    }
  }
}

template void fill_start_weights(const Layout&, uint64_t, float*);
template void fill_start_weights(const Layout&, uint64_t, double*);

nn::Encoder encoder_view(const Layout& layout, const float* parameters) {
  const NetworkShape& shape = layout.shape;
  const Views views{parameters};
  const int width = shape.width;
  nn::Encoder encoder;
  encoder.shape = view_shape(shape);
  encoder.embedding = views.matrix(layout.source_embedding, shape.source_vocabulary, width);
  for (const EncoderLayerAt& at : layout.encoder) {
    nn::EncoderLayer layer;
    layer.self.query = views.linear(at.query_key_value, 0, width, width);
    layer.self.key = views.linear(at.query_key_value, 1, width, width);
    layer.self.value = views.linear(at.query_key_value, 2, width, width);
    layer.self.output = views.linear(at.output, 0, width, width);
    layer.self.norm = views.norm(at.norm, width);
    layer.feed_forward = views.feed_forward(at.feed_forward, shape);
    encoder.layers.push_back(layer);
  }
  return encoder;
}

nn::Head head_view(const Layout& layout, const float* parameters, int head) {
  const NetworkShape& shape = layout.shape;
  const Views views{parameters};
  const int width = shape.width;
  const HeadAt& at = layout.heads[static_cast<size_t>(head)];
  const int vocabulary = shape.target_vocabularies[static_cast<size_t>(head)];
  nn::Head view;
  view.shape = view_shape(shape);
  view.embedding = views.matrix(at.embedding, vocabulary, width);
  view.output = view.embedding;
  view.output_bias = views.values(at.output_bias, vocabulary);
  for (const DecoderLayerAt& layer_at : at.layers) {
    nn::DecoderLayer layer;
    const size_t weights = static_cast<size_t>(width) * static_cast<size_t>(width);
    layer.ssru = nn::Ssru{
        {views.matrix(layer_at.ssru_weight, width, width), {}},
        {views.matrix(layer_at.ssru_weight + weights, width, width), views.values(layer_at.forget_bias, width)},
        views.norm(layer_at.ssru_norm, width)};
    layer.cross.query = views.linear(layer_at.query, 0, width, width);
    layer.cross.key = views.linear(layer_at.key_value, 0, width, width);
    layer.cross.value = views.linear(layer_at.key_value, 1, width, width);
    layer.cross.output = views.linear(layer_at.output, 0, width, width);
    layer.cross.norm = views.norm(layer_at.cross_norm, width);
    layer.feed_forward = views.feed_forward(layer_at.feed_forward, shape);
    view.layers.push_back(layer);
  }
  return view;
}

}  // namespace kabar::train
