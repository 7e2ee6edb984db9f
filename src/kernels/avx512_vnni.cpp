// AVX-512 with the 8-bit dot product (vpdpbusd zmm): unsigned times signed, exact in 32 bits.
// Activations are stored as value + 128; the accumulators start with -128 times the sum of the weights.
#include <immintrin.h>

#include "kernels/cpu_x86.h"
#include "kernels/list.h"

namespace {

struct Isa {
  using Bytes = Isa;
  using F = __m512;
  using Int = __m512i;
  static constexpr int kLanes = 16;
  static constexpr int kVectors = 2;
  static constexpr int kRows = 8;  // 16 sums hide the latency of two products a cycle
  static constexpr int kGroup = 4;
  static constexpr int kInputBytes = 1;
  static constexpr int kStartFactor = -128;

  static F set(float x) { return _mm512_set1_ps(x); }
  static F load(const float* x) { return _mm512_loadu_ps(x); }
  static void store(float* x, F v) { _mm512_storeu_ps(x, v); }
  static F add(F a, F b) { return _mm512_add_ps(a, b); }
  static F sub(F a, F b) { return _mm512_sub_ps(a, b); }
  static F mul(F a, F b) { return _mm512_mul_ps(a, b); }
  static F div(F a, F b) { return _mm512_div_ps(a, b); }
  static F fma(F a, F b, F c) { return _mm512_fmadd_ps(a, b, c); }
  static F max(F a, F b) { return _mm512_max_ps(a, b); }
  static F min(F a, F b) { return _mm512_min_ps(a, b); }
  static F abs(F a) { return _mm512_abs_ps(a); }
  static F round(F a) { return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
  static F power_of_two(F n) {
    const __m512i exponent = _mm512_add_epi32(_mm512_cvtps_epi32(n), _mm512_set1_epi32(127));
    return _mm512_castsi512_ps(_mm512_slli_epi32(exponent, 23));
  }
  static float sum(F a) { return _mm512_reduce_add_ps(a); }
  static void sum_floats(const F (&sums)[4], float* out) {
    for (int i = 0; i < 4; ++i) out[i] = sum(sums[i]);
  }
  static float max_across(F a) { return _mm512_reduce_max_ps(a); }
  static __mmask16 first(int count) { return static_cast<__mmask16>((1u << count) - 1u); }
  static F load_part(const float* x, int count, float fill) { return _mm512_mask_loadu_ps(set(fill), first(count), x); }
  static void store_part(float* x, int count, F v) { _mm512_mask_storeu_ps(x, first(count), v); }

  static Int zero_int() { return _mm512_setzero_si512(); }
  static Int load_int(const int32_t* x) { return _mm512_loadu_si512(x); }
  static Int load_weights(const int8_t* x) { return _mm512_loadu_si512(x); }
  static Int load_words(const std::byte* x) { return _mm512_loadu_si512(x); }
  static Int broadcast_word(const std::byte* x) {
    return _mm512_castps_si512(_mm512_broadcastss_ps(_mm_load_ss(reinterpret_cast<const float*>(x))));
  }
  static Int dot(Int sum, Int values, Int weights) { return _mm512_dpbusd_epi32(sum, values, weights); }
  static Int dot_signed(Int sum, Int values, Int weights) { return dot(sum, values, weights); }
  static F to_float(Int a) { return _mm512_cvtepi32_ps(a); }
  static int32_t sum_int(Int a) { return _mm512_reduce_add_epi32(a); }
  static void sum_ints(const Int (&sums)[4], int32_t* out) {
    for (int i = 0; i < 4; ++i) out[i] = sum_int(sums[i]);
  }
  static int32_t input(const std::byte* x, int i) { return static_cast<int32_t>(x[i]); }
  static void store_quantised(std::byte* out, F x) {
    const __m128i bytes = _mm_max_epi8(_mm512_cvtsepi32_epi8(_mm512_cvtps_epi32(x)), _mm_set1_epi8(-127));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm_xor_si128(bytes, _mm_set1_epi8(-128)));
  }
};

}  // namespace

#include "kernels/vector_kernels.h"

namespace kabar::kernels {

const Kernels kAvx512Vnni = {
    .name = "avx512-vnni",
    .runs_here = cpu_has_avx512_vnni,
#include "kernels/vector_table.inc"
};

}  // namespace kabar::kernels
