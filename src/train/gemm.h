// Matrix products of the trainer. Row-major; a "transposed" operand is stored as its transpose.
#pragma once

namespace kabar::train {

// c[m][n] = op(a) op(b) + (add ? c : 0), with op(a) m x k and op(b) k x n; ld* is the distance of two stored rows.
// float: oneDNN's kernels for this CPU, on the calling thread only. double: plain loops, the reference of the tests.
template <class Real>
void gemm(bool transpose_a, bool transpose_b, int m, int n, int k, const Real* a, int lda, const Real* b, int ldb,
          bool add, Real* c, int ldc);

// Whether this CPU multiplies bfloat16 (AVX512-BF16).
bool has_bfloat16();

// While it lives, gemm<float> on this thread rounds its operands to bfloat16 where the CPU can multiply these, at twice
// the rate; sums stay floats.
class Bfloat16Products {
 public:
  Bfloat16Products();
  ~Bfloat16Products();
  Bfloat16Products(const Bfloat16Products&) = delete;
  Bfloat16Products& operator=(const Bfloat16Products&) = delete;
};

// y[rows][outputs] = x[rows][inputs] W^T, W[outputs][inputs].
template <class Real>
void multiply(int rows, int outputs, int inputs, const Real* x, const Real* weight, Real* y) {
  gemm<Real>(false, true, rows, outputs, inputs, x, inputs, weight, inputs, false, y, outputs);
}

// The two gradients of multiply(): dx (=, or += with `add`) dy W, and dW += dy^T x.
template <class Real>
void multiply_backward(int rows, int outputs, int inputs, const Real* x, const Real* weight, const Real* dy, bool add,
                       Real* dx, Real* dweight) {
  gemm<Real>(false, false, rows, inputs, outputs, dy, outputs, weight, inputs, add, dx, inputs);
  gemm<Real>(true, false, outputs, inputs, rows, dy, outputs, x, inputs, true, dweight, inputs);
}

}  // namespace kabar::train
