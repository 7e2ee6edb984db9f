// The loops that measure a processor's peak, for vector_kernels.h, which includes this at its end.
#pragma once

// The letter that the compiler has for a vector register in inline assembly.
#if defined(__aarch64__)
#define KABAR_VECTOR_REGISTER "w"
#elif defined(__AVX512F__)
#define KABAR_VECTOR_REGISTER "v"
#else
#define KABAR_VECTOR_REGISTER "x"
#endif

namespace {

// Hides a value from the optimiser at no cost.
template <typename Vector>
[[gnu::always_inline]] inline void make_opaque(Vector& vector) {
  asm volatile("" : "+" KABAR_VECTOR_REGISTER(vector));
}

// As many sums as a block has, so that the latency of the sums is hidden and the registers suffice.
constexpr int kPeakSums = Isa::kRows * Isa::kVectors;

int64_t peak_s8(int64_t rounds) {
  Int sums[kPeakSums];
  repeat<kPeakSums>([&](auto i) { sums[i] = Isa::zero_int(); });
  alignas(64) const int8_t ones[64] = {1};
  Int weights = Isa::load_weights(ones);
  for (int64_t round = 0; round < rounds; ++round) {
    repeat<kPeakSums>([&](auto i) {
      make_opaque(weights);  // or one product would do for all sums
      sums[i] = Isa::dot(sums[i], weights, weights);
    });
  }
  repeat<kPeakSums>([&](auto i) { make_opaque(sums[i]); });
  return rounds * kPeakSums * Isa::kLanes * Isa::kGroup;
}

int64_t peak_f32(int64_t rounds) {
  F sums[kPeakSums];
  repeat<kPeakSums>([&](auto i) { sums[i] = Isa::set(0.0f); });
  F weights = Isa::set(1e-3f);
  for (int64_t round = 0; round < rounds; ++round) {
    make_opaque(weights);
    repeat<kPeakSums>([&](auto i) { sums[i] = Isa::fma(weights, weights, sums[i]); });
  }
  repeat<kPeakSums>([&](auto i) { make_opaque(sums[i]); });
  return rounds * kPeakSums * Isa::kLanes;
}

}  // namespace
