// The weights of an encoder and of the decoder heads, as views into memory that somebody else keeps
// (a mapped package, a converted file, a trainer's arena).
//
// The network is Marian's Transformer, post-norm; equations: docs/engine.md.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kabar::nn {

// y[output] = sum over inputs of x[input] * W[output][input]. One row per output, rows packed,
// so an embedding table [vocabulary][width] and its use as output matrix are the same bytes.
struct Matrix {
  int outputs = 0;
  int inputs = 0;
  std::span<const float> f32;    // outputs * inputs values; empty for an int8 matrix
  std::span<const int8_t> s8;    // outputs * inputs values in -127..127; empty for a float matrix
  std::span<const float> scale;  // int8: W[j][i] = s8[j][i] * scale[j]; one per output
  float input_multiplier = 0;    // int8: x is rounded to x * input_multiplier and clamped to ±127 (Marian's alphas);
                                 // 0 = each row of x has its own 127 / max|x|
  bool empty() const { return outputs == 0; }
};

struct LayerNorm {
  std::span<const float> scale;
  std::span<const float> bias;
};

struct Linear {
  Matrix weight;
  std::span<const float> bias;  // one per output; empty = none
};

struct Attention {
  Linear query, key, value, output;  // each width x width
  LayerNorm norm;                    // after the residual sum
};

enum class Activation { relu, swish, gelu };

struct FeedForward {
  Linear inner;  // width -> inner width
  Linear outer;  // inner width -> width
  LayerNorm norm;
};

// Simpler simple recurrent unit: f = sigmoid(x Wf + bf), c = f c + (1 - f) (x W), y = LN(relu(c) + x).
struct Ssru {
  Linear input;   // W, without a bias
  Linear forget;  // Wf, bf
  LayerNorm norm;
};

struct EncoderLayer {
  Attention self;
  FeedForward feed_forward;
};

// Exactly one of `ssru` and `self` is there.
struct DecoderLayer {
  std::optional<Ssru> ssru;
  std::optional<Attention> self;
  Attention cross;
  FeedForward feed_forward;
};

struct Shape {
  int width = 0;  // dim-emb, a multiple of heads
  int heads = 0;
  int inner = 0;  // feed-forward width
  Activation activation = Activation::relu;
};

struct Encoder {
  Shape shape;
  Matrix embedding;  // [source vocabulary][width]
  std::vector<EncoderLayer> layers;
};

// One target language.
struct Head {
  Shape shape;       // the same width as the encoder's
  Matrix embedding;  // [target vocabulary][width]
  Matrix output;     // [target vocabulary][width]; often the same bytes as `embedding`
  std::span<const float> output_bias;
  std::vector<DecoderLayer> layers;
  int alignment_layer = -1;  // whose cross attention head 0 was trained on word alignments; -1 = the last
};

}  // namespace kabar::nn
