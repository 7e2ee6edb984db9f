// Training: batches from a pack, one optimiser step after the other, a log, checkpoints.
#pragma once
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "base/thread_pool.h"
#include "train/network.h"
#include "train/optimizer.h"
#include "train/sampler.h"
#include "train/training_recipe.h"

namespace kabar::train {

struct StepReport {
  int64_t step = 0;
  std::vector<HeadLoss> losses;  // per head, over its tokens in this step; estimated when words are drawn
  float rate = 0;
  double gradient_norm = 0;
};

// Not thread-safe; uses `threads` threads itself. `records` must outlive it.
class Trainer {
 public:
  // unsupported on an x86-64 CPU without AVX2 and FMA. bad_input when a record has an id outside of a vocabulary.
  static Result<std::unique_ptr<Trainer>> create(const TrainingRecipe& recipe,
                                                 const std::vector<PackedRecord>& records);

  // One optimiser step. `rate_factor` scales the learning rate (for cooling down).
  // bad_input when the gradient is not finite: nothing was updated.
  Result<StepReport> step(float rate_factor = 1);

  // All that decides the rest of the run: weights, moments, averages, step, random numbers, place in the data.
  // The file is written beside and renamed. io.
  Result<void> save(const std::filesystem::path& path) const;
  // not_found, or bad_input when the file is damaged or belongs to a network of another shape.
  Result<void> load(const std::filesystem::path& path);

  const Layout& layout() const { return layout_; }
  const float* weights() const { return state_.weights.data(); }
  const float* averages() const { return state_.averages.data(); }
  // Start from these weights (an array like weights()) in place of random ones.
  void set_weights(const float* weights);

 private:
  Trainer(const TrainingRecipe& recipe, const std::vector<PackedRecord>& records);
  std::vector<TouchedRows> touched_rows(const std::vector<Batch>& batches,
                                        const std::vector<Candidates>& candidates) const;

  TrainingOptions options_;
  Layout layout_;
  ThreadPool pool_;
  OptimizerState state_;
  std::vector<Buffer<float>> gradients_;
  std::vector<std::unique_ptr<Network<float>>> networks_;
  Sampler sampler_;
  Random random_;
  std::vector<std::vector<int>> words_by_frequency_;  // per head
};

}  // namespace kabar::train
