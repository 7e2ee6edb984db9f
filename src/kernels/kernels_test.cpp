// Every instruction set of this machine against the plain one, over ragged shapes, misaligned rows and extreme values.
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "kernels/list.h"

namespace kabar::kernels {
namespace {

std::vector<const Kernels*> sets_here() {
  std::vector<const Kernels*> sets;
  for (const Kernels* kernels : all_kernels()) {
    if (kernels != &kPlain && kernels->runs_here()) sets.push_back(kernels);
  }
  return sets;
}

class KernelsHere : public testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& here() const { return *GetParam(); }
  std::mt19937 random{7};

  std::vector<float> floats(int count, float limit) {
    std::uniform_real_distribution<float> uniform(-limit, limit);
    std::vector<float> values(static_cast<size_t>(count));
    for (float& value : values) value = uniform(random);
    return values;
  }
  // Now and then an extreme: pairs of those are where 16-bit sums would saturate.
  std::vector<int8_t> bytes(int count) {
    std::vector<int8_t> values(static_cast<size_t>(count));
    for (int8_t& value : values) {
      value = static_cast<int8_t>(random() % 4 == 0 ? (random() % 2 == 0 ? 127 : -128)
                                                    : static_cast<int>(random() % 255) - 127);
    }
    return values;
  }
};

struct Quantised {
  AlignedVector<std::byte> data;
  std::vector<float> scale;
  int stride = 0;
  QuantisedRows rows() const { return {data.data(), stride, scale.data()}; }
};

Quantised quantise(const Int8Product& product, const std::vector<float>& x, int rows, int width, int x_stride) {
  Quantised quantised;
  quantised.stride = padded(width) * product.input_bytes;
  quantised.data.resize(static_cast<size_t>(rows * quantised.stride));
  for (int row = 0; row < rows; ++row) {
    const float* values = x.data() + static_cast<size_t>(row * x_stride);
    const float multiplier = 127 / std::max(kPlain.max_abs(values, width), 1e-6f);
    product.quantise(values, width, multiplier, quantised.data.data() + row * quantised.stride);
    quantised.scale.push_back(1 / multiplier);
  }
  return quantised;
}

struct Shape {
  int rows, inputs, outputs;
};

constexpr Shape kShapes[] = {{1, 1, 1},    {1, 256, 256},  {2, 3, 5},      {5, 31, 33},
                             {6, 32, 16},  {7, 64, 17},    {8, 100, 48},   {13, 255, 129},
                             {96, 64, 32}, {97, 257, 100}, {31, 1024, 40}, {3, 1536, 256}};

// The product to be tested of a set, and what its inputs may be.
struct ProductKind {
  Int8Product Kernels::*product;
  bool negative;
};
constexpr ProductKind kProductKinds[] = {{&Kernels::s8, true}, {&Kernels::bytes, false}};

TEST_P(KernelsHere, Int8ProductsAreExact) {
  for (const auto& [kind, negative] : kProductKinds) {
    for (const Shape& shape : kShapes) {
      std::vector<float> x = floats(shape.rows * padded(shape.inputs), 3);
      for (float& value : x) value = negative ? value : std::fabs(value);
      const std::vector<int8_t> weights = bytes(shape.outputs * shape.inputs);
      const std::vector<float> scale = floats(shape.outputs, 0.1f);
      const std::vector<float> bias = floats(shape.outputs, 2);
      const int stride = padded(shape.outputs);
      const std::vector<float> residual = floats(shape.rows * stride, 1);
      for (const Activation activation : {Activation::none, Activation::relu, Activation::swish, Activation::gelu}) {
        std::vector<float> results[2];
        for (const Kernels* kernels : {&kPlain, &here()}) {
          const Int8Product& product = kernels->*kind;
          const PackedS8 packed =
              pack_s8(*kernels, product, weights.data(), scale.data(), bias.data(), shape.outputs, shape.inputs);
          const Quantised rows = quantise(product, x, shape.rows, shape.inputs, padded(shape.inputs));
          std::vector<float>& out = results[kernels != &kPlain];
          out.resize(static_cast<size_t>(shape.rows * stride));
          product.gemm(packed, rows.rows(), shape.rows, {activation, residual.data()}, out.data(), stride);
        }
        for (int row = 0; row < shape.rows; ++row) {
          for (int j = 0; j < shape.outputs; ++j) {
            const size_t at = static_cast<size_t>(row * stride + j);
            // The sums are equal integers; the float steps after them round once more or less.
            ASSERT_NEAR(results[0][at], results[1][at], 2e-6f * (1 + std::fabs(results[0][at])))
                << shape.rows << "x" << shape.inputs << "x" << shape.outputs << " at " << row << "," << j;
          }
        }
      }
    }
  }
}

// 1536 products of extremes, all of one sign: more than any sum of 16 bits holds. -128 is no value of our own files,
// but a weight like any other.
TEST_P(KernelsHere, Int8SumsDoNotSaturate) {
  const int inputs = 1536;
  for (const auto& [kind, negative] : kProductKinds) {
    for (const auto& [sign, weight] : {std::pair{1.0f, 127}, {-1.0f, 127}, {1.0f, -128}, {-1.0f, -128}}) {
      if (sign < 0 && !negative) continue;
      const Int8Product& product = here().*kind;
      const std::vector<float> x(static_cast<size_t>(inputs), sign);
      const std::vector<int8_t> weights(static_cast<size_t>(inputs), static_cast<int8_t>(weight));
      const float one = 1;
      const PackedS8 packed = pack_s8(here(), product, weights.data(), &one, nullptr, 1, inputs);
      const Quantised rows = quantise(product, x, 1, inputs, inputs);
      const float unit = 1;
      std::vector<float> out(static_cast<size_t>(padded(1)));
      product.gemm(packed, {rows.data.data(), rows.stride, &unit}, 1, {}, out.data(), padded(1));
      EXPECT_EQ(out[0], sign * static_cast<float>(127 * weight * 1536));
    }
  }
}

// The same in the output layer, whose inputs have either sign.
TEST_P(KernelsHere, SumsOfChosenRowsDoNotSaturate) {
  const int inputs = 512;
  for (const auto& [sign, weight] : {std::pair{1.0f, 127}, {-1.0f, 127}, {1.0f, -128}, {-1.0f, -128}}) {
    const std::vector<int8_t> weights(static_cast<size_t>(inputs), static_cast<int8_t>(weight));
    const Quantised row =
        quantise(here().bytes, std::vector<float>(static_cast<size_t>(inputs), sign), 1, inputs, inputs);
    const float unit = 1;
    const int32_t sum = weight * inputs, id = 0;
    float out = 0;
    here().select_s8({weights.data(), &unit, &sum, nullptr, inputs}, row.data.data(), 1, &id, 1, &out);
    EXPECT_EQ(out, sign * static_cast<float>(127 * weight * inputs));
  }
}

TEST_P(KernelsHere, FloatProductsAgree) {
  for (const Shape& shape : kShapes) {
    const std::vector<float> x = floats(shape.rows * padded(shape.inputs), 1);
    const std::vector<float> weights = floats(shape.outputs * shape.inputs, 1);
    const std::vector<float> bias = floats(shape.outputs, 1);
    const int stride = padded(shape.outputs);
    std::vector<float> results[2];
    for (const Kernels* kernels : {&kPlain, &here()}) {
      const PackedF32 packed = pack_f32(*kernels, weights.data(), bias.data(), shape.outputs, shape.inputs);
      std::vector<float>& out = results[kernels != &kPlain];
      out.resize(static_cast<size_t>(shape.rows * stride));
      kernels->gemm_f32(packed, x.data(), padded(shape.inputs), shape.rows, {}, out.data(), stride);
    }
    for (int row = 0; row < shape.rows; ++row) {
      for (int j = 0; j < shape.outputs; ++j) {
        const size_t at = static_cast<size_t>(row * stride + j);
        ASSERT_NEAR(results[0][at], results[1][at], 1e-6f * static_cast<float>(10 + shape.inputs)) << row << "," << j;
      }
    }
  }
}

// A row gives the same bits alone and among others: a translation must not depend on its batch.
TEST_P(KernelsHere, RowsDoNotDependOnTheirNeighbours) {
  const int rows = 23, inputs = 200, outputs = 70, stride = padded(outputs);
  const std::vector<float> x = floats(rows * padded(inputs), 1);
  const std::vector<float> weights = floats(outputs * inputs, 1);
  const PackedF32 packed = pack_f32(here(), weights.data(), nullptr, outputs, inputs);
  std::vector<float> together(static_cast<size_t>(rows * stride)), alone(static_cast<size_t>(stride));
  here().gemm_f32(packed, x.data(), padded(inputs), rows, {}, together.data(), stride);
  for (int row = 0; row < rows; ++row) {
    here().gemm_f32(packed, x.data() + row * padded(inputs), padded(inputs), 1, {}, alone.data(), stride);
    for (int j = 0; j < outputs; ++j)
      ASSERT_EQ(alone[static_cast<size_t>(j)], together[static_cast<size_t>(row * stride + j)]);
  }
}

TEST_P(KernelsHere, ChosenRowsAgree) {
  for (const int inputs : {1, 16, 31, 64, 256, 259}) {
    const int count = 50;
    const std::vector<int8_t> table = bytes(count * inputs);
    const std::vector<float> float_table = floats(count * inputs, 1);
    const std::vector<float> scale = floats(count, 0.1f), bias = floats(count, 1), x = floats(padded(inputs), 2);
    std::vector<int32_t> sums(static_cast<size_t>(count), 0);
    for (int i = 0; i < count * inputs; ++i) sums[static_cast<size_t>(i / inputs)] += table[static_cast<size_t>(i)];
    const std::vector<int32_t> ids = {0, 49, 7, 7, 23};
    std::vector<float> results[4];
    for (const Kernels* kernels : {&kPlain, &here()}) {
      const Quantised row = quantise(kernels->bytes, x, 1, inputs, padded(inputs));
      const bool ours = kernels != &kPlain;
      results[ours].resize(ids.size());
      results[2 + ours].resize(ids.size());
      kernels->select_s8({table.data(), scale.data(), sums.data(), bias.data(), inputs}, row.data.data(), row.scale[0],
                         ids.data(), static_cast<int>(ids.size()), results[ours].data());
      kernels->select_f32({float_table.data(), bias.data(), inputs}, x.data(), ids.data(), static_cast<int>(ids.size()),
                          results[2 + ours].data());
    }
    for (size_t i = 0; i < ids.size(); ++i) {
      EXPECT_NEAR(results[0][i], results[1][i], 1e-5f * (1 + std::fabs(results[0][i])));
      EXPECT_NEAR(results[2][i], results[3][i], 1e-6f * static_cast<float>(10 + inputs));
    }
  }
}

TEST_P(KernelsHere, QuantisedValuesAreEqualAndClamped) {
  for (const int count : {1, 7, 8, 15, 16, 33, 100}) {
    for (const int offset : {0, 1, 3}) {  // rows that begin anywhere
      std::vector<float> x = floats(count + offset, 300);
      x[static_cast<size_t>(offset)] = 2.5f;  // ties go to the even neighbour
      const std::vector<int8_t> ones(static_cast<size_t>(padded(count)), 1);
      // Read back through a product with unit rows: the storage differs from set to set.
      for (int i = 0; i < count; ++i) {
        std::vector<int8_t> unit(static_cast<size_t>(count), 0);
        unit[static_cast<size_t>(i)] = 1;
        const float scale = 1;
        float results[2];
        for (const Kernels* kernels : {&kPlain, &here()}) {
          AlignedVector<std::byte> row(static_cast<size_t>(padded(count) * kernels->bytes.input_bytes));
          kernels->bytes.quantise(x.data() + offset, count, 1, row.data());
          const int32_t sum = 1, id = 0;
          kernels->select_s8({unit.data(), &scale, &sum, nullptr, count}, row.data(), 1, &id, 1,
                             &results[kernels != &kPlain]);
        }
        ASSERT_EQ(results[0], results[1]) << count << " " << i;
        ASSERT_LE(std::fabs(results[1]), 127);
      }
    }
  }
}

TEST_P(KernelsHere, VectorOperationsAgree) {
  for (const int count : {1, 5, 8, 16, 17, 64, 255, 256, 1000}) {
    for (const int offset : {0, 1, 3}) {
      const std::vector<float> x = floats(count + offset, 20), scale = floats(count, 1), bias = floats(count, 1);
      const float* row = x.data() + offset;
      const int best = kPlain.arg_max(row, count);
      EXPECT_EQ(here().arg_max(row, count), best);
      EXPECT_EQ(here().max_abs(row, count), kPlain.max_abs(row, count));
      EXPECT_NEAR(here().log_sum_exp(row, count, row[best]), kPlain.log_sum_exp(row, count, row[best]), 1e-5f);
      std::vector<float> plain(row, row + count), ours = plain;
      kPlain.layer_norm(plain.data(), scale.data(), bias.data(), count);
      here().layer_norm(ours.data(), scale.data(), bias.data(), count);
      for (size_t i = 0; i < plain.size(); ++i) ASSERT_NEAR(plain[i], ours[i], 1e-5f) << count;

      const std::vector<float> forget = floats(count, 90), cell = floats(count, 3);
      std::vector<float> cells[2], outs[2];
      for (const Kernels* kernels : {&kPlain, &here()}) {
        const bool mine = kernels != &kPlain;
        cells[mine].resize(static_cast<size_t>(count));
        outs[mine].resize(static_cast<size_t>(count));
        kernels->ssru(scale.data(), forget.data(), row, cell.data(), cells[mine].data(), outs[mine].data(), count);
      }
      for (size_t i = 0; i < cells[0].size(); ++i) {
        ASSERT_NEAR(cells[0][i], cells[1][i], 1e-5f);
        ASSERT_NEAR(outs[0][i], outs[1][i], 1e-5f);
      }
    }
  }
}

TEST_P(KernelsHere, AttentionAgrees) {
  for (const int head_width : {3, 8, 16, 32, 64, 128}) {
    for (const int count : {1, 7, 16, 45}) {
      const int heads = head_width == 128 ? 3 : 8, width = heads * head_width;
      const std::vector<float> query = floats(width, 2), keys = floats(count * width, 1),
                               values = floats(count * width, 1);
      std::vector<const float*> key_rows, value_rows;
      for (int j = 0; j < count; ++j) {
        key_rows.push_back(keys.data() + j * width);
        value_rows.push_back(values.data() + j * width);
      }
      std::vector<float> weights[2], outs[2];
      for (const Kernels* kernels : {&kPlain, &here()}) {
        const bool mine = kernels != &kPlain;
        weights[mine].resize(static_cast<size_t>(heads * padded(count)));
        outs[mine].resize(static_cast<size_t>(width));
        kernels->attend({query.data(), key_rows.data(), value_rows.data(), count, heads, head_width,
                         weights[mine].data(), outs[mine].data()});
      }
      for (size_t i = 0; i < outs[0].size(); ++i)
        ASSERT_NEAR(outs[0][i], outs[1][i], 1e-5f) << head_width << " " << count;
      for (int head = 0; head < heads; ++head) {
        float sum = 0;
        for (int j = 0; j < count; ++j) sum += weights[1][static_cast<size_t>(head * padded(count) + j)];
        EXPECT_NEAR(sum, 1, 1e-5f);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Machine, KernelsHere, testing::ValuesIn(sets_here()), [](const auto& test) {
  std::string name = test.param->name;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(KernelsHere);

TEST(Kernels, AWrongNameSaysWhatThereIs) {
  const auto chosen = choose("avx3");
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().kind, ErrorKind::usage);
  EXPECT_NE(chosen.error().message.find("avx3"), std::string::npos);
  EXPECT_NE(chosen.error().message.find("plain"), std::string::npos);
}

TEST(Kernels, ASetThatIsMissingHereIsRefused) {
  for (const Kernels* kernels : all_kernels()) EXPECT_EQ(choose(kernels->name).has_value(), kernels->runs_here());
  EXPECT_TRUE(choose("plain"));
  EXPECT_TRUE(choose(""));
}

// Worked by hand: rows (1 2) and (-1 0.5), W = [[10 -20] [0 4]] with scales 0.5 and 2, bias (1 -1).
TEST(Kernels, PlainInt8ProductByHand) {
  const int8_t weights[] = {10, -20, 0, 4};
  const float scale[] = {0.5f, 2}, bias[] = {1, -1};
  const PackedS8 packed = pack_s8(kPlain, kPlain.s8, weights, scale, bias, 2, 2);
  AlignedVector<std::byte> rows(2 * 32);
  const float x[] = {1, 2}, y[] = {-1, 0.5f};
  kPlain.s8.quantise(x, 2, 50, rows.data());        // 50 100
  kPlain.s8.quantise(y, 2, 100, rows.data() + 32);  // -100 50
  const float row_scale[] = {0.02f, 0.01f};
  float out[2 * 32];
  kPlain.s8.gemm(packed, {rows.data(), 32, row_scale}, 2, {}, out, 32);
  EXPECT_NEAR(out[0], (500 - 2000) * 0.02f * 0.5f + 1, 1e-5f);     // -14
  EXPECT_NEAR(out[1], 400 * 0.02f * 2 - 1, 1e-5f);                 // 15
  EXPECT_NEAR(out[32], (-1000 - 1000) * 0.01f * 0.5f + 1, 1e-5f);  // -9
  EXPECT_NEAR(out[33], 200 * 0.01f * 2 - 1, 1e-5f);                // 3
}

}  // namespace
}  // namespace kabar::kernels
