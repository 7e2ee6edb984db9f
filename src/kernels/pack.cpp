#include <algorithm>
#include <cstring>
#include <numeric>

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

// Copies a row of weights, kGroup of them every `step` bytes.
template <int kGroup>
void pack_row(const int8_t* row, int inputs, size_t step, int8_t* to) {
  int input = 0;
  for (; input + kGroup <= inputs; input += kGroup, to += step) std::memcpy(to, row + input, kGroup);
  std::copy(row + input, row + inputs, to);
}

}  // namespace

PackedS8 pack_s8(const Kernels& kernels, const Int8Product& product, const int8_t* weights, const float* scale,
                 const float* bias, int outputs, int inputs) {
  PackedS8 packed;
  packed.outputs = outputs;
  packed.inputs = inputs;
  packed.scale = padded_copy(scale, outputs);
  packed.bias = padded_copy(bias, outputs);
  packed.start.assign(static_cast<size_t>(padded(outputs)), 0);
  packed.weights.assign(static_cast<size_t>(padded(outputs)) * padded(inputs), 0);
  const Order order{kernels.panel, product.group, static_cast<size_t>(padded(inputs))};
  const size_t step = static_cast<size_t>(kernels.panel) * static_cast<size_t>(product.group);
  for (int output = 0; output < outputs; ++output) {
    const int8_t* row = weights + static_cast<size_t>(output) * static_cast<size_t>(inputs);
    int8_t* to = packed.weights.data() + order.place(output, 0);
    if (product.group == 2) {
      pack_row<2>(row, inputs, step, to);
    } else {
      KABAR_CHECK(product.group == 4);
      pack_row<4>(row, inputs, step, to);
    }
    if (product.start_factor != 0) {
      packed.start[static_cast<size_t>(output)] = product.start_factor * std::accumulate(row, row + inputs, int32_t{0});
    }
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
