// AArch64 with the dot product extension (sdot): signed times signed, exact in 32 bits.
#include <arm_neon.h>
#include <sys/auxv.h>

#include "kernels/list.h"

namespace {

struct Isa {
  using Bytes = Isa;
  using F = float32x4_t;
  using Int = int32x4_t;
  static constexpr int kLanes = 4;
  static constexpr int kVectors = 4;
  static constexpr int kRows = 5;  // 20 sums, 4 weights, 1 value of 32 registers
  static constexpr int kGroup = 4;
  static constexpr int kInputBytes = 1;
  static constexpr int kStartFactor = 0;

  static F set(float x) { return vdupq_n_f32(x); }
  static F load(const float* x) { return vld1q_f32(x); }
  static void store(float* x, F v) { vst1q_f32(x, v); }
  static F add(F a, F b) { return vaddq_f32(a, b); }
  static F sub(F a, F b) { return vsubq_f32(a, b); }
  static F mul(F a, F b) { return vmulq_f32(a, b); }
  static F div(F a, F b) { return vdivq_f32(a, b); }
  static F fma(F a, F b, F c) { return vfmaq_f32(c, a, b); }
  static F max(F a, F b) { return vmaxq_f32(a, b); }
  static F min(F a, F b) { return vminq_f32(a, b); }
  static F abs(F a) { return vabsq_f32(a); }
  static F round(F a) { return vrndnq_f32(a); }
  static F power_of_two(F n) {
    return vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(vcvtnq_s32_f32(n), vdupq_n_s32(127)), 23));
  }
  static float sum(F a) { return vaddvq_f32(a); }
  static void sum_floats(const F (&sums)[4], float* out) {
    for (int i = 0; i < 4; ++i) out[i] = sum(sums[i]);
  }
  static float max_across(F a) { return vmaxvq_f32(a); }
  static F load_part(const float* x, int count, float fill) {
    float values[4] = {fill, fill, fill, fill};
    for (int i = 0; i < count; ++i) values[i] = x[i];
    return load(values);
  }
  static void store_part(float* x, int count, F v) {
    float values[4];
    store(values, v);
    for (int i = 0; i < count; ++i) x[i] = values[i];
  }

  static Int zero_int() { return vdupq_n_s32(0); }
  static Int load_int(const int32_t* x) { return vld1q_s32(x); }
  static Int load_weights(const int8_t* x) { return vreinterpretq_s32_s8(vld1q_s8(x)); }
  static Int load_words(const std::byte* x) {
    return vreinterpretq_s32_s8(vld1q_s8(reinterpret_cast<const int8_t*>(x)));
  }
  static Int broadcast_word(const std::byte* x) { return vld1q_dup_s32(reinterpret_cast<const int32_t*>(x)); }
  static Int dot(Int sum, Int values, Int weights) {
    return vdotq_s32(sum, vreinterpretq_s8_s32(values), vreinterpretq_s8_s32(weights));
  }
  static Int dot_signed(Int sum, Int values, Int weights) { return dot(sum, values, weights); }
  static F to_float(Int a) { return vcvtq_f32_s32(a); }
  static int32_t sum_int(Int a) { return vaddvq_s32(a); }
  static void sum_ints(const Int (&sums)[4], int32_t* out) {
    for (int i = 0; i < 4; ++i) out[i] = sum_int(sums[i]);
  }
  static int32_t input(const std::byte* x, int i) { return reinterpret_cast<const int8_t*>(x)[i]; }
  static void store_quantised(std::byte* out, F x) {
    const int16x4_t words = vqmovn_s32(vcvtnq_s32_f32(x));
    const int8x8_t bytes = vmax_s8(vqmovn_s16(vcombine_s16(words, words)), vdup_n_s8(-127));
    vst1_lane_s32(reinterpret_cast<int32_t*>(out), vreinterpret_s32_s8(bytes), 0);
  }
};

bool cpu_has_dot_product() { return (getauxval(AT_HWCAP) & (1ul << 20)) != 0; }  // HWCAP_ASIMDDP

}  // namespace

#include "kernels/vector_kernels.h"

namespace kabar::kernels {

const Kernels kNeon = {
    .name = "neon",
    .runs_here = cpu_has_dot_product,
#include "kernels/vector_table.inc"
};

}  // namespace kabar::kernels
