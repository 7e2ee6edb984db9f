// AVX2 with the 8-bit dot product of the VEX encoding (vpdpbusd ymm): unsigned times signed, exact in 32 bits.
// Activations are stored as value + 128; the accumulators start with -128 times the sum of the weights.
#include <immintrin.h>

#include "kernels/cpu_x86.h"
#include "kernels/list.h"

namespace {

struct Isa {
  using Bytes = Isa;
  using F = __m256;
  using Int = __m256i;
  static constexpr int kLanes = 8;
  static constexpr int kVectors = 2;
  static constexpr int kRows = 6;  // 12 sums, 2 weights, 1 value
  static constexpr int kGroup = 4;
  static constexpr int kInputBytes = 1;
  static constexpr int kStartFactor = -128;

#include "kernels/avx_floats.inc"

  static Int zero_int() { return _mm256_setzero_si256(); }
  static Int load_int(const int32_t* x) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x)); }
  static Int load_weights(const int8_t* x) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x)); }
  static Int load_words(const std::byte* x) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x)); }
  static Int broadcast_word(const std::byte* x) {
    return _mm256_castps_si256(_mm256_broadcast_ss(reinterpret_cast<const float*>(x)));
  }
  static Int dot(Int sum, Int values, Int weights) { return _mm256_dpbusd_avx_epi32(sum, values, weights); }
  static Int dot_signed(Int sum, Int values, Int weights) { return dot(sum, values, weights); }
  static F to_float(Int a) { return _mm256_cvtepi32_ps(a); }
  static int32_t input(const std::byte* x, int i) { return static_cast<int32_t>(x[i]); }
  static void store_quantised(std::byte* out, F x) {
    const __m256i whole = _mm256_cvtps_epi32(x);
    const __m128i v = _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256(whole, 1));
    const __m128i bytes = _mm_max_epi8(_mm_packs_epi16(v, v), _mm_set1_epi8(-127));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(out), _mm_xor_si128(bytes, _mm_set1_epi8(-128)));
  }
};

}  // namespace

#include "kernels/vector_kernels.h"

namespace kabar::kernels {

const Kernels kAvxVnni = {
    .name = "avx-vnni",
    .runs_here = cpu_has_avx_vnni,
#include "kernels/vector_table.inc"
};

}  // namespace kabar::kernels
