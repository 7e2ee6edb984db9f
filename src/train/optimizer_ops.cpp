// Compiled like ops.cpp.
#include "train/optimizer_ops.h"

#include <math.h>

namespace kabar::train {

double add_gradients(float* __restrict sum, float* __restrict other, size_t count) {
  double total = 0;
  for (size_t start = 0; start < count; start += 4096) {
    const size_t end = start + 4096 < count ? start + 4096 : count;
    float squares = 0;
    if (other != nullptr) {
      for (size_t i = start; i < end; ++i) {
        sum[i] += other[i];
        other[i] = 0;
        squares += sum[i] * sum[i];
      }
    } else {
      for (size_t i = start; i < end; ++i) squares += sum[i] * sum[i];
    }
    total += static_cast<double>(squares);
  }
  return total;
}

void adam(const AdamStep& step, size_t count, float* __restrict weights, float* __restrict first,
          float* __restrict second, float* __restrict gradient) {
  for (size_t i = 0; i < count; ++i) {
    const float g = gradient[i] * step.gradient_factor;
    gradient[i] = 0;
    first[i] = step.beta1 * first[i] + (1 - step.beta1) * g;
    second[i] = step.beta2 * second[i] + (1 - step.beta2) * g * g;
    weights[i] -= step.rate * (first[i] * step.correction1) / (sqrtf(second[i] * step.correction2) + step.epsilon);
  }
}

void average(float share, size_t count, const float* __restrict weights, float* __restrict averages) {
  for (size_t i = 0; i < count; ++i) averages[i] += share * (weights[i] - averages[i]);
}

}  // namespace kabar::train
