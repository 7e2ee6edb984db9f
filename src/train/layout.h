// Where each weight of the network stands in one flat array, so that gradients, moments and averages are arrays of
// the same shape and a checkpoint is a copy of them.
//
// Matrices are [outputs][inputs] as in nn/weights.h. Matrices that see the same input stand one after the other
// (query, key, value; W and Wf of the SSRU), so one product computes them together.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "nn/weights.h"

namespace kabar::train {

struct NetworkShape {
  int width = 256;
  int heads = 8;  // attention heads; width / heads at most 64
  int inner = 1024;
  int encoder_layers = 6;
  int decoder_layers = 2;
  int source_vocabulary = 8000;
  std::vector<int> target_vocabularies;  // one per language head

  bool operator==(const NetworkShape&) const = default;
};

enum class Fill { glorot, zero, one };

struct Tensor {
  std::string name;  // Marian's, with "head{i}." before those of a language head
  size_t offset = 0;
  int rows = 0;
  int columns = 0;
  Fill fill = Fill::zero;
  bool by_rows = false;  // embeddings and output biases: a batch touches few rows, and only these are updated

  size_t size() const { return static_cast<size_t>(rows) * static_cast<size_t>(columns); }
};

struct NormAt {
  size_t scale = 0, bias = 0;
};
struct LinearAt {
  size_t weight = 0, bias = 0;
};
struct FeedForwardAt {
  LinearAt inner, outer;
  NormAt norm;
};
struct EncoderLayerAt {
  LinearAt query_key_value, output;
  NormAt norm;
  FeedForwardAt feed_forward;
};
struct DecoderLayerAt {
  size_t ssru_weight = 0;  // W, then Wf
  size_t forget_bias = 0;
  NormAt ssru_norm;
  LinearAt query, key_value, output;
  NormAt cross_norm;
  FeedForwardAt feed_forward;
};
struct HeadAt {
  size_t embedding = 0;  // also the output matrix
  size_t output_bias = 0;
  std::vector<DecoderLayerAt> layers;
};

struct Layout {
  explicit Layout(const NetworkShape& shape);

  NetworkShape shape;
  std::vector<Tensor> tensors;  // in the order of their offsets
  size_t size = 0;
  size_t source_embedding = 0;
  std::vector<EncoderLayerAt> encoder;
  std::vector<HeadAt> heads;
};

// Glorot's uniform for matrices (an embedding counts its width on both sides, as in Marian), zeros, and ones for the
// scales of layer norms. The same seed gives the same weights.
template <class Real>
void fill_start_weights(const Layout& layout, uint64_t seed, Real* parameters);

// Views into `parameters` for the engine; they live as long as the array.
nn::Encoder encoder_view(const Layout& layout, const float* parameters);
nn::Head head_view(const Layout& layout, const float* parameters, int head);

}  // namespace kabar::train
