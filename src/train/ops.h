// Everything between the matrix products, forward and backward, one fused pass each.
//
// Rows are tokens; sentences stand one after the other without padding. `width` and every row length are multiples
// of 8 in practice, but nothing depends on it. Gradients of parameters are added to what is there; all others are
// assigned, unless a comment says otherwise. Each function is there for float and for double (tests).
#pragma once
#include <cstdint>

namespace kabar::train {

// Zeroes an element with the given rate and scales the others by 1 / (1 - rate). The mask is a hash of seed and
// index, so the backward pass makes it again instead of keeping it.
struct Dropout {
  float rate = 0;
  uint32_t seed = 0;
};

// The upper halves of floats, rounded to even.
void round_to_bfloat16(int count, const float* x, uint16_t* out);

// out[i] = dropout(sqrt(width) * table[id_i] + position(i)); id -1 gives a zero embedding (a decoder's first step).
// positions[i] counts from 0 in the sentence; position_table has one row of `width` per position.
template <class Real>
void embed(const int* ids, const int* positions, int rows, int width, const Real* table, const Real* position_table,
           Dropout dropout, Real* out);
// Adds to gradient rows of `table_gradient`.
template <class Real>
void embed_backward(const int* ids, int rows, int width, const Real* d_out, Dropout dropout, Real* table_gradient);
// position(t)[i] = sin(t exp(-i log(10000) / (width/2 - 1))), cosines in the second half.
template <class Real>
void fill_position_table(int count, int width, Real* table);

// y = norm(dropout(f + bias) + x); bias may be null. Keeps the normalised values and 1/deviation of each row.
template <class Real>
void residual_norm(const Real* f, const Real* bias, const Real* x, const Real* scale, const Real* shift, int rows,
                   int width, Dropout dropout, Real* normalised, Real* inverse_deviation, Real* y);
// d_bias may be null. `d_f` and `d_x` are assigned and may not be the same array as d_y.
template <class Real>
void residual_norm_backward(const Real* d_y, const Real* normalised, const Real* inverse_deviation, const Real* scale,
                            int rows, int width, Dropout dropout, Real* d_f, Real* d_x, Real* d_scale, Real* d_shift,
                            Real* d_bias);

// x[row][0..width) += bias, for rows that are `stride` apart.
template <class Real>
void add_bias(const Real* bias, int rows, int width, int stride, Real* x);
// x = relu(x + bias).
template <class Real>
void add_bias_relu(const Real* bias, int rows, int width, int stride, Real* x);
// d_x = 0 where the output was 0; d_bias gets the column sums.
template <class Real>
void relu_backward(const Real* output, int rows, int width, int stride, Real* d_x, Real* d_bias);
// sums[column] += sum of the column.
template <class Real>
void add_column_sums(const Real* x, int rows, int width, int stride, Real* sums);

// Simpler simple recurrent unit over one sentence. zf holds z, then the forget gate before its sigmoid, per row;
// the gate is replaced by its value. states[t] = f states[t-1] + (1-f) z; out = relu(states).
template <class Real>
void ssru(int rows, int width, const Real* forget_bias, Real* zf, Real* states, Real* out);
// d_out -> d_zf (gradient before the sigmoid); d_forget_bias is added to.
template <class Real>
void ssru_backward(int rows, int width, const Real* zf, const Real* states, const Real* d_out, Real* d_zf,
                   Real* d_forget_bias);

// One sentence of multi-head attention. Strides are distances of rows.
template <class Real>
struct AttentionArrays {
  const Real* query = nullptr;
  int query_stride = 0;
  const Real* key = nullptr;
  const Real* value = nullptr;
  int key_stride = 0;
  int queries = 0;
  int keys = 0;
  int heads = 0;
  int head_width = 0;             // at most kHeadWidthMax
  Real* probabilities = nullptr;  // [heads][queries][padded_keys(keys)]
  int context_stride = 0;
};
inline constexpr int kHeadWidthMax = 64;
inline constexpr int kKeysMax = 512;
constexpr int padded_keys(int keys) { return (keys + 7) / 8 * 8; }

template <class Real>
void attention(const AttentionArrays<Real>& arrays, Real* context);
// Guided alignment: for each of the first `heads` heads the loss  -weight * sum log p[query][key] / (links of the
// query)  over the links is added; link_starts has queries + 1 entries into link_keys. Null = none. Gradients of key
// and value are assigned.
template <class Real>
struct GuidedLinks {
  const int* starts = nullptr;
  const int* keys = nullptr;
  Real weight = 0;
  int heads = 1;
};
template <class Real>
void attention_backward(const AttentionArrays<Real>& arrays, const Real* d_context, const GuidedLinks<Real>& guided,
                        Real* d_query, int d_query_stride, Real* d_key, Real* d_value, int d_key_stride);

// Cross entropy over candidates. logits[row][candidate] (+ output_bias already in). The partition sum counts a
// candidate `weight` times; target[row] is an index into the candidates. Smoothing spreads `smoothing` over
// the whole vocabulary of `vocabulary` words, again counted by weight. Writes the gradient times `gradient_scale`
// over the logits and returns the sum of the unsmoothed losses. correct counts the rows whose target is the likeliest
// candidate.
template <class Real>
double softmax_cross_entropy(int rows, int candidates, const int* target, const Real* weight, const Real* log_weight,
                             Real smoothing, int vocabulary, Real gradient_scale, Real* logits, int& correct);

}  // namespace kabar::train
