// AVX2 and FMA. Products are taken in 16 bits (vpmaddwd): weights are widened as they are read, activations are stored
// as 16-bit integers, so the pairs are exact and nothing saturates. The 8-bit vpmaddubsw, unsigned times signed, adds
// pairs in 16 bits, which hold them exactly where the unsigned factor is at most 128: see Bytes.
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
  static constexpr int kInputBytes = 2;
  static constexpr int kStartFactor = 0;

#include "kernels/avx_floats.inc"

  static Int zero_int() { return _mm256_setzero_si256(); }
  static Int load_int(const int32_t* x) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x)); }
  static Int load_weights(const int8_t* x) {
    return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(x)));
  }
  static Int broadcast_word(const std::byte* x) {
    return _mm256_castps_si256(_mm256_broadcast_ss(reinterpret_cast<const float*>(x)));
  }
  static Int dot(Int sum, Int values, Int weights) { return _mm256_add_epi32(sum, _mm256_madd_epi16(values, weights)); }
  static F to_float(Int a) { return _mm256_cvtepi32_ps(a); }
  static void store_quantised(std::byte* out, F x) {
    const __m256i whole = _mm256_cvtps_epi32(x);
    __m128i v = _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1));
    v = _mm_max_epi16(_mm_min_epi16(v, _mm_set1_epi16(127)), _mm_set1_epi16(-127));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), v);
  }

  struct Bytes {
    static constexpr int kGroup = 4;
    static constexpr int kInputBytes = 1;
    static constexpr int kStartFactor = 0;

    static Int load_weights(const int8_t* x) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x)); }
    static Int load_words(const std::byte* x) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x)); }
    static Int add_pairs(Int sum, Int pairs) {
      return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
    }
    // Values in 0..127: a pair is at most 2 * 127 * 128.
    static Int dot(Int sum, Int values, Int weights) { return add_pairs(sum, _mm256_maddubs_epi16(values, weights)); }
    // Values in -127..127: |weight| times the value with the weight's sign.
    static Int dot_signed(Int sum, Int values, Int weights) {
      return add_pairs(sum, _mm256_maddubs_epi16(_mm256_abs_epi8(weights), _mm256_sign_epi8(values, weights)));
    }
    static int32_t input(const std::byte* x, int i) { return static_cast<int8_t>(x[i]); }
    static void store_quantised(std::byte* out, F x) {
      const __m256i whole = _mm256_cvtps_epi32(x);
      const __m128i v = _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1));
      const __m128i bytes = _mm_max_epi8(_mm_packs_epi16(v, v), _mm_set1_epi8(-127));
      _mm_storel_epi64(reinterpret_cast<__m128i*>(out), bytes);
    }
  };
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
