#include "nn/affine.h"

namespace kabar::nn {

using kernels::Kernels;

namespace {

const kernels::Int8Product& product_for(const Kernels& kernels, Sign inputs) {
  return inputs == Sign::any ? kernels.s8 : kernels.bytes;
}

}  // namespace

Rows take_rows(Arena& arena, int count, int width) {
  const int stride = kernels::padded(width);
  return {arena.take<float>(static_cast<size_t>(count) * static_cast<size_t>(stride)).data(), count, width, stride};
}

Input::Input(const Kernels& kernels, Arena& arena, const Rows& rows) : kernels_(kernels), arena_(arena), rows_(rows) {}

const kernels::QuantisedRows& Input::quantised(const kernels::Int8Product& product, float multiplier) {
  if (product_ == &product && multiplier_ == multiplier) return quantised_;
  product_ = &product;
  multiplier_ = multiplier;
  const int stride = kernels::padded(rows_.width) * product.input_bytes;
  const size_t count = static_cast<size_t>(rows_.count);
  std::byte* data = arena_.take<std::byte>(count * static_cast<size_t>(stride)).data();
  float* scale = arena_.take<float>(count).data();
  for (int i = 0; i < rows_.count; ++i) {
    float factor = multiplier;
    if (factor == 0) {
      const float max = kernels_.max_abs(rows_.row(i), rows_.width);
      factor = max > 0 ? 127.0f / max : 1.0f;
    }
    product.quantise(rows_.row(i), rows_.width, factor, data + static_cast<size_t>(i) * static_cast<size_t>(stride));
    scale[i] = 1.0f / factor;
  }
  quantised_ = {data, stride, scale};
  return quantised_;
}

Affine::Affine(const Kernels& kernels, const Matrix& weight, std::span<const float> bias, Sign inputs)
    : outputs_(weight.outputs), input_multiplier_(weight.input_multiplier), inputs_(inputs) {
  const float* bias_values = bias.empty() ? nullptr : bias.data();
  if (weight.s8.empty()) {
    f32_ = kernels::pack_f32(kernels, weight.f32.data(), bias_values, weight.outputs, weight.inputs);
  } else {
    s8_ = kernels::pack_s8(kernels, product_for(kernels, inputs), weight.s8.data(), weight.scale.data(), bias_values,
                           weight.outputs, weight.inputs);
  }
}

void Affine::apply(Input& input, const kernels::Epilogue& epilogue, const Rows& out) const {
  const Kernels& kernels = input.kernels();
  const Rows& rows = input.rows();
  if (s8_) {
    const kernels::Int8Product& product = product_for(kernels, inputs_);
    product.gemm(*s8_, input.quantised(product, input_multiplier_), rows.count, epilogue, out.data, out.stride);
  } else {
    kernels.gemm_f32(*f32_, rows.data, rows.stride, rows.count, epilogue, out.data, out.stride);
  }
}

void read_row(const Matrix& table, int row, float factor, float* out) {
  const size_t width = static_cast<size_t>(table.inputs);
  const size_t start = static_cast<size_t>(row) * width;
  if (table.s8.empty()) {
    const float* from = table.f32.data() + start;
    for (size_t i = 0; i < width; ++i) out[i] = factor * from[i];
  } else {
    const int8_t* from = table.s8.data() + start;
    const float scale = table.scale[static_cast<size_t>(row)] * factor;
    for (size_t i = 0; i < width; ++i) out[i] = scale * static_cast<float>(from[i]);
  }
}

}  // namespace kabar::nn
