// The [network] and [training] parts of a recipe (train/recipes/*.toml).
#pragma once
#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "train/data_recipe.h"
#include "train/layout.h"
#include "train/optimizer.h"

namespace kabar::train {

struct TrainingOptions {
  uint64_t seed = 1;
  int threads = 2;          // each works on its part of every batch; part of what makes a run repeatable
  int batch_tokens = 2500;  // target tokens of one step, all heads together
  float learning_rate = 1e-3f;
  int warmup_steps =
      400;  // the rate rises evenly to learning_rate, then stays; a run with RunOptions::cool takes it down
  float dropout = 0.05f;
  float label_smoothing = 0.1f;
  float guided_weight = 0.1f;  // of the alignment loss per linked token
  int guided_heads = 1;        // heads of the last cross attention that are taught so; the first is the alignment head
  bool lexical_start = true;   // begin from train/lexical_start.h
  int frequent_words = 1000;   // of each head's vocabulary, always in its softmax
  int drawn_words = 500;       // of the rest, drawn anew in each step; a negative number: the whole vocabulary
  double checkpoint_minutes = 5;
  std::vector<std::filesystem::path> validation;  // sets of sentences with references; none: no validation
  double validation_minutes = 30;                 // between two of them
  int patience = 6;                               // validations in a row without a better one, after which the run ends
  std::filesystem::path folder;                   // checkpoints and logs
  OptimizerOptions optimizer;
};

struct TrainingRecipe {
  DataRecipe data;
  NetworkShape shape;
  TrainingOptions training;
};

// bad_input with the line of what is wrong or unknown.
Result<TrainingRecipe> read_training_recipe(const std::filesystem::path& path);

}  // namespace kabar::train
