// A whole run: steps until told to stop, a line of log now and then, checkpoints.
#pragma once
#include <functional>
#include <stop_token>

#include "train/trainer.h"

namespace kabar::train {

// One line of the log (TSV with a heading; docs/training.md).
struct LogLine {
  int64_t step = 0;
  double hours = 0;      // of wall time, since this start of the program
  double cpu_hours = 0;  // of all threads, since this start
  int64_t tokens = 0;    // target tokens since this start
  double tokens_per_second = 0;
  float rate = 0;
  double gradient_norm = 0;
  double loss = 0;                // nats per target token, all heads
  std::vector<double> head_loss;  // per head
};

struct RunOptions {
  int64_t steps = 0;                 // of this run; 0 = no limit
  double minutes = 0;                // of this run; 0 = no limit
  bool cool = false;                 // the rate goes evenly down to nothing over this run; needs `minutes` or `steps`
  int log_every = 50;                // steps
  std::filesystem::path checkpoint;  // written every checkpoint_minutes and at the end; empty = none
  double checkpoint_minutes = 5;
  std::filesystem::path log;  // lines are added at its end; empty = none
  // A score of the averaged weights on sentences that are not trained on, the higher the better; empty = none.
  std::function<Result<double>(const Trainer&)> validate;
  double validation_minutes = 30;  // from one to the next; the last one is at the end
  int patience = 6;                // in a row without a better one: the run ends
  std::filesystem::path best;      // the checkpoint of the best one
};

// What was found by validating, this run or an earlier one: lines "step <TAB> score" beside the best checkpoint.
struct Validations {
  double best = 0;
  int64_t best_step = -1;  // -1: there was none
  int since_best = 0;
};
// Empty if the file is not there; bad_input with the line.
Result<Validations> read_validations(const std::filesystem::path& file);

// Ends after the steps or minutes, when validation has brought nothing better for long enough, or when asked to stop.
// bad_input when the gradient is not finite twice in
// a row: the last checkpoint is then the place to go on from with a lower rate.
Result<void> run_training(Trainer& trainer, const RunOptions& options, std::stop_token stop,
                          const std::function<void(const LogLine&)>& report);

}  // namespace kabar::train
