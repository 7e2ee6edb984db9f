// Rows of activations and their products with packed weights.
#pragma once
#include <optional>

#include "kernels/kernels.h"
#include "nn/arena.h"
#include "nn/weights.h"

namespace kabar::nn {

// Activations: `count` rows of `width` floats, `stride` apart (kernels::padded(width)).
struct Rows {
  float* data = nullptr;
  int count = 0;
  int width = 0;
  int stride = 0;

  float* row(int i) const { return data + static_cast<size_t>(i) * static_cast<size_t>(stride); }
  // Rows [first, first + rows).
  Rows part(int first, int rows) const { return {row(first), rows, width, stride}; }
};

Rows take_rows(Arena& arena, int count, int width);

// Rows on their way into one or several matrices; rounded to int8 once for those in turn that want the same.
// Lives no longer than the arena's mark at which it was made.
class Input {
 public:
  Input(const kernels::Kernels& kernels, Arena& arena, const Rows& rows);
  const kernels::Kernels& kernels() const { return kernels_; }
  const Rows& rows() const { return rows_; }
  // For `product`, one of the kernels' own; `multiplier` as in Matrix::input_multiplier.
  const kernels::QuantisedRows& quantised(const kernels::Int8Product& product, float multiplier);

 private:
  const kernels::Kernels& kernels_;
  Arena& arena_;
  Rows rows_;
  kernels::QuantisedRows quantised_;
  const kernels::Int8Product* product_ = nullptr;  // that quantised_ was made for, with …
  float multiplier_ = 0;
};

// What is known of the inputs of a product.
enum class Sign { any, never_negative };

// y = x W + b with the weights packed for one instruction set. Immutable.
class Affine {
 public:
  Affine() = default;
  Affine(const kernels::Kernels& kernels, const Matrix& weight, std::span<const float> bias, Sign inputs = Sign::any);
  Affine(const kernels::Kernels& kernels, const Linear& linear, Sign inputs = Sign::any)
      : Affine(kernels, linear.weight, linear.bias, inputs) {}

  int outputs() const { return outputs_; }
  // `out` has input.rows().count rows and may be the residual, but not the input.
  void apply(Input& input, const kernels::Epilogue& epilogue, const Rows& out) const;

 private:
  int outputs_ = 0;
  float input_multiplier_ = 0;
  Sign inputs_ = Sign::any;
  std::optional<kernels::PackedS8> s8_;
  std::optional<kernels::PackedF32> f32_;
};

// out = factor * row of an embedding table, as floats.
void read_row(const Matrix& table, int row, float factor, float* out);

}  // namespace kabar::nn
