// The forward and backward pass of the engine's network (docs/engine.md) over one batch. There is one architecture,
// so the gradients are written out by hand; network_test.cpp compares each with finite differences.
#pragma once
#include <span>
#include <vector>

#include "train/arena.h"
#include "train/batch.h"
#include "train/layout.h"
#include "train/ops.h"

namespace kabar::train {

struct StepOptions {
  float dropout = 0;
  float label_smoothing = 0;
  float guided_weight = 0;    // of the alignment loss per linked target token
  int guided_heads = 1;       // of the last cross attention, whose links are taught
  uint32_t seed = 0;          // of the dropout masks
  double gradient_scale = 1;  // the gradient of (loss sum * gradient_scale) is added
};

struct HeadLoss {
  double cross_entropy = 0;  // sum over the tokens, natural logarithm, without smoothing
  int tokens = 0;
  int correct = 0;  // tokens that the network found likeliest, given those before
};

template <class Real>
class Network {
 public:
  explicit Network(const Layout& layout);

  // Adds to `gradient` (an array like `parameters`); null = only the losses. candidates: one per head.
  // Returns one loss per head. Not thread-safe: each thread has its own Network.
  std::vector<HeadLoss> run(const Real* parameters, const Batch& batch, std::span<const Candidates> candidates,
                            const StepOptions& options, Real* gradient);

 private:
  struct Encoding;
  struct HeadPass;
  struct FeedForwardKept;
  struct EncoderLayerKept;
  struct DecoderLayerKept;

  Dropout next_dropout(const StepOptions& options);
  void feed_forward(const Real* parameters, const FeedForwardAt& at, int rows, const Real* x, FeedForwardKept& kept);
  void feed_forward_backward(const Real* parameters, const FeedForwardAt& at, int rows, const Real* x,
                             const FeedForwardKept& kept, const Real* d_y, Real* d_x, Real* gradient);
  void encoder_layer(const Real* parameters, const EncoderLayerAt& at, const Sentences& sources, const Real* x,
                     EncoderLayerKept& kept);
  void encoder_layer_backward(const Real* parameters, const EncoderLayerAt& at, const Sentences& sources, const Real* x,
                              const EncoderLayerKept& kept, const Real* d_y, Real* d_x, Real* gradient);
  void decoder_layer(const Real* parameters, const DecoderLayerAt& at, const HeadPass& pass, const Real* x,
                     DecoderLayerKept& kept);
  void decoder_layer_backward(const Real* parameters, const DecoderLayerAt& at, const HeadPass& pass, bool guided,
                              const Real* x, const DecoderLayerKept& kept, const Real* d_y, Real* d_x, Real* d_encoded,
                              Real* gradient);
  HeadLoss head(const Real* parameters, int index, const Batch& batch, const Candidates& candidates,
                const Real* encoded, Real* d_encoded, Real* gradient);
  Real* output_layer(const Real* parameters, int index, const Candidates& candidates, int rows, const int* target_ids,
                     const Real* y, HeadLoss& loss, Real* gradient);

  const Layout& layout_;
  Buffer<Real> positions_;
  Arena arena_;
  StepOptions options_;
  uint32_t dropout_count_ = 0;
};

}  // namespace kabar::train
