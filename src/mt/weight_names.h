// The one list of the tensors of a model and of their names, which are Marian's. Readers and writers of every
// format walk it, so that they cannot disagree.
#pragma once
#include <string>

#include <fmt/format.h>

#include "nn/weights.h"

namespace kabar::mt {

inline constexpr const char* kSourceEmbedding = "encoder_Wemb";
inline constexpr const char* kTargetEmbedding = "decoder_Wemb";
inline constexpr const char* kOutputMatrix = "decoder_ff_logit_out_Wt";  // only if it is not the target embedding
inline constexpr const char* kOutputBias = "decoder_ff_logit_out_b";

// A Visitor has
//   void matrix(const std::string& name, nn::Matrix& matrix, int outputs, int inputs);
//   void vector(const std::string& name, std::span<const float>& values, int size);
// The sizes are what the shape asks for. Works on const weights with a visitor that takes const references.

template <typename Visitor, typename Norm>
void visit_norm(Visitor& visitor, const std::string& prefix, Norm& norm, int width) {
  visitor.vector(prefix + "_ln_scale", norm.scale, width);
  visitor.vector(prefix + "_ln_bias", norm.bias, width);
}

template <typename Visitor, typename Attention>
void visit_attention(Visitor& visitor, const std::string& prefix, Attention& attention, int width) {
  const auto linear = [&](char letter, auto& layer) {
    visitor.matrix(fmt::format("{}_W{}", prefix, letter), layer.weight, width, width);
    visitor.vector(fmt::format("{}_b{}", prefix, letter), layer.bias, width);
  };
  linear('q', attention.query);
  linear('k', attention.key);
  linear('v', attention.value);
  linear('o', attention.output);
  visit_norm(visitor, prefix + "_Wo", attention.norm, width);
}

template <typename Visitor, typename FeedForward>
void visit_feed_forward(Visitor& visitor, const std::string& prefix, FeedForward& layer, const nn::Shape& shape) {
  visitor.matrix(prefix + "_W1", layer.inner.weight, shape.inner, shape.width);
  visitor.vector(prefix + "_b1", layer.inner.bias, shape.inner);
  visitor.matrix(prefix + "_W2", layer.outer.weight, shape.width, shape.inner);
  visitor.vector(prefix + "_b2", layer.outer.bias, shape.width);
  visit_norm(visitor, prefix + "_ffn", layer.norm, shape.width);
}

// The layers, which have their number already; the embedding is the caller's.
template <typename Visitor, typename Encoder>
void visit_encoder_layers(Visitor& visitor, Encoder& encoder) {
  for (size_t i = 0; i < encoder.layers.size(); ++i) {
    const std::string prefix = fmt::format("encoder_l{}_", i + 1);
    visit_attention(visitor, prefix + "self", encoder.layers[i].self, encoder.shape.width);
    visit_feed_forward(visitor, prefix + "ffn", encoder.layers[i].feed_forward, encoder.shape);
  }
}

// The layers, which have their number and kind already; embedding, output matrix and output bias are the caller's.
template <typename Visitor, typename Head>
void visit_head_layers(Visitor& visitor, Head& head) {
  const int width = head.shape.width;
  for (size_t i = 0; i < head.layers.size(); ++i) {
    const std::string prefix = fmt::format("decoder_l{}_", i + 1);
    auto& layer = head.layers[i];
    if (layer.ssru) {
      visitor.matrix(prefix + "rnn_W", layer.ssru->input.weight, width, width);
      visitor.matrix(prefix + "rnn_Wf", layer.ssru->forget.weight, width, width);
      visitor.vector(prefix + "rnn_bf", layer.ssru->forget.bias, width);
      visit_norm(visitor, prefix + "rnn_ffn", layer.ssru->norm, width);
    } else {
      visit_attention(visitor, prefix + "self", *layer.self, width);
    }
    visit_attention(visitor, prefix + "context", layer.cross, width);
    visit_feed_forward(visitor, prefix + "ffn", layer.feed_forward, head.shape);
  }
}

}  // namespace kabar::mt
