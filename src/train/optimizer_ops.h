// The optimiser's passes over memory. Ranges are plain arrays; nothing is kept here.
#pragma once
#include <cstddef>

namespace kabar::train {

// sum += other, other = 0; returns the sum of squares of `sum`. other may be null.
double add_gradients(float* sum, float* other, size_t count);

// One step of Adam (Kingma and Ba 2015) with bias correction.
struct AdamStep {
  float rate = 0;
  float beta1 = 0.9f, beta2 = 0.98f;
  float epsilon = 1e-9f;
  float correction1 = 1, correction2 = 1;  // 1 / (1 - beta^step)
  float gradient_factor = 1;               // clipping
};
// Updates the weights and sets the gradient to 0.
void adam(const AdamStep& step, size_t count, float* weights, float* first, float* second, float* gradient);

// average += share * (weights - average).
void average(float share, size_t count, const float* weights, float* averages);

}  // namespace kabar::train
