#include "train/gemm.h"

#include <omp.h>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <oneapi/dnnl/dnnl.hpp>

#include "base/result.h"
#include "train/ops.h"

namespace kabar::train {
namespace {

thread_local int bfloat16_wanted = 0;

// One oneDNN product for all shapes: with sizes given only when it runs, oneDNN takes its general kernel, which is as
// quick as the one that it would make for each shape, and making that took a fifth of the training time.
class Bfloat16Multiplier {
 public:
  void run(bool transpose_a, bool transpose_b, int m, int n, int k, const float* a, int lda, const float* b, int ldb,
           bool add, float* c, int ldc) {
    const size_t kind = (transpose_a ? 1 : 0) + (transpose_b ? 2 : 0) + (add ? 4 : 0);
    std::optional<dnnl::matmul>& product = products_[kind];
    if (!product) product = make(transpose_a, transpose_b, add);
    dnnl::memory src(stored(transpose_a, m, k), engine_, rounded(transpose_a ? k : m, transpose_a ? m : k, a, lda, a_));
    dnnl::memory weights(stored(transpose_b, k, n), engine_,
                         rounded(transpose_b ? n : k, transpose_b ? k : n, b, ldb, b_));
    dnnl::memory dst({{m, n}, Type::f32, dnnl::memory::dims{ldc, 1}}, engine_, c);
    product->execute(stream_, {{DNNL_ARG_SRC, src}, {DNNL_ARG_WEIGHTS, weights}, {DNNL_ARG_DST, dst}});
    stream_.wait();
  }

 private:
  using Type = dnnl::memory::data_type;
  using Dim = dnnl::memory::dim;

  static dnnl::memory::desc stored(bool transposed, Dim rows, Dim columns) {
    const Dim stride = transposed ? rows : columns;
    return {{rows, columns}, Type::bf16, transposed ? dnnl::memory::dims{1, stride} : dnnl::memory::dims{stride, 1}};
  }

  // The rows of x side by side, in `out`.
  static uint16_t* rounded(int rows, int columns, const float* x, int ld, std::vector<uint16_t>& out) {
    out.resize(static_cast<size_t>(rows) * static_cast<size_t>(columns));
    for (int row = 0; row < rows; ++row) {
      round_to_bfloat16(columns, x + static_cast<ptrdiff_t>(row) * ld,
                        out.data() + static_cast<ptrdiff_t>(row) * columns);
    }
    return out.data();
  }

  dnnl::matmul make(bool transpose_a, bool transpose_b, bool add) const {
    constexpr Dim kAny = DNNL_RUNTIME_DIM_VAL;
    dnnl::primitive_attr attributes;
    if (add) {
      dnnl::post_ops sum;
      sum.append_sum(1.0f);
      attributes.set_post_ops(sum);
    }
    const dnnl::memory::desc dst({kAny, kAny}, Type::f32, dnnl::memory::dims{kAny, 1});
    return dnnl::matmul({{stored(transpose_a, kAny, kAny), stored(transpose_b, kAny, kAny), dst}, attributes, engine_});
  }

  dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream_{engine_};
  std::array<std::optional<dnnl::matmul>, 8> products_;
  std::vector<uint16_t> a_, b_;
};

}  // namespace

bool has_bfloat16() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16") != 0;
#else
  return false;
#endif
}

Bfloat16Products::Bfloat16Products() { bfloat16_wanted += has_bfloat16() ? 1 : 0; }
Bfloat16Products::~Bfloat16Products() { bfloat16_wanted -= has_bfloat16() ? 1 : 0; }

template <>
void gemm<float>(bool transpose_a, bool transpose_b, int m, int n, int k, const float* a, int lda, const float* b,
                 int ldb, bool add, float* c, int ldc) {
  if (m == 0 || n == 0 || k == 0) return;
  // The trainer's threads each work on a batch of their own; oneDNN's OpenMP threads must not multiply with them.
  // The setting is one per thread, so it is made on every new one.
  thread_local const bool single = (omp_set_num_threads(1), true);
  static_cast<void>(single);
  if (bfloat16_wanted > 0) {
    thread_local Bfloat16Multiplier multiplier;
    multiplier.run(transpose_a, transpose_b, m, n, k, a, lda, b, ldb, add, c, ldc);
    return;
  }
  const dnnl_status_t status = dnnl_sgemm(transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, 1.0f, a, lda, b,
                                          ldb, add ? 1.0f : 0.0f, c, ldc);
  KABAR_CHECK(status == dnnl_success);
}

template <>
void gemm<double>(bool transpose_a, bool transpose_b, int m, int n, int k, const double* a, int lda, const double* b,
                  int ldb, bool add, double* c, int ldc) {
  for (int i = 0; i < m; ++i) {
    for (int j = 0; j < n; ++j) {
      double sum = add ? c[i * ldc + j] : 0;
      for (int p = 0; p < k; ++p) {
        sum += (transpose_a ? a[p * lda + i] : a[i * lda + p]) * (transpose_b ? b[j * ldb + p] : b[p * ldb + j]);
      }
      c[i * ldc + j] = sum;
    }
  }
}

}  // namespace kabar::train
