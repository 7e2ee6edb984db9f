#include "train/gemm.h"

#include <omp.h>
#include <oneapi/dnnl/dnnl.h>

#include "base/result.h"

namespace kabar::train {

template <>
void gemm<float>(bool transpose_a, bool transpose_b, int m, int n, int k, const float* a, int lda, const float* b,
                 int ldb, bool add, float* c, int ldc) {
  if (m == 0 || n == 0 || k == 0) return;
  // The trainer's threads each work on a batch of their own; oneDNN's OpenMP threads must not multiply with them.
  // The setting is one per thread, so it is made on every new one.
  thread_local const bool single = (omp_set_num_threads(1), true);
  static_cast<void>(single);
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
