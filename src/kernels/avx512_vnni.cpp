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
  // out[i] = the sum across sums[i]: together, since each alone is a dozen shuffles.
  static void sum_floats(const F (&sums)[4], float* out) {
    const __m512 ab = _mm512_add_ps(_mm512_unpacklo_ps(sums[0], sums[1]), _mm512_unpackhi_ps(sums[0], sums[1]));
    const __m512 cd = _mm512_add_ps(_mm512_unpacklo_ps(sums[2], sums[3]), _mm512_unpackhi_ps(sums[2], sums[3]));
    const __m512 abcd = _mm512_add_ps(_mm512_shuffle_ps(ab, cd, 0x44), _mm512_shuffle_ps(ab, cd, 0xee));
    const __m256 half = _mm256_add_ps(_mm512_castps512_ps256(abcd), _mm512_extractf32x8_ps(abcd, 1));
    _mm_storeu_ps(out, _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1)));
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
    const Int ab = _mm512_add_epi32(_mm512_unpacklo_epi32(sums[0], sums[1]), _mm512_unpackhi_epi32(sums[0], sums[1]));
    const Int cd = _mm512_add_epi32(_mm512_unpacklo_epi32(sums[2], sums[3]), _mm512_unpackhi_epi32(sums[2], sums[3]));
    const Int abcd = _mm512_add_epi32(_mm512_unpacklo_epi64(ab, cd), _mm512_unpackhi_epi64(ab, cd));
    const __m256i half = _mm256_add_epi32(_mm512_castsi512_si256(abcd), _mm512_extracti64x4_epi64(abcd, 1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out),
                     _mm_add_epi32(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1)));
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
