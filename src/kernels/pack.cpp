#include "kernels/kernels.h"

namespace kabar::kernels {
namespace {

AlignedVector<float> padded_copy(const float* values, int count) {
  AlignedVector<float> copy(static_cast<size_t>(padded(count)), 0.0f);
  if (values != nullptr) std::copy(values, values + count, copy.begin());
  return copy;
}

// Where the weight of (output, input) stands: panels of `panel` outputs, groups of `group` inputs.
struct Order {
  int panel;
  int group;
  size_t inputs;  // padded

  size_t place(int output, int input) const {
    const size_t panel_start = static_cast<size_t>(output / panel) * panel * inputs;
    const size_t group_start = static_cast<size_t>(input / group) * panel * group;
    return panel_start + group_start + static_cast<size_t>(output % panel) * group + static_cast<size_t>(input % group);
  }
};

}  // namespace

PackedS8 pack_s8(const Kernels& kernels, const int8_t* weights, const float* scale, const float* bias, int outputs,
                 int inputs) {
  PackedS8 packed;
  packed.outputs = outputs;
  packed.inputs = inputs;
  packed.scale = padded_copy(scale, outputs);
  packed.bias = padded_copy(bias, outputs);
  packed.start.assign(static_cast<size_t>(padded(outputs)), 0);
  packed.weights.assign(static_cast<size_t>(padded(outputs)) * padded(inputs), 0);
  const Order order{kernels.panel, kernels.group, static_cast<size_t>(padded(inputs))};
  for (int output = 0; output < outputs; ++output) {
    const int8_t* row = weights + static_cast<size_t>(output) * inputs;
    int32_t sum = 0;
    const size_t step = static_cast<size_t>(kernels.panel) * kernels.group;
    int8_t* to = packed.weights.data() + order.place(output, 0);
    for (int input = 0; input < inputs; input += kernels.group, to += step) {
      for (int i = 0; i < kernels.group && input + i < inputs; ++i) {
        to[i] = row[input + i];
        sum += row[input + i];
      }
    }
    packed.start[static_cast<size_t>(output)] = kernels.start_factor * sum;
  }
  return packed;
}

PackedF32 pack_f32(const Kernels& kernels, const float* weights, const float* bias, int outputs, int inputs) {
  PackedF32 packed;
  packed.outputs = outputs;
  packed.inputs = inputs;
  packed.bias = padded_copy(bias, outputs);
  packed.weights.assign(static_cast<size_t>(padded(outputs)) * padded(inputs), 0.0f);
  const Order order{kernels.panel, 1, static_cast<size_t>(padded(inputs))};
  for (int output = 0; output < outputs; ++output) {
    const float* row = weights + static_cast<size_t>(output) * inputs;
    float* to = packed.weights.data() + order.place(output, 0);
    for (int input = 0; input < inputs; ++input) to[static_cast<size_t>(input) * kernels.panel] = row[input];
  }
  return packed;
}

}  // namespace kabar::kernels
