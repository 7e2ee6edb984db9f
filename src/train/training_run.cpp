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

}  // namespace

Result<void> run_training(Trainer& trainer, const RunOptions& options, std::stop_token stop,
                          const std::function<void(const LogLine&)>& report) {
  Log log(options.log);
  const Clock::time_point start = Clock::now();
  Clock::time_point saved = start;
  const double cpu_start = cpu_seconds();
  int64_t tokens = 0;
  int faults = 0;
  Window window;
  for (int64_t done = 0; !stop.stop_requested(); ++done) {
    const double share = done_share(options, done, seconds_since(start));
    if (share >= 1) break;
    const Result<StepReport> step = trainer.step(options.cool ? static_cast<float>(1 - share) : 1.0f);
    if (!step) {
      if (++faults == 2) return tl::unexpected<Error>(step.error());
      continue;
    }
    faults = 0;
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
  }
  if (!options.checkpoint.empty()) KABAR_TRY(trainer.save(options.checkpoint));
  return {};
}

}  // namespace kabar::train
