// AVX2 and FMA. Products are taken in 16 bits (vpmaddwd): weights are widened as they are read, activations are stored
// as 16-bit integers, so the pairs are exact and nothing saturates, unlike the 8-bit vpmaddubsw.
#include <immintrin.h>

#include "kernels/cpu_x86.h"
#include "kernels/list.h"

namespace {

struct Isa {
  using F = __m256;
  using Int = __m256i;
  static constexpr int kLanes = 8;
  static constexpr int kVectors = 2;
  static constexpr int kRows = 6;  // 12 sums, 2 weights, 1 value, 1 product: all 16 registers
  static constexpr int kGroup = 2;
  static constexpr int kActivationBytes = 2;
  static constexpr int kStartFactor = 0;

#include "kernels/avx_floats.inc"

  static Int zero_int() { return _mm256_setzero_si256(); }
  static Int load_int(const int32_t* x) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x)); }
  static Int load_weights(const int8_t* x) {
    return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(x)));
  }
  static Int load_words(const std::byte* x) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x)); }
  static Int broadcast_word(const std::byte* x) {
    return _mm256_castps_si256(_mm256_broadcast_ss(reinterpret_cast<const float*>(x)));
  }
  static Int dot(Int sum, Int values, Int weights) { return _mm256_add_epi32(sum, _mm256_madd_epi16(values, weights)); }
  static F to_float(Int a) { return _mm256_cvtepi32_ps(a); }
  static int32_t activation(const std::byte* x, int i) { return reinterpret_cast<const int16_t*>(x)[i]; }
  static void store_quantised(std::byte* out, F x) {
    const __m256i whole = _mm256_cvtps_epi32(x);
    __m128i v = _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1));
    v = _mm_max_epi16(_mm_min_epi16(v, _mm_set1_epi16(127)), _mm_set1_epi16(-127));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), v);
  }
};

}  // namespace

#include "kernels/vector_kernels.h"

namespace kabar::kernels {

const Kernels kAvx2 = {
    .name = "avx2",
    .runs_here = cpu_has_avx2,
#include "kernels/vector_table.inc"
};

}  // namespace kabar::kernels
