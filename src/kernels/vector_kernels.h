// The kernels, written once over a type `Isa` that names the vectors of an instruction set. A file per set defines
// `Isa` and then includes this one, in an unnamed namespace and with the set's compiler flags: nothing in here may be
// shared between two such files, or the linker could pick the copy that this machine cannot run. For the same reason
// no inline function of the standard library is called.
//
// Isa: F (floats) and Int (int32 sums) of kLanes elements; kVectors of them make a panel; kRows rows of a product are
// computed at a time, so that kRows * kVectors sums stay in registers. A `word` is 32 bits of a quantised row.
// Isa itself is the way of storing inputs for Kernels::s8, Isa::Bytes (often the same) for Kernels::bytes.
#pragma once

namespace {

using kabar::kernels::Activation;
using kabar::kernels::Attend;
using kabar::kernels::Epilogue;
using kabar::kernels::Int8Product;
using kabar::kernels::PackedF32;
using kabar::kernels::PackedS8;
using kabar::kernels::padded;
using kabar::kernels::QuantisedRows;
using kabar::kernels::TableF32;
using kabar::kernels::TableS8;

using F = Isa::F;
using Int = Isa::Int;

constexpr int kPanel = Isa::kLanes * Isa::kVectors;
// Rows of x that are multiplied with all of W before the next ones: at 1536 inputs they fit a second-level cache.
constexpr int kRowTile = 96;
constexpr float kLowest = -3.4e38f;
constexpr int kCacheLine = 64;  // bytes

// step(0) … step(kCount - 1) with compile-time constants: sums that are only read at constant places stay in registers,
// which no compiler promises for a loop.
template <int kIndex>
struct Constant {
  constexpr operator int() const { return kIndex; }
};
template <int kCount, int kIndex = 0, typename Step>
[[gnu::always_inline]] inline void repeat(const Step& step) {
  if constexpr (kIndex < kCount) {
    step(Constant<kIndex>());
    repeat<kCount, kIndex + 1>(step);
  }
}

int smaller(int a, int b) { return a < b ? a : b; }

// x = n ln 2 + r, e^x = 2^n e^r with the minimax polynomial of Cephes (expf) for |r| <= ln 2 / 2; about 1e-7 relative.
F exp_of(F x) {
  x = Isa::min(Isa::max(x, Isa::set(-87.0f)), Isa::set(88.0f));
  const F n = Isa::round(Isa::mul(x, Isa::set(1.44269504f)));
  F r = Isa::fma(n, Isa::set(-0.693359375f), x);
  r = Isa::fma(n, Isa::set(2.12194440e-4f), r);
  F p = Isa::set(1.9875691500e-4f);
  p = Isa::fma(p, r, Isa::set(1.3981999507e-3f));
  p = Isa::fma(p, r, Isa::set(8.3334519073e-3f));
  p = Isa::fma(p, r, Isa::set(4.1665795894e-2f));
  p = Isa::fma(p, r, Isa::set(1.6666665459e-1f));
  p = Isa::fma(p, r, Isa::set(5.0000001201e-1f));
  const F y = Isa::add(Isa::fma(p, Isa::mul(r, r), r), Isa::set(1.0f));
  return Isa::mul(y, Isa::power_of_two(n));
}

F sigmoid(F x) {
  const F one = Isa::set(1.0f);
  return Isa::div(one, Isa::add(one, exp_of(Isa::sub(Isa::set(0.0f), x))));
}

// The elements from `i` to the end of the row, the rest `fill`.
F load_tail(const float* x, int i, int count, float fill) {
  return i + Isa::kLanes <= count ? Isa::load(x + i) : Isa::load_part(x + i, count - i, fill);
}

void store_tail(float* x, int i, int count, F value) {
  if (i + Isa::kLanes <= count) {
    Isa::store(x + i, value);
  } else {
    Isa::store_part(x + i, count - i, value);
  }
}

// What a block does with its sums. The smooth activations are long, so they follow as a pass of their own over the
// block, which is in the nearest cache; the rest is done in registers.
class Finish {
 public:
  Finish(const Epilogue& epilogue, float* out, int stride)
      : epilogue_(epilogue),
        out_(out),
        stride_(stride),
        smooth_(epilogue.activation == Activation::swish || epilogue.activation == Activation::gelu),
        floor_(Isa::set(epilogue.activation == Activation::relu ? 0.0f : kLowest)) {}

  void store(int row, int column, F y) const {
    const size_t place = place_of(row, column);
    y = Isa::max(y, floor_);
    if (epilogue_.residual != nullptr && !smooth_) y = Isa::add(y, Isa::load(epilogue_.residual + place));
    Isa::store(out_ + place, y);
  }

  void complete(int row, int rows, int column) const {
    if (!smooth_) return;
    for (int r = row; r < row + rows; ++r) {
      for (int v = 0; v < Isa::kVectors; ++v) {
        const size_t place = place_of(r, column + v * Isa::kLanes);
        const F x = Isa::load(out_ + place);
        const F factor = Isa::set(epilogue_.activation == Activation::gelu ? 1.702f : 1.0f);
        F y = Isa::mul(x, sigmoid(Isa::mul(x, factor)));
        if (epilogue_.residual != nullptr) y = Isa::add(y, Isa::load(epilogue_.residual + place));
        Isa::store(out_ + place, y);
      }
    }
  }

 private:
  size_t place_of(int row, int column) const {
    return static_cast<size_t>(row) * static_cast<size_t>(stride_) + static_cast<size_t>(column);
  }

  const Epilogue& epilogue_;
  float* out_;
  int stride_;
  bool smooth_;
  F floor_;
};

template <typename Inputs, int kRows>
void block_s8(const PackedS8& w, const QuantisedRows& x, int row, int column, const Finish& finish) {
  constexpr int kSums = kRows * Isa::kVectors;
  Int sums[kSums];
  repeat<kSums>([&](auto i) { sums[i] = Isa::load_int(w.start.data() + column + i % Isa::kVectors * Isa::kLanes); });
  const int inputs = padded(w.inputs);
  const int8_t* b = w.weights.data() + static_cast<size_t>(column) * static_cast<size_t>(inputs);
  const std::byte* a = x.data + static_cast<size_t>(row) * static_cast<size_t>(x.stride);
  const ptrdiff_t a_stride = x.stride;
  for (int word = inputs / Inputs::kGroup; word > 0; --word) {
    Int weights[Isa::kVectors];
    repeat<Isa::kVectors>([&](auto v) { weights[v] = Inputs::load_weights(b + v * Isa::kLanes * Inputs::kGroup); });
    repeat<kRows>([&](auto r) {
      const Int values = Isa::broadcast_word(a + r * a_stride);
      repeat<Isa::kVectors>([&](auto v) {
        constexpr int kSum = r * Isa::kVectors + v;
        sums[kSum] = Inputs::dot(sums[kSum], values, weights[v]);
      });
    });
    a += 4;
    b += kPanel * Inputs::kGroup;
  }
  repeat<kSums>([&](auto i) {
    const int at = column + i % Isa::kVectors * Isa::kLanes;
    const int r = row + i / Isa::kVectors;
    const F scale = Isa::mul(Isa::set(x.scale[r]), Isa::load(w.scale.data() + at));
    const F y = Isa::fma(Isa::to_float(sums[i]), scale, Isa::load(w.bias.data() + at));
    finish.store(r, at, y);
  });
  finish.complete(row, kRows, column);
}

template <int kRows>
void block_f32(const PackedF32& w, const float* x, ptrdiff_t x_stride, int row, int column, const Finish& finish) {
  constexpr int kSums = kRows * Isa::kVectors;
  F sums[kSums];
  repeat<kSums>([&](auto i) { sums[i] = Isa::load(w.bias.data() + column + i % Isa::kVectors * Isa::kLanes); });
  const float* b = w.weights.data() + static_cast<size_t>(column) * static_cast<size_t>(padded(w.inputs));
  const float* a = x + row * x_stride;
  for (int i = w.inputs; i > 0; --i) {
    F weights[Isa::kVectors];
    repeat<Isa::kVectors>([&](auto v) { weights[v] = Isa::load(b + v * Isa::kLanes); });
    repeat<kRows>([&](auto r) {
      const F values = Isa::set(a[r * x_stride]);
      repeat<Isa::kVectors>([&](auto v) {
        constexpr int kSum = r * Isa::kVectors + v;
        sums[kSum] = Isa::fma(values, weights[v], sums[kSum]);
      });
    });
    ++a;
    b += kPanel;
  }
  repeat<kSums>([&](auto i) {
    const int at = column + i % Isa::kVectors * Isa::kLanes;
    const int r = row + i / Isa::kVectors;
    finish.store(r, at, sums[i]);
  });
  finish.complete(row, kRows, column);
}

// Calls block(rows, row) over `count` rows in blocks of nearly equal height, the largest Isa::kRows.
template <typename Block>
void in_blocks(int first, int count, const Block& block) {
  int blocks = (count + Isa::kRows - 1) / Isa::kRows;
  for (int row = first; blocks > 0; --blocks) {
    const int rows = (first + count - row + blocks - 1) / blocks;
    block(rows, row);
    row += rows;
  }
}

// Calls `run` with the number of rows as a compile-time constant.
template <int kRows, typename Run>
void with_rows(int rows, const Run& run) {
  if constexpr (kRows == 1) {
    run.template operator()<1>();
  } else if (rows == kRows) {
    run.template operator()<kRows>();
  } else {
    with_rows<kRows - 1>(rows, run);
  }
}

template <typename Inputs>
void gemm_s8(const PackedS8& w, const QuantisedRows& x, int rows, const Epilogue& epilogue, float* out, int stride) {
  const Finish finish(epilogue, out, stride);
  for (int tile = 0; tile < rows; tile += kRowTile) {
    for (int column = 0; column < w.outputs; column += kPanel) {
      in_blocks(tile, smaller(kRowTile, rows - tile), [&](int height, int row) {
        with_rows<Isa::kRows>(height, [&]<int kRows>() { block_s8<Inputs, kRows>(w, x, row, column, finish); });
      });
    }
  }
}

void gemm_f32(const PackedF32& w, const float* x, int x_stride, int rows, const Epilogue& epilogue, float* out,
              int stride) {
  const Finish finish(epilogue, out, stride);
  for (int tile = 0; tile < rows; tile += kRowTile) {
    for (int column = 0; column < w.outputs; column += kPanel) {
      in_blocks(tile, smaller(kRowTile, rows - tile), [&](int height, int row) {
        with_rows<Isa::kRows>(height, [&]<int kRows>() { block_f32<kRows>(w, x, x_stride, row, column, finish); });
      });
    }
  }
}

float max_abs(const float* x, int count) {
  F max = Isa::set(0.0f);
  for (int i = 0; i < count; i += Isa::kLanes) max = Isa::max(max, Isa::abs(load_tail(x, i, count, 0.0f)));
  return Isa::max_across(max);
}

template <typename Inputs>
void quantise(const float* x, int count, float multiplier, std::byte* out) {
  const F factor = Isa::set(multiplier);
  for (int i = 0; i < padded(count); i += Isa::kLanes, out += Isa::kLanes * Inputs::kInputBytes) {
    const F value = i < count ? load_tail(x, i, count, 0.0f) : Isa::set(0.0f);
    Inputs::store_quantised(out, Isa::mul(value, factor));
  }
}

template <typename Inputs>
constexpr Int8Product int8_product() {
  return {.input_bytes = Inputs::kInputBytes,
          .group = Inputs::kGroup,
          .start_factor = Inputs::kStartFactor,
          .quantise = quantise<Inputs>,
          .gemm = gemm_s8<Inputs>};
}

// Rows of a table that are multiplied at a time: they share the reads of x and hide each other's latency.
constexpr int kSelected = 4;
// The rows lie all over a table that no near cache holds: they are asked for so many ids before their turn.
constexpr int kAhead = 12;

// The inputs behind the last whole vector of a row.
[[gnu::noinline]] int32_t ragged_sum(const std::byte* x, const int8_t* row, int first, int count) {
  int32_t sum = 0;
  for (int k = first; k < count; ++k) sum += Isa::Bytes::input(x, k) * row[k];
  return sum;
}

// kCount ids, at most kSelected.
template <int kCount>
[[gnu::always_inline]] inline void select_rows(const TableS8& table, const std::byte* x, float x_scale,
                                               const int32_t* ids, float* out) {
  using Inputs = Isa::Bytes;
  constexpr int kStep = Isa::kLanes * Inputs::kGroup;
  const int whole = table.inputs / kStep * kStep;
  const int8_t* rows[kCount];
  Int sums[kSelected];
  repeat<kSelected>([&](auto s) { sums[s] = Isa::zero_int(); });
  repeat<kCount>([&](auto s) { rows[s] = table.rows + static_cast<ptrdiff_t>(ids[s]) * table.inputs; });
  for (int k = 0; k < whole; k += kStep) {
    const Int values = Inputs::load_words(x + k * Inputs::kInputBytes);
    repeat<kCount>([&](auto s) { sums[s] = Inputs::dot_signed(sums[s], values, Inputs::load_weights(rows[s] + k)); });
  }
  int32_t totals[kSelected];
  Isa::sum_ints(sums, totals);
  repeat<kCount>([&](auto s) {
    const int32_t id = ids[s];
    int32_t sum = totals[s];
    if (whole < table.inputs) sum += ragged_sum(x, rows[s], whole, table.inputs);
    if (Inputs::kStartFactor != 0) sum += Inputs::kStartFactor * table.sums[id];
    const float y = static_cast<float>(sum) * (x_scale * table.scale[id]);
    out[s] = table.bias == nullptr ? y : y + table.bias[id];
  });
}

void select_s8(const TableS8& shared_table, const std::byte* x, float x_scale, const int32_t* ids, int count,
               float* out) {
  const TableS8 table = shared_table;  // a copy, which no store can change
  int i = 0;
  for (; i + kSelected <= count; i += kSelected) {
    if (i + kSelected + kAhead <= count) {
      repeat<kSelected>([&](auto s) {
        const int8_t* ahead = table.rows + static_cast<ptrdiff_t>(ids[i + kAhead + s]) * table.inputs;
        for (int k = 0; k < table.inputs; k += kCacheLine) __builtin_prefetch(ahead + k);
      });
    }
    select_rows<kSelected>(table, x, x_scale, ids + i, out + i);
  }
  for (; i < count; ++i) select_rows<1>(table, x, x_scale, ids + i, out + i);
}

void select_f32(const TableF32& table, const float* x, const int32_t* ids, int count, float* out) {
  for (int i = 0; i < count; ++i) {
    const float* row = table.rows + static_cast<size_t>(ids[i]) * static_cast<size_t>(table.inputs);
    F even = Isa::set(0.0f);
    F odd = even;
    int k = 0;
    for (; k + 2 * Isa::kLanes <= table.inputs; k += 2 * Isa::kLanes) {
      even = Isa::fma(Isa::load(x + k), Isa::load(row + k), even);
      odd = Isa::fma(Isa::load(x + k + Isa::kLanes), Isa::load(row + k + Isa::kLanes), odd);
    }
    for (; k < table.inputs; k += Isa::kLanes) {
      even = Isa::fma(load_tail(x, k, table.inputs, 0.0f), load_tail(row, k, table.inputs, 0.0f), even);
    }
    const float y = Isa::sum(Isa::add(even, odd));
    out[i] = table.bias == nullptr ? y : y + table.bias[ids[i]];
  }
}

void layer_norm(float* x, const float* scale, const float* bias, int count) {
  F sums = Isa::set(0.0f);
  for (int i = 0; i < count; i += Isa::kLanes) sums = Isa::add(sums, load_tail(x, i, count, 0.0f));
  const float mean = Isa::sum(sums) / static_cast<float>(count);
  F squares = Isa::set(0.0f);
  for (int i = 0; i < count; i += Isa::kLanes) {
    const F difference = Isa::sub(load_tail(x, i, count, mean), Isa::set(mean));
    squares = Isa::fma(difference, difference, squares);
  }
  const float factor = 1.0f / __builtin_sqrtf(Isa::sum(squares) / static_cast<float>(count) + 1e-6f);
  for (int i = 0; i < count; i += Isa::kLanes) {
    const F y = Isa::mul(Isa::sub(load_tail(x, i, count, mean), Isa::set(mean)), Isa::set(factor));
    store_tail(x, i, count, Isa::fma(y, load_tail(scale, i, count, 0.0f), load_tail(bias, i, count, 0.0f)));
  }
}

F max_over(const float* x, int count) {
  F max = Isa::set(kLowest);
  for (int i = 0; i < count; i += Isa::kLanes) max = Isa::max(max, load_tail(x, i, count, kLowest));
  return max;
}

// exp(x - max) / sum. The vectors of a tail are padded, as the row is.
void softmax(float* x, int count) {
  const F max = Isa::set(Isa::max_across(max_over(x, count)));
  F sums = Isa::set(0.0f);
  for (int i = 0; i < count; i += Isa::kLanes) {
    const F y = exp_of(Isa::sub(load_tail(x, i, count, kLowest), max));
    store_tail(x, i, count, y);
    sums = Isa::add(sums, load_tail(x, i, count, 0.0f));
  }
  const F factor = Isa::set(1.0f / Isa::sum(sums));
  for (int i = 0; i < count; i += Isa::kLanes) store_tail(x, i, count, Isa::mul(load_tail(x, i, count, 0.0f), factor));
}

// As many heads side by side as make 8 vectors, each kParts vectors wide: the query, and then the sums of the values,
// stay in registers.
template <int kParts>
void attend_heads(const Attend& a, int head) {
  constexpr int kHeads = 8 / kParts;
  constexpr int kTokens = 4 / kHeads;  // that share the work of adding across registers
  const int stride = padded(a.count);
  const int first = head * kParts * Isa::kLanes;
  float* weights = a.weights + head * stride;

  F query[8];
  const F factor = Isa::set(1.0f / __builtin_sqrtf(static_cast<float>(a.head_width)));
  repeat<8>([&](auto i) { query[i] = Isa::mul(Isa::load(a.query + first + i * Isa::kLanes), factor); });
  for (int token = 0; token < a.count; token += kTokens) {
    F sums[4];
    repeat<kTokens>([&](auto t) {  // behind the end the last one again: its weights fall into the padding
      const float* key = a.keys[smaller(token + t, a.count - 1)] + first;
      repeat<kHeads>([&](auto h) {
        F sum = Isa::mul(query[h * kParts], Isa::load(key + h * kParts * Isa::kLanes));
        repeat<kParts - 1>([&](auto p) {
          constexpr int kAt = h * kParts + p + 1;
          sum = Isa::fma(query[kAt], Isa::load(key + kAt * Isa::kLanes), sum);
        });
        sums[t * kHeads + h] = sum;
      });
    });
    float totals[4];
    Isa::sum_floats(sums, totals);
    repeat<4>([&](auto i) { weights[i % kHeads * stride + token + i / kHeads] = totals[i]; });
  }
  for (int h = 0; h < kHeads; ++h) softmax(weights + h * stride, a.count);

  F out[8];
  repeat<8>([&](auto i) { out[i] = Isa::set(0.0f); });
  for (int token = 0; token < a.count; ++token) {
    const float* value = a.values[token] + first;
    repeat<kHeads>([&](auto h) {
      const F weight = Isa::set(weights[h * stride + token]);
      repeat<kParts>([&](auto p) {
        constexpr int kAt = h * kParts + p;
        out[kAt] = Isa::fma(weight, Isa::load(value + kAt * Isa::kLanes), out[kAt]);
      });
    });
  }
  repeat<8>([&](auto i) { Isa::store(a.out + first + i * Isa::kLanes, out[i]); });
}

// False where the heads are not of kParts vectors, or their number does not fit.
template <int kParts>
bool attend_whole(const Attend& a) {
  constexpr int kHeads = 8 / kParts;
  if (a.head_width != kParts * Isa::kLanes || a.heads % kHeads != 0) return false;
  for (int head = 0; head < a.heads; head += kHeads) attend_heads<kParts>(a, head);
  return true;
}

// One head of any width.
void attend_ragged(const Attend& a, int first, float* weights) {
  const float factor = 1.0f / __builtin_sqrtf(static_cast<float>(a.head_width));
  for (int j = 0; j < a.count; ++j) {
    F sums = Isa::set(0.0f);
    for (int k = 0; k < a.head_width; k += Isa::kLanes) {
      sums = Isa::fma(load_tail(a.query + first, k, a.head_width, 0.0f),
                      load_tail(a.keys[j] + first, k, a.head_width, 0.0f), sums);
    }
    weights[j] = Isa::sum(sums) * factor;
  }
  softmax(weights, a.count);
  for (int k = 0; k < a.head_width; k += Isa::kLanes) {
    F sums = Isa::set(0.0f);
    for (int j = 0; j < a.count; ++j) {
      sums = Isa::fma(Isa::set(weights[j]), load_tail(a.values[j] + first, k, a.head_width, 0.0f), sums);
    }
    store_tail(a.out + first, k, a.head_width, sums);
  }
}

void attend(const Attend& a) {
  if (attend_whole<4>(a) || attend_whole<8>(a) || attend_whole<2>(a)) return;
  for (int head = 0; head < a.heads; ++head) {
    attend_ragged(a, head * a.head_width, a.weights + head * padded(a.count));
  }
}

void ssru(const float* input, const float* forget, const float* x, const float* cell_in, float* cell_out, float* out,
          int count) {
  for (int i = 0; i < count; i += Isa::kLanes) {
    const F f = sigmoid(load_tail(forget, i, count, 0.0f));
    const F z = load_tail(input, i, count, 0.0f);
    const F cell = Isa::fma(f, Isa::sub(load_tail(cell_in, i, count, 0.0f), z), z);
    store_tail(cell_out, i, count, cell);
    store_tail(out, i, count, Isa::add(Isa::max(cell, Isa::set(0.0f)), load_tail(x, i, count, 0.0f)));
  }
}

int arg_max(const float* x, int count) {
  const float max = Isa::max_across(max_over(x, count));
  int i = 0;
  while (i < count - 1 && x[i] != max) ++i;
  return i;
}

float log_sum_exp(const float* x, int count, float max) {
  F sums = Isa::set(0.0f);
  const F shift = Isa::set(max);
  int i = 0;
  for (; i + Isa::kLanes <= count; i += Isa::kLanes) sums = Isa::add(sums, exp_of(Isa::sub(Isa::load(x + i), shift)));
  float sum = Isa::sum(sums);
  for (; i < count; ++i) sum += __builtin_expf(x[i] - max);
  return max + __builtin_logf(sum);
}

}  // namespace

#include "kernels/vector_peak.h"
