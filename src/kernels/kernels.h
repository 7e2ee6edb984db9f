// The inner loops of the engine, once per instruction set. No threads, no allocation, no files.
//
// Rows of activations are floats with a stride of padded(width): kernels read and write whole vectors, so the
// elements between the width and the stride belong to them and hold anything finite.
#pragma once
#include <cstddef>
#include <cstdint>

#include "base/result.h"
#include "kernels/aligned.h"

namespace kabar::kernels {

// Every stride and every packed dimension is a multiple of this; no instruction set reads further.
inline constexpr int kPadding = 32;
constexpr int padded(int count) { return (count + kPadding - 1) / kPadding * kPadding; }

// int8 weights in the order in which one instruction set reads them: panels of Kernels::panel outputs; in a panel, for
// every group of Int8Product::group inputs, the group's weights of each output in turn.
struct PackedS8 {
  int outputs = 0;
  int inputs = 0;
  AlignedVector<int8_t> weights;  // padded(outputs) * padded(inputs)
  AlignedVector<float> scale;     // one per output
  AlignedVector<float> bias;      // one per output, zero where there is none
  AlignedVector<int32_t> start;   // what the accumulator of an output begins with
};

// The same with floats and groups of one input.
struct PackedF32 {
  int outputs = 0;
  int inputs = 0;
  AlignedVector<float> weights;
  AlignedVector<float> bias;
};

// Rows rounded to integers in -127..127, stored as the instruction set wants them.
struct QuantisedRows {
  const std::byte* data = nullptr;
  int stride = 0;                // bytes from row to row: padded(inputs) * Int8Product::input_bytes
  const float* scale = nullptr;  // x = integer * scale; one per row
};

enum class Activation { none, relu, swish, gelu };

// What happens to x W + b before it is stored: the activation, then the sum with a row of `residual`.
struct Epilogue {
  Activation activation = Activation::none;
  const float* residual = nullptr;  // rows of the result's stride; null = none. May be the result itself, but not
                                    // after swish or gelu
};

// An int8 embedding table as it lies in the file, for products with a few chosen rows of it.
struct TableS8 {
  const int8_t* rows = nullptr;   // [count][inputs]
  const float* scale = nullptr;   // one per row
  const int32_t* sums = nullptr;  // sum of each row; read only where Kernels::bytes.start_factor is not 0
  const float* bias = nullptr;    // one per row; null = none
  int inputs = 0;
};

struct TableF32 {
  const float* rows = nullptr;
  const float* bias = nullptr;
  int inputs = 0;
};

// One row of queries against `count` rows of keys and values, split into heads.
struct Attend {
  const float* query = nullptr;          // heads * head_width
  const float* const* keys = nullptr;    // count rows
  const float* const* values = nullptr;  // count rows
  int count = 0;
  int heads = 0;
  int head_width = 0;
  float* weights = nullptr;  // out: heads rows of padded(count), the probabilities
  float* out = nullptr;      // out: heads * head_width
};

// One way of storing inputs, and of multiplying them with int8 weights. A multiply-add is exact (32-bit sums), so all
// sets give the same integers.
struct Int8Product {
  int input_bytes;   // of one quantised input
  int group;         // inputs side by side in a packed matrix
  int start_factor;  // accumulators begin with this times the sum of the output's weights

  // round(x * multiplier), ties to even, clamped to -127..127; fills up to padded(count).
  void (*quantise)(const float* x, int count, float multiplier, std::byte* out);
  // out[row] = epilogue(x[row] W + b); out has `stride` >= padded(outputs).
  void (*gemm)(const PackedS8& w, const QuantisedRows& x, int rows, const Epilogue& epilogue, float* out, int stride);
};

// One instruction set.
struct Kernels {
  const char* name;
  bool (*runs_here)();  // asks the processor and the system
  int panel;            // outputs side by side in a packed matrix

  Int8Product s8;     // inputs of either sign
  Int8Product bytes;  // its gemm: for inputs that are never negative, as behind a ReLU; the same as s8 where that is
                      // no quicker
  float (*max_abs)(const float* x, int count);
  void (*gemm_f32)(const PackedF32& w, const float* x, int x_stride, int rows, const Epilogue& epilogue, float* out,
                   int stride);
  // out[i] = x * table row ids[i] + its bias. `x` is one row of either sign from bytes.quantise, with its scale.
  void (*select_s8)(const TableS8& table, const std::byte* x, float x_scale, const int32_t* ids, int count, float* out);
  void (*select_f32)(const TableF32& table, const float* x, const int32_t* ids, int count, float* out);

  // x = scale * (x - mean) / sqrt(variance + 1e-6) + bias
  void (*layer_norm)(float* x, const float* scale, const float* bias, int count);
  // Softmax over q k / sqrt(head_width), then the weighted sum of the values.
  void (*attend)(const Attend& attend);
  // f = sigmoid(forget); cell_out = f cell_in + (1 - f) input; out = relu(cell_out) + x
  void (*ssru)(const float* input, const float* forget, const float* x, const float* cell_in, float* cell_out,
               float* out, int count);
  // The place of the largest value, the first of equals.
  int (*arg_max)(const float* x, int count);
  // log(sum of exp(x)); `max` is the largest x.
  float (*log_sum_exp)(const float* x, int count, float max);

  // Multiply-adds on registers alone, `rounds` times over; return how many. Timing them gives the processor's peak.
  int64_t (*peak_s8)(int64_t rounds);
  int64_t (*peak_f32)(int64_t rounds);
};

// Weights as rows of `inputs` values per output, packed for `kernels` and one of its products. Null `bias` means none.
PackedS8 pack_s8(const Kernels& kernels, const Int8Product& product, const int8_t* weights, const float* scale,
                 const float* bias, int outputs, int inputs);
PackedF32 pack_f32(const Kernels& kernels, const float* weights, const float* bias, int outputs, int inputs);

// The best set for this machine, or the one that the environment variable KABAR_ISA names.
// usage: the name is unknown, or this machine cannot run it. Chosen once; thread-safe.
Result<const Kernels*> choose();
// The same with the name given; empty = the best.
Result<const Kernels*> choose(std::string_view name);

}  // namespace kabar::kernels
