// Compiled for AVX2 and FMA on x86-64 and with reordered sums, see CMakeLists.txt: includes only what has no inline
// code that other files share.
#include "train/ops.h"

#include <math.h>
#include <string.h>

namespace kabar::train {
namespace {

// exp for float: 2^(x log2 e) with the fraction by a polynomial (coefficients: Cephes expf), relative error < 2e-7.
inline float exponential(float x) {
  x = x < -87.0f ? -87.0f : (x > 88.0f ? 88.0f : x);
  const float scaled = x * 1.44269504088896341f;
  const int whole = static_cast<int>(scaled + (scaled < 0 ? -0.5f : 0.5f));
  const float n = static_cast<float>(whole);
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  const int bits = (whole + 127) << 23;
  float power;
  memcpy(&power, &bits, sizeof power);
  return p * power;
}
inline double exponential(double x) { return exp(x); }
inline float logarithm(float x) { return logf(x); }
inline double logarithm(double x) { return log(x); }
inline float root(float x) { return sqrtf(x); }
inline double root(double x) { return sqrt(x); }

// Murmur3's finaliser over the element's index.
inline uint32_t mix(uint32_t index, uint32_t seed) {
  uint32_t h = (index ^ seed) * 0x9E3779B1u + seed;
  h ^= h >> 16;
  h *= 0x85EBCA6Bu;
  h ^= h >> 13;
  h *= 0xC2B2AE35u;
  return h ^ (h >> 16);
}

struct Mask {
  explicit Mask(Dropout dropout)
      : on(dropout.rate > 0),
        seed(dropout.seed),
        threshold(static_cast<int>(static_cast<double>(dropout.rate) * 2147483648.0)),
        keep(1.0f / (1.0f - dropout.rate)) {}
  template <class Real>
  void apply(int row, int width, Real* values) const {
    if (!on) return;
    const uint32_t start = static_cast<uint32_t>(row) * static_cast<uint32_t>(width);
    for (int i = 0; i < width; ++i) {
      const int draw = static_cast<int>(mix(start + static_cast<uint32_t>(i), seed) >> 1);
      values[i] = draw < threshold ? Real(0) : values[i] * static_cast<Real>(keep);
    }
  }
  bool on;
  uint32_t seed;
  int threshold;
  float keep;
};

template <class Real>
inline void add_scaled(Real factor, const Real* __restrict x, int count, Real* __restrict y) {
  for (int i = 0; i < count; ++i) y[i] += factor * x[i];
}

// transposed[i][row] = x[row][i], rows padded with zeros to `padded`.
template <class Real>
void transpose_head(const Real* x, int stride, int rows, int width, int padded, Real* transposed) {
  for (int i = 0; i < width; ++i) {
    for (int row = 0; row < rows; ++row) transposed[i * padded + row] = x[row * stride + i];
    for (int row = rows; row < padded; ++row) transposed[i * padded + row] = 0;
  }
}

// scores[j] = sum_i x[i] * transposed[i][j], in blocks of 8 that stay in registers.
template <class Real>
inline void scores_of(const Real* __restrict x, const Real* __restrict transposed, int width, int padded,
                      Real* __restrict scores) {
  int j = 0;
  for (; j + 16 <= padded; j += 16) {
    Real sum[16] = {};
    for (int i = 0; i < width; ++i) {
      for (int b = 0; b < 16; ++b) sum[b] += x[i] * transposed[i * padded + j + b];
    }
    for (int b = 0; b < 16; ++b) scores[j + b] = sum[b];
  }
  for (; j < padded; j += 8) {
    Real sum[8] = {};
    for (int i = 0; i < width; ++i) {
      for (int b = 0; b < 8; ++b) sum[b] += x[i] * transposed[i * padded + j + b];
    }
    for (int b = 0; b < 8; ++b) scores[j + b] = sum[b];
  }
}

template <class Real>
void softmax_row(int count, int padded, Real* row) {
  Real largest = row[0];
  for (int j = 1; j < count; ++j) largest = row[j] > largest ? row[j] : largest;
  Real sum = 0;
  for (int j = 0; j < count; ++j) {
    row[j] = exponential(row[j] - largest);
    sum += row[j];
  }
  const Real inverse = 1 / sum;
  for (int j = 0; j < count; ++j) row[j] *= inverse;
  for (int j = count; j < padded; ++j) row[j] = 0;
}

}  // namespace

void round_to_bfloat16(int count, const float* x, uint16_t* out) {
  for (int i = 0; i < count; ++i) {
    uint32_t bits;
    memcpy(&bits, x + i, sizeof bits);
    out[i] = static_cast<uint16_t>((bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16);
  }
}

template <class Real>
void embed(const int* ids, const int* positions, int rows, int width, const Real* table, const Real* position_table,
           Dropout dropout, Real* out) {
  const Real factor = root(static_cast<Real>(width));
  const Mask mask(dropout);
  for (int row = 0; row < rows; ++row) {
    Real* __restrict y = out + static_cast<long>(row) * width;
    memcpy(y, position_table + static_cast<long>(positions[row]) * width, sizeof(Real) * static_cast<size_t>(width));
    if (ids[row] >= 0) add_scaled(factor, table + static_cast<long>(ids[row]) * width, width, y);
    mask.apply(row, width, y);
  }
}

template <class Real>
void embed_backward(const int* ids, int rows, int width, const Real* d_out, Dropout dropout, Real* table_gradient) {
  const Real factor = root(static_cast<Real>(width));
  const Mask mask(dropout);
  Real masked[4096];
  for (int row = 0; row < rows; ++row) {
    if (ids[row] < 0) continue;
    memcpy(masked, d_out + static_cast<long>(row) * width, sizeof(Real) * static_cast<size_t>(width));
    mask.apply(row, width, masked);
    add_scaled(factor, masked, width, table_gradient + static_cast<long>(ids[row]) * width);
  }
}

template <class Real>
void fill_position_table(int count, int width, Real* table) {
  const int half = width / 2;
  const float step = logf(10000.0f) / static_cast<float>(half - 1);
  for (int t = 0; t < count; ++t) {
    for (int i = 0; i < half; ++i) {
      const float angle = static_cast<float>(t) * expf(static_cast<float>(i) * -step);
      table[static_cast<long>(t) * width + i] = sinf(angle);
      table[static_cast<long>(t) * width + half + i] = cosf(angle);
    }
  }
}

template <class Real>
void residual_norm(const Real* f, const Real* bias, const Real* x, const Real* scale, const Real* shift, int rows,
                   int width, Dropout dropout, Real* normalised, Real* inverse_deviation, Real* y) {
  const Mask mask(dropout);
  for (int row = 0; row < rows; ++row) {
    const long start = static_cast<long>(row) * width;
    Real* __restrict sum = normalised + start;
    if (bias != nullptr) {
      for (int i = 0; i < width; ++i) sum[i] = f[start + i] + bias[i];
    } else {
      memcpy(sum, f + start, sizeof(Real) * static_cast<size_t>(width));
    }
    mask.apply(row, width, sum);
    Real total = 0;
    for (int i = 0; i < width; ++i) {
      sum[i] += x[start + i];
      total += sum[i];
    }
    const Real mean = total / static_cast<Real>(width);
    Real squares = 0;
    for (int i = 0; i < width; ++i) squares += (sum[i] - mean) * (sum[i] - mean);
    const Real inverse = 1 / root(squares / static_cast<Real>(width) + static_cast<Real>(1e-6));
    inverse_deviation[row] = inverse;
    for (int i = 0; i < width; ++i) {
      sum[i] = (sum[i] - mean) * inverse;
      y[start + i] = sum[i] * scale[i] + shift[i];
    }
  }
}

// d sum = inverse * (g - mean(g) - normalised * mean(g * normalised)) with g = d_y * scale.
template <class Real>
void residual_norm_backward(const Real* d_y, const Real* normalised, const Real* inverse_deviation, const Real* scale,
                            int rows, int width, Dropout dropout, Real* d_f, Real* d_x, Real* d_scale, Real* d_shift,
                            Real* d_bias) {
  const Mask mask(dropout);
  for (int row = 0; row < rows; ++row) {
    const long start = static_cast<long>(row) * width;
    const Real* __restrict g = d_y + start;
    const Real* __restrict n = normalised + start;
    Real total = 0;
    Real product = 0;
    for (int i = 0; i < width; ++i) {
      total += g[i] * scale[i];
      product += g[i] * scale[i] * n[i];
      d_scale[i] += g[i] * n[i];
      d_shift[i] += g[i];
    }
    const Real mean = total / static_cast<Real>(width);
    const Real slope = product / static_cast<Real>(width);
    Real* __restrict dx = d_x + start;
    Real* __restrict df = d_f + start;
    for (int i = 0; i < width; ++i) dx[i] = inverse_deviation[row] * (g[i] * scale[i] - mean - n[i] * slope);
    memcpy(df, dx, sizeof(Real) * static_cast<size_t>(width));
    mask.apply(row, width, df);
    if (d_bias != nullptr) {
      for (int i = 0; i < width; ++i) d_bias[i] += df[i];
    }
  }
}

template <class Real>
void add_bias(const Real* bias, int rows, int width, int stride, Real* x) {
  for (int row = 0; row < rows; ++row) {
    Real* __restrict y = x + static_cast<long>(row) * stride;
    for (int i = 0; i < width; ++i) y[i] += bias[i];
  }
}

template <class Real>
void add_bias_relu(const Real* bias, int rows, int width, int stride, Real* x) {
  for (int row = 0; row < rows; ++row) {
    Real* __restrict y = x + static_cast<long>(row) * stride;
    for (int i = 0; i < width; ++i) {
      const Real sum = y[i] + bias[i];
      y[i] = sum > 0 ? sum : Real(0);
    }
  }
}

template <class Real>
void relu_backward(const Real* output, int rows, int width, int stride, Real* d_x, Real* d_bias) {
  for (int row = 0; row < rows; ++row) {
    const Real* __restrict o = output + static_cast<long>(row) * stride;
    Real* __restrict d = d_x + static_cast<long>(row) * stride;
    for (int i = 0; i < width; ++i) {
      d[i] = o[i] > 0 ? d[i] : Real(0);
      d_bias[i] += d[i];
    }
  }
}

template <class Real>
void add_column_sums(const Real* x, int rows, int width, int stride, Real* sums) {
  for (int row = 0; row < rows; ++row) add_scaled(Real(1), x + static_cast<long>(row) * stride, width, sums);
}

template <class Real>
void ssru(int rows, int width, const Real* forget_bias, Real* zf, Real* states, Real* out) {
  for (int t = 0; t < rows; ++t) {
    const Real* __restrict z = zf + static_cast<long>(t) * 2 * width;
    Real* __restrict f = zf + static_cast<long>(t) * 2 * width + width;
    const Real* before = t > 0 ? states + static_cast<long>(t - 1) * width : nullptr;
    Real* __restrict c = states + static_cast<long>(t) * width;
    Real* __restrict o = out + static_cast<long>(t) * width;
    for (int i = 0; i < width; ++i) f[i] = 1 / (1 + exponential(-(f[i] + forget_bias[i])));
    if (before == nullptr) {
      for (int i = 0; i < width; ++i) c[i] = (1 - f[i]) * z[i];
    } else {
      for (int i = 0; i < width; ++i) c[i] = f[i] * before[i] + (1 - f[i]) * z[i];
    }
    for (int i = 0; i < width; ++i) o[i] = c[i] > 0 ? c[i] : Real(0);
  }
}

template <class Real>
void ssru_backward(int rows, int width, const Real* zf, const Real* states, const Real* d_out, Real* d_zf,
                   Real* d_forget_bias) {
  Real carry[4096];
  for (int i = 0; i < width; ++i) carry[i] = 0;
  for (int t = rows - 1; t >= 0; --t) {
    const long start = static_cast<long>(t) * width;
    const Real* __restrict z = zf + 2 * start;
    const Real* __restrict f = zf + 2 * start + width;
    const Real* __restrict c = states + start;
    const Real* before = t > 0 ? states + start - width : nullptr;
    const Real* __restrict d = d_out + start;
    Real* __restrict dz = d_zf + 2 * start;
    Real* __restrict df = d_zf + 2 * start + width;
    for (int i = 0; i < width; ++i) {
      const Real dc = (c[i] > 0 ? d[i] : Real(0)) + carry[i];
      const Real last = before != nullptr ? before[i] : Real(0);
      dz[i] = dc * (1 - f[i]);
      df[i] = dc * (last - z[i]) * f[i] * (1 - f[i]);
      carry[i] = dc * f[i];
      d_forget_bias[i] += df[i];
    }
  }
}

// A width known at compile time keeps the sums of a head in registers.
constexpr int kUsualHeadWidth = 32;

template <class Real, int Width>
void attention_of_width(const AttentionArrays<Real>& a, Real* context) {
  const int width = Width > 0 ? Width : a.head_width;
  const int padded = padded_keys(a.keys);
  const Real factor = 1 / root(static_cast<Real>(width));
  Real transposed[kHeadWidthMax * kKeysMax];
  for (int head = 0; head < a.heads; ++head) {
    const int column = head * width;
    transpose_head(a.key + column, a.key_stride, a.keys, width, padded, transposed);
    for (int t = 0; t < a.queries; ++t) {
      Real* p = a.probabilities + (static_cast<long>(head) * a.queries + t) * padded;
      scores_of(a.query + static_cast<long>(t) * a.query_stride + column, transposed, width, padded, p);
      for (int j = 0; j < padded; ++j) p[j] *= factor;
      softmax_row(a.keys, padded, p);
      Real sum[kHeadWidthMax] = {};
      for (int j = 0; j < a.keys; ++j) {
        add_scaled(p[j], a.value + static_cast<long>(j) * a.key_stride + column, width, sum);
      }
      memcpy(context + static_cast<long>(t) * a.context_stride + column, sum,
             sizeof(Real) * static_cast<size_t>(width));
    }
  }
}

template <class Real, int Width>
void attention_backward_of_width(const AttentionArrays<Real>& a, const Real* d_context, const GuidedLinks<Real>& guided,
                                 Real* d_query, int d_query_stride, Real* d_key, Real* d_value, int d_key_stride) {
  const int width = Width > 0 ? Width : a.head_width;
  const int padded = padded_keys(a.keys);
  const Real factor = 1 / root(static_cast<Real>(width));
  Real transposed[kHeadWidthMax * kKeysMax];
  Real d_scores[kKeysMax];
  const size_t head_bytes = sizeof(Real) * static_cast<size_t>(width);
  for (int head = 0; head < a.heads; ++head) {
    const int column = head * width;
    transpose_head(a.value + column, a.key_stride, a.keys, width, padded, transposed);
    for (int j = 0; j < a.keys; ++j) {
      memset(d_key + static_cast<long>(j) * d_key_stride + column, 0, head_bytes);
      memset(d_value + static_cast<long>(j) * d_key_stride + column, 0, head_bytes);
    }
    for (int t = 0; t < a.queries; ++t) {
      const Real* p = a.probabilities + (static_cast<long>(head) * a.queries + t) * padded;
      const Real* d_out = d_context + static_cast<long>(t) * a.context_stride + column;
      scores_of(d_out, transposed, width, padded, d_scores);
      Real mean = 0;
      for (int j = 0; j < a.keys; ++j) mean += p[j] * d_scores[j];
      for (int j = 0; j < a.keys; ++j) d_scores[j] = p[j] * (d_scores[j] - mean);
      if (head < guided.heads && guided.starts != nullptr && guided.starts[t + 1] > guided.starts[t]) {
        const Real share = guided.weight / static_cast<Real>(guided.starts[t + 1] - guided.starts[t]);
        for (int j = 0; j < a.keys; ++j) d_scores[j] += guided.weight * p[j];
        for (int l = guided.starts[t]; l < guided.starts[t + 1]; ++l) d_scores[guided.keys[l]] -= share;
      }
      const Real* query = a.query + static_cast<long>(t) * a.query_stride + column;
      Real sum[kHeadWidthMax] = {};
      for (int j = 0; j < a.keys; ++j) {
        const Real d_score = d_scores[j] * factor;
        add_scaled(d_score, a.key + static_cast<long>(j) * a.key_stride + column, width, sum);
        add_scaled(d_score, query, width, d_key + static_cast<long>(j) * d_key_stride + column);
        add_scaled(p[j], d_out, width, d_value + static_cast<long>(j) * d_key_stride + column);
      }
      memcpy(d_query + static_cast<long>(t) * d_query_stride + column, sum, head_bytes);
    }
  }
}

template <class Real>
void attention(const AttentionArrays<Real>& a, Real* context) {
  if (a.head_width == kUsualHeadWidth) return attention_of_width<Real, kUsualHeadWidth>(a, context);
  attention_of_width<Real, 0>(a, context);
}

template <class Real>
void attention_backward(const AttentionArrays<Real>& a, const Real* d_context, const GuidedLinks<Real>& guided,
                        Real* d_query, int d_query_stride, Real* d_key, Real* d_value, int d_key_stride) {
  if (a.head_width == kUsualHeadWidth) {
    return attention_backward_of_width<Real, kUsualHeadWidth>(a, d_context, guided, d_query, d_query_stride, d_key,
                                                              d_value, d_key_stride);
  }
  attention_backward_of_width<Real, 0>(a, d_context, guided, d_query, d_query_stride, d_key, d_value, d_key_stride);
}

template <class Real>
double softmax_cross_entropy(int rows, int candidates, const int* target, const Real* weight, const Real* log_weight,
                             Real smoothing, int vocabulary, Real gradient_scale, Real* logits, int& correct) {
  double loss = 0;
  const Real uniform = smoothing / static_cast<Real>(vocabulary);
  for (int row = 0; row < rows; ++row) {
    Real* __restrict x = logits + static_cast<long>(row) * candidates;
    const Real target_logit = x[target[row]];
    Real largest = x[0] + log_weight[0];
    for (int j = 0; j < candidates; ++j) {
      x[j] += log_weight[j];
      largest = x[j] > largest ? x[j] : largest;
    }
    correct += target_logit >= largest ? 1 : 0;
    Real sum = 0;
    for (int j = 0; j < candidates; ++j) {
      x[j] = exponential(x[j] - largest);
      sum += x[j];
    }
    loss += static_cast<double>(logarithm(sum) + largest - target_logit);
    const Real factor = gradient_scale / sum;
    if (smoothing > 0) {
      for (int j = 0; j < candidates; ++j) {
        x[j] = x[j] * factor - gradient_scale * uniform * weight[j];
      }
    } else {
      for (int j = 0; j < candidates; ++j) x[j] *= factor;
    }
    x[target[row]] -= gradient_scale * (1 - smoothing);
  }
  return loss;
}

#define KABAR_INSTANTIATE(Real)                                                                                      \
  template void embed(const int*, const int*, int, int, const Real*, const Real*, Dropout, Real*);                   \
  template void embed_backward(const int*, int, int, const Real*, Dropout, Real*);                                   \
  template void fill_position_table(int, int, Real*);                                                                \
  template void residual_norm(const Real*, const Real*, const Real*, const Real*, const Real*, int, int, Dropout,    \
                              Real*, Real*, Real*);                                                                  \
  template void residual_norm_backward(const Real*, const Real*, const Real*, const Real*, int, int, Dropout, Real*, \
                                       Real*, Real*, Real*, Real*);                                                  \
  template void add_bias(const Real*, int, int, int, Real*);                                                         \
  template void add_bias_relu(const Real*, int, int, int, Real*);                                                    \
  template void relu_backward(const Real*, int, int, int, Real*, Real*);                                             \
  template void add_column_sums(const Real*, int, int, int, Real*);                                                  \
  template void ssru(int, int, const Real*, Real*, Real*, Real*);                                                    \
  template void ssru_backward(int, int, const Real*, const Real*, const Real*, Real*, Real*);                        \
  template void attention(const AttentionArrays<Real>&, Real*);                                                      \
  template void attention_backward(const AttentionArrays<Real>&, const Real*, const GuidedLinks<Real>&, Real*, int,  \
                                   Real*, Real*, int);                                                               \
  template double softmax_cross_entropy(int, int, const int*, const Real*, const Real*, Real, int, Real, Real*, int&);
KABAR_INSTANTIATE(float)
KABAR_INSTANTIATE(double)
#undef KABAR_INSTANTIATE

}  // namespace kabar::train
