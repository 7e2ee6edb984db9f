#include "train/gemm.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>
#include <vector>

#include "train/random.h"

namespace kabar::train {
namespace {

std::vector<float> some(size_t count, uint64_t seed) {
  Random random(seed);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random.uniform()) - 0.5f;
  return values;
}

struct Product {
  bool transpose_a, transpose_b, add;
  int m, n, k;
};

constexpr Product kProducts[] = {{false, true, false, 37, 96, 64}, {false, false, true, 37, 64, 96},
                                 {true, false, true, 96, 64, 37},  {false, true, false, 1, 5, 3},
                                 {true, true, false, 8, 16, 300},  {false, true, true, 600, 256, 256}};

std::vector<float> multiplied(const Product& p) {
  const std::vector<float> a = some(static_cast<size_t>(p.m) * static_cast<size_t>(p.k), 1);
  const std::vector<float> b = some(static_cast<size_t>(p.k) * static_cast<size_t>(p.n), 2);
  const int ldc = p.n + 3;
  std::vector<float> c = some(static_cast<size_t>(p.m) * static_cast<size_t>(ldc), 3);
  gemm<float>(p.transpose_a, p.transpose_b, p.m, p.n, p.k, a.data(), p.transpose_a ? p.m : p.k, b.data(),
              p.transpose_b ? p.k : p.n, p.add, c.data(), ldc);
  return c;
}

// Operands of at most 0.5 keep eight bits: a product is off by less than 2^-10, and the sum of k of them, whose errors
// have either sign, by some roots of k times that.
TEST(Gemm, Bfloat16IsTheFloatProductRounded) {
  if (!has_bfloat16()) GTEST_SKIP() << "this CPU does not multiply bfloat16";
  for (const Product& p : kProducts) {
    const std::vector<float> exact = multiplied(p);
    std::vector<float> rounded;
    {
      const Bfloat16Products here;
      rounded = multiplied(p);
      EXPECT_EQ(multiplied(p), rounded) << "the same again";
    }
    double error = 0;
    for (size_t i = 0; i < exact.size(); ++i) {
      error = std::max(error, static_cast<double>(std::abs(exact[i] - rounded[i])));
    }
    EXPECT_LT(error, std::sqrt(p.k) / 256) << p.m << " x " << p.n << " x " << p.k;
    EXPECT_GT(error, 0) << "nothing was rounded";
    EXPECT_EQ(multiplied(p), exact) << "the wish ends with its scope";
  }
}

TEST(Gemm, Bfloat16IsAWishOfOneThread) {
  const Bfloat16Products here;
  std::vector<float> other;
  std::thread([&] { other = multiplied(kProducts[0]); }).join();
  EXPECT_EQ(other == multiplied(kProducts[0]), !has_bfloat16());
}

}  // namespace
}  // namespace kabar::train
