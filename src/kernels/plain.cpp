// Plain C++: runs everywhere and is what every other set is tested against, so it is written to be read.
#include <algorithm>
#include <cmath>

#include "kernels/list.h"

namespace kabar::kernels {
namespace {

constexpr int kPanel = 16;
constexpr int kGroup = 4;

const int8_t* as_s8(const std::byte* bytes) { return reinterpret_cast<const int8_t*>(bytes); }

float activate(float x, Activation activation) {
  switch (activation) {
    case Activation::none:
      return x;
    case Activation::relu:
      return std::max(x, 0.0f);
    case Activation::swish:
      return x / (1 + std::exp(-x));
    case Activation::gelu:
      return x / (1 + std::exp(-1.702f * x));
  }
  return x;
}

float max_abs(const float* x, int count) {
  float max = 0;
  for (int i = 0; i < count; ++i) max = std::max(max, std::fabs(x[i]));
  return max;
}

void quantise(const float* x, int count, float multiplier, std::byte* out) {
  int8_t* to = reinterpret_cast<int8_t*>(out);
  std::fill(to, to + padded(count), int8_t{0});
  for (int i = 0; i < count; ++i) {
    to[i] = static_cast<int8_t>(std::clamp(std::nearbyint(x[i] * multiplier), -127.0f, 127.0f));
  }
}

float finish(float y, const Epilogue& epilogue, size_t place) {
  y = activate(y, epilogue.activation);
  return epilogue.residual == nullptr ? y : y + epilogue.residual[place];
}

void gemm_s8(const PackedS8& w, const QuantisedRows& x, int rows, const Epilogue& epilogue, float* out, int stride) {
  const int inputs = padded(w.inputs);
  for (int row = 0; row < rows; ++row) {
    const int8_t* a = as_s8(x.data + static_cast<size_t>(row) * x.stride);
    for (int panel = 0; panel < w.outputs; panel += kPanel) {
      const int8_t* b = w.weights.data() + static_cast<size_t>(panel) * inputs;
      int32_t sums[kPanel] = {};
      for (int i = 0; i < inputs; i += kGroup, b += kPanel * kGroup) {
        for (int j = 0; j < kPanel * kGroup; ++j) sums[j / kGroup] += a[i + j % kGroup] * b[j];
      }
      for (int j = 0; j < kPanel; ++j) {
        const size_t output = static_cast<size_t>(panel + j);
        const size_t place = static_cast<size_t>(row) * stride + output;
        const float y = static_cast<float>(sums[j]) * (x.scale[row] * w.scale[output]) + w.bias[output];
        out[place] = finish(y, epilogue, place);
      }
    }
  }
}

void gemm_f32(const PackedF32& w, const float* x, int x_stride, int rows, const Epilogue& epilogue, float* out,
              int stride) {
  for (int row = 0; row < rows; ++row) {
    const float* a = x + static_cast<size_t>(row) * x_stride;
    for (int panel = 0; panel < w.outputs; panel += kPanel) {
      const float* b = w.weights.data() + static_cast<size_t>(panel) * padded(w.inputs);
      float sums[kPanel] = {};
      for (int i = 0; i < w.inputs; ++i, b += kPanel) {
        for (int j = 0; j < kPanel; ++j) sums[j] += a[i] * b[j];
      }
      for (int j = 0; j < kPanel; ++j) {
        const size_t place = static_cast<size_t>(row) * stride + static_cast<size_t>(panel + j);
        out[place] = finish(sums[j] + w.bias[static_cast<size_t>(panel + j)], epilogue, place);
      }
    }
  }
}

void select_s8(const TableS8& table, const std::byte* x, float x_scale, const int32_t* ids, int count, float* out) {
  const int8_t* a = as_s8(x);
  for (int i = 0; i < count; ++i) {
    const int8_t* row = table.rows + static_cast<size_t>(ids[i]) * table.inputs;
    int32_t sum = 0;
    for (int k = 0; k < table.inputs; ++k) sum += a[k] * row[k];
    out[i] =
        static_cast<float>(sum) * (x_scale * table.scale[ids[i]]) + (table.bias == nullptr ? 0.0f : table.bias[ids[i]]);
  }
}

void select_f32(const TableF32& table, const float* x, const int32_t* ids, int count, float* out) {
  for (int i = 0; i < count; ++i) {
    const float* row = table.rows + static_cast<size_t>(ids[i]) * table.inputs;
    float sum = 0;
    for (int k = 0; k < table.inputs; ++k) sum += x[k] * row[k];
    out[i] = sum + (table.bias == nullptr ? 0.0f : table.bias[ids[i]]);
  }
}

void layer_norm(float* x, const float* scale, const float* bias, int count) {
  float sum = 0;
  for (int i = 0; i < count; ++i) sum += x[i];
  const float mean = sum / static_cast<float>(count);
  float squares = 0;
  for (int i = 0; i < count; ++i) squares += (x[i] - mean) * (x[i] - mean);
  const float factor = 1.0f / std::sqrt(squares / static_cast<float>(count) + 1e-6f);
  for (int i = 0; i < count; ++i) x[i] = scale[i] * ((x[i] - mean) * factor) + bias[i];
}

void softmax(float* x, int count) {
  const float max = *std::max_element(x, x + count);
  float sum = 0;
  for (int i = 0; i < count; ++i) sum += x[i] = std::exp(x[i] - max);
  for (int i = 0; i < count; ++i) x[i] /= sum;
}

void attend(const Attend& a) {
  const float factor = 1.0f / std::sqrt(static_cast<float>(a.head_width));
  for (int head = 0; head < a.heads; ++head) {
    float* weights = a.weights + static_cast<size_t>(head) * padded(a.count);
    const int first = head * a.head_width;
    for (int j = 0; j < a.count; ++j) {
      float sum = 0;
      for (int k = first; k < first + a.head_width; ++k) sum += a.query[k] * a.keys[j][k];
      weights[j] = sum * factor;
    }
    softmax(weights, a.count);
    for (int k = first; k < first + a.head_width; ++k) {
      float sum = 0;
      for (int j = 0; j < a.count; ++j) sum += weights[j] * a.values[j][k];
      a.out[k] = sum;
    }
  }
}

void ssru(const float* input, const float* forget, const float* x, const float* cell_in, float* cell_out, float* out,
          int count) {
  for (int i = 0; i < count; ++i) {
    const float f = 1 / (1 + std::exp(-forget[i]));
    cell_out[i] = f * cell_in[i] + (1 - f) * input[i];
    out[i] = std::max(cell_out[i], 0.0f) + x[i];
  }
}

int arg_max(const float* x, int count) { return static_cast<int>(std::max_element(x, x + count) - x); }

float log_sum_exp(const float* x, int count, float max) {
  float sum = 0;
  for (int i = 0; i < count; ++i) sum += std::exp(x[i] - max);
  return max + std::log(sum);
}

template <typename T>
int64_t peak(int64_t rounds) {
  volatile T factor = 1;
  T sum = 0;
  for (int64_t i = 0; i < rounds; ++i) sum += factor * factor;
  factor = sum;
  return rounds;
}

constexpr Int8Product kProduct = {
    .input_bytes = 1,
    .group = kGroup,
    .start_factor = 0,
    .quantise = quantise,
    .gemm = gemm_s8,
};

}  // namespace

const Kernels kPlain = {
    .name = "plain",
    .runs_here = [] { return true; },
    .panel = kPanel,
    .s8 = kProduct,
    .bytes = kProduct,
    .max_abs = max_abs,
    .gemm_f32 = gemm_f32,
    .select_s8 = select_s8,
    .select_f32 = select_f32,
    .layer_norm = layer_norm,
    .attend = attend,
    .ssru = ssru,
    .arg_max = arg_max,
    .log_sum_exp = log_sum_exp,
    .peak_s8 = peak<int32_t>,
    .peak_f32 = peak<float>,
};

}  // namespace kabar::kernels
