#include "train/training_run.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "train/pack.h"

namespace kabar::train {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// Sums over the steps since the last line of the log.
struct Window {
  std::vector<HeadLoss> losses;
  double norm = 0;
  int steps = 0;
  Clock::time_point start = Clock::now();

  void add(const StepReport& report) {
    losses.resize(report.losses.size());
    for (size_t h = 0; h < losses.size(); ++h) {
      losses[h].cross_entropy += report.losses[h].cross_entropy;
      losses[h].tokens += report.losses[h].tokens;
    }
    norm += report.gradient_norm;
    ++steps;
  }
  LogLine line(const StepReport& report) const {
    LogLine line;
    line.step = report.step;
    line.rate = report.rate;
    line.gradient_norm = norm / steps;
    double sum = 0;
    for (const HeadLoss& head : losses) {
      line.head_loss.push_back(head.tokens > 0 ? head.cross_entropy / head.tokens : 0);
      sum += head.cross_entropy;
      line.tokens += head.tokens;
    }
    line.loss = line.tokens > 0 ? sum / static_cast<double>(line.tokens) : 0;
    line.tokens_per_second = static_cast<double>(line.tokens) / seconds_since(start);
    return line;
  }
};

class Log {
 public:
  explicit Log(const std::filesystem::path& path) {
    if (path.empty()) return;
    const bool fresh = !std::filesystem::exists(path);
    file_.open(path, std::ios::app);
    if (!fresh) return;
    file_ << "step\thours\tcpu_hours\ttokens\ttokens_per_second\trate\tgradient_norm\tloss";
    for (const Language head : kHeads) file_ << '\t' << head.view();
    file_ << std::endl;
  }
  void write(const LogLine& line) {
    if (!file_.is_open()) return;
    fmt::print(file_, "{}\t{:.4f}\t{:.4f}\t{}\t{:.0f}\t{:.6f}\t{:.3f}\t{:.4f}", line.step, line.hours, line.cpu_hours,
               line.tokens, line.tokens_per_second, line.rate, line.gradient_norm, line.loss);
    for (const double loss : line.head_loss) fmt::print(file_, "\t{:.4f}", loss);
    file_ << std::endl;
  }

 private:
  std::ofstream file_;
};

// How much of the run is done, 0 to 1 at its end; 0 when it has no end.
double done_share(const RunOptions& options, int64_t steps, double seconds) {
  double share = 0;
  if (options.steps > 0) share = static_cast<double>(steps) / static_cast<double>(options.steps);
  if (options.minutes > 0) share = std::max(share, seconds / 60 / options.minutes);
  return share;
}

// Validates now and then, keeps the best weights and says when to end.
class Validator {
 public:
  static Result<Validator> open(const RunOptions& options) {
    Validator validator(options);
    if (!options.validate) return validator;
    validator.file_ = options.best.parent_path() / "validation.tsv";
    KABAR_ASSIGN(validator.found_, read_validations(validator.file_));
    validator.found_.since_best = 0;  // who goes on wants to see for himself
    return validator;
  }

  bool is_due() const { return options_->validate && seconds_since(last_) >= options_->validation_minutes * 60; }
  bool has_waited_enough() const { return options_->validate && found_.since_best >= options_->patience; }

  Result<void> validate(const Trainer& trainer, int64_t step) {
    KABAR_ASSIGN(const double score, options_->validate(trainer));
    if (found_.best_step < 0 || score > found_.best) {
      KABAR_TRY(trainer.save(options_->best));
      found_ = {.best = score, .best_step = step, .since_best = 0};
    } else {
      ++found_.since_best;
    }
    std::ofstream(file_, std::ios::app) << fmt::format("{}\t{:.3f}\n", step, score);
    last_ = Clock::now();
    return {};
  }

 private:
  explicit Validator(const RunOptions& options) : options_(&options) {}

  const RunOptions* options_;
  std::filesystem::path file_;
  Validations found_;
  Clock::time_point last_ = Clock::now();
};

}  // namespace

Result<Validations> read_validations(const std::filesystem::path& file) {
  Validations found;
  std::ifstream in(file);
  int64_t step = 0;
  double score = 0;
  while (in >> step >> score) {
    if (found.best_step >= 0 && score <= found.best) {
      ++found.since_best;
    } else {
      found = {.best = score, .best_step = step, .since_best = 0};
    }
  }
  if (in.is_open() && !in.eof()) return fail(ErrorKind::bad_input, file.string(), "is no list of steps and scores");
  return found;
}

Result<void> run_training(Trainer& trainer, const RunOptions& options, std::stop_token stop,
                          const std::function<void(const LogLine&)>& report) {
  Log log(options.log);
  const Clock::time_point start = Clock::now();
  Clock::time_point saved = start;
  const double cpu_start = cpu_seconds();
  int64_t tokens = 0;
  int faults = 0;
  int64_t last_step = -1;
  Window window;
  KABAR_ASSIGN(Validator validator, Validator::open(options));
  for (int64_t done = 0; !stop.stop_requested() && !validator.has_waited_enough(); ++done) {
    const double share = done_share(options, done, seconds_since(start));
    if (share >= 1) break;
    const Result<StepReport> step = trainer.step(options.cool ? static_cast<float>(1 - share) : 1.0f);
    if (!step) {
      if (++faults == 2) return tl::unexpected<Error>(step.error());
      continue;
    }
    faults = 0;
    last_step = step->step;
    window.add(*step);
    if (window.steps == options.log_every) {
      LogLine line = window.line(*step);
      tokens += line.tokens;
      line.tokens = tokens;
      line.hours = seconds_since(start) / 3600;
      line.cpu_hours = (cpu_seconds() - cpu_start) / 3600;
      log.write(line);
      report(line);
      window = Window();
    }
    if (!options.checkpoint.empty() && seconds_since(saved) > options.checkpoint_minutes * 60) {
      KABAR_TRY(trainer.save(options.checkpoint));
      saved = Clock::now();
    }
    if (validator.is_due()) KABAR_TRY(validator.validate(trainer, step->step));
  }
  if (!options.checkpoint.empty()) KABAR_TRY(trainer.save(options.checkpoint));
  if (options.validate && last_step >= 0 && !stop.stop_requested() && !validator.has_waited_enough()) {
    KABAR_TRY(validator.validate(trainer, last_step));
  }
  return {};
}

}  // namespace kabar::train
