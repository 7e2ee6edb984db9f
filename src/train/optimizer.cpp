#include "train/optimizer.h"

#include <algorithm>
#include <cmath>

#include "train/optimizer_ops.h"

namespace kabar::train {
namespace {

struct Range {
  size_t start = 0;
  size_t count = 0;
};
constexpr size_t kRangeMax = size_t{1} << 15;  // gradient, weight and moments of a range fit the second cache

std::vector<Range> ranges_of(const Layout& layout, std::span<const TouchedRows> touched) {
  std::vector<Range> ranges;
  for (const Tensor& tensor : layout.tensors) {
    if (tensor.by_rows) continue;
    for (size_t start = 0; start < tensor.size(); start += kRangeMax) {
      ranges.push_back({tensor.offset + start, std::min(kRangeMax, tensor.size() - start)});
    }
  }
  for (const TouchedRows& one : touched) {
    const Tensor& tensor = layout.tensors[one.tensor];
    const size_t columns = static_cast<size_t>(tensor.columns);
    for (const int row : one.rows) ranges.push_back({tensor.offset + static_cast<size_t>(row) * columns, columns});
  }
  return ranges;
}

}  // namespace

double update(const Layout& layout, const OptimizerOptions& options, float rate, std::span<float* const> gradients,
              std::span<const TouchedRows> touched, ThreadPool& pool, OptimizerState& state) {
  const std::vector<Range> ranges = ranges_of(layout, touched);
  const int parts = static_cast<int>(gradients.size());
  const auto each_range = [&](auto&& work) {
    pool.run(parts, [&](int part) {
      for (size_t i = static_cast<size_t>(part); i < ranges.size(); i += static_cast<size_t>(parts)) {
        work(part, ranges[i]);
      }
    });
  };

  std::vector<double> squares(gradients.size());
  each_range([&](int part, const Range& range) {
    double sum = 0;
    for (size_t g = 1; g < gradients.size(); ++g) {
      sum = add_gradients(gradients[0] + range.start, gradients[g] + range.start, range.count);
    }
    if (gradients.size() == 1) sum = add_gradients(gradients[0] + range.start, nullptr, range.count);
    squares[static_cast<size_t>(part)] += sum;
  });
  double norm = 0;
  for (const double sum : squares) norm += sum;
  norm = std::sqrt(norm);
  if (!std::isfinite(norm)) {
    for (const Range& range : ranges) std::fill_n(gradients[0] + range.start, range.count, 0.0f);
    return norm;
  }

  ++state.step;
  AdamStep step;
  step.rate = rate;
  step.beta1 = options.beta1;
  step.beta2 = options.beta2;
  step.correction1 = static_cast<float>(1 / (1 - std::pow(static_cast<double>(options.beta1), state.step)));
  step.correction2 = static_cast<float>(1 / (1 - std::pow(static_cast<double>(options.beta2), state.step)));
  if (norm > static_cast<double>(options.clip_norm))
    step.gradient_factor = options.clip_norm / static_cast<float>(norm);
  each_range([&](int, const Range& range) {
    adam(step, range.count, state.weights.data() + range.start, state.first.data() + range.start,
         state.second.data() + range.start, gradients[0] + range.start);
  });

  if (state.step % options.average_every == 0) {
    const double done = static_cast<double>(state.step);
    const double decay = std::min(static_cast<double>(options.average_decay), (1 + done) / (10 + done));
    const float share = static_cast<float>(1 - std::pow(decay, options.average_every));
    pool.run(parts, [&](int part) {
      const size_t start = layout.size * static_cast<size_t>(part) / static_cast<size_t>(parts);
      const size_t end = layout.size * static_cast<size_t>(part + 1) / static_cast<size_t>(parts);
      average(share, end - start, state.weights.data() + start, state.averages.data() + start);
    });
  }
  return norm;
}

}  // namespace kabar::train
