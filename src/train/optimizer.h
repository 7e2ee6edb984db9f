// Adam over the flat array of weights, with an exponential moving average of them.
//
// Embedding rows that a batch did not touch have no gradient and are left alone, moments included ("lazy" Adam):
// two thirds of the weights stand in embeddings, and a small batch touches few of their rows.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "base/thread_pool.h"
#include "train/arena.h"
#include "train/layout.h"

namespace kabar::train {

struct OptimizerOptions {
  float clip_norm = 1.0f;  // of the whole gradient, over which it is scaled down
  float beta1 = 0.9f, beta2 = 0.98f;
  float average_decay = 0.9995f;  // per step; less at the start: (1 + step) / (10 + step)
  int average_every = 8;          // steps between two updates of the average
};

// Rows of one embedding (or output bias) tensor.
struct TouchedRows {
  size_t tensor = 0;      // index into Layout::tensors
  std::vector<int> rows;  // distinct
};

struct OptimizerState {
  explicit OptimizerState(size_t size) : weights(size), first(size), second(size), averages(size) {}
  Buffer<float> weights, first, second, averages;
  int64_t step = 0;
};

// Updates state.weights with the sum of the gradients (arrays like the weights, one per thread of work) and leaves
// the gradients zero. Returns the norm of the gradient before clipping; if it is not finite nothing is updated.
double update(const Layout& layout, const OptimizerOptions& options, float rate, std::span<float* const> gradients,
              std::span<const TouchedRows> touched, ThreadPool& pool, OptimizerState& state);

}  // namespace kabar::train
