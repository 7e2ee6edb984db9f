#include "train/ops.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace kabar::train {
namespace {

// Smoothed loss from its definition; the partition sum and the smoothing count each candidate `weight` times.
double smoothed_loss(const std::vector<double>& logits, const std::vector<double>& weight, int target, double smoothing,
                     int vocabulary) {
  double sum = 0;
  for (size_t j = 0; j < logits.size(); ++j) sum += weight[j] * std::exp(logits[j]);
  double loss = -(1 - smoothing) * (logits[static_cast<size_t>(target)] - std::log(sum));
  for (size_t j = 0; j < logits.size(); ++j) {
    loss -= smoothing / vocabulary * weight[j] * (logits[j] - std::log(sum));
  }
  return loss;
}

TEST(SoftmaxCrossEntropy, GradientIsThatOfTheSmoothedLoss) {
  const std::vector<double> logits = {0.3, -1.2, 2.0, 0.1};
  const std::vector<double> weight = {1, 1, 4, 4};  // 10 words in all
  std::vector<double> log_weight;
  for (const double w : weight) log_weight.push_back(std::log(w));
  const int target = 1;
  std::vector<double> gradient = logits;
  int correct = 0;
  const double loss =
      softmax_cross_entropy(1, 4, &target, weight.data(), log_weight.data(), 0.1, 10, 2.0, gradient.data(), correct);
  EXPECT_NEAR(loss, smoothed_loss(logits, weight, target, 0, 10), 1e-12);
  EXPECT_EQ(correct, 0);
  for (size_t j = 0; j < logits.size(); ++j) {
    std::vector<double> above = logits, below = logits;
    above[j] += 1e-5;
    below[j] -= 1e-5;
    const double expected =
        (smoothed_loss(above, weight, target, 0.1, 10) - smoothed_loss(below, weight, target, 0.1, 10)) / 2e-5;
    EXPECT_NEAR(gradient[j], 2 * expected, 1e-8) << j;
  }
}

TEST(Attention, GuidedGradientIsThatOfTheAlignmentLoss) {
  // One query, three keys, one head of width 8; links to keys 0 and 2.
  std::vector<double> query(8), key(24), value(24), context(8), probabilities(8), d_context(8);
  for (size_t i = 0; i < 24; ++i) key[i] = std::sin(static_cast<double>(i));
  for (size_t i = 0; i < 8; ++i) query[i] = std::cos(static_cast<double>(3 * i));
  const int starts[] = {0, 2};
  const int links[] = {0, 2};
  const AttentionArrays<double> arrays{query.data(),         8, key.data(), value.data(), 8, 1, 3, 1, 8,
                                       probabilities.data(), 8};
  const auto loss = [&] {
    attention(arrays, context.data());
    return -0.7 * (std::log(probabilities[0]) + std::log(probabilities[2])) / 2;
  };
  loss();
  std::vector<double> d_query(8), d_key(24), d_value(24);
  attention_backward(arrays, d_context.data(), {starts, links, 0.7}, d_query.data(), 8, d_key.data(), d_value.data(),
                     8);
  for (size_t i = 0; i < 8; ++i) {
    const double kept = query[i];
    query[i] = kept + 1e-5;
    const double above = loss();
    query[i] = kept - 1e-5;
    const double below = loss();
    query[i] = kept;
    EXPECT_NEAR(d_query[i], (above - below) / 2e-5, 1e-8) << i;
  }
}

// Four heads of width 8, and one of the usual width, which has code of its own.
void expect_float_agrees(int keys, int heads) {
  const size_t width = 32;
  std::vector<double> query(width), key(static_cast<size_t>(keys) * width), value(key.size()), d_context(width);
  for (size_t i = 0; i < width; ++i) query[i] = std::sin(static_cast<double>(i * i)), d_context[i] = query[i] + 0.1;
  for (size_t i = 0; i < key.size(); ++i) key[i] = std::cos(static_cast<double>(i)), value[i] = std::sin(1.0 + key[i]);
  const std::vector<float> query_f(query.begin(), query.end()), key_f(key.begin(), key.end()),
      value_f(value.begin(), value.end()), d_context_f(d_context.begin(), d_context.end());
  std::vector<double> context(width), p(static_cast<size_t>(heads * padded_keys(keys))), d_query(width),
      d_key(key.size()), d_value(key.size());
  std::vector<float> context_f(width), p_f(p.size()), d_query_f(width), d_key_f(key.size()), d_value_f(key.size());
  const AttentionArrays<double> exact{query.data(), 32,    key.data(), value.data(), 32, 1,
                                      keys,         heads, 32 / heads, p.data(),     32};
  const AttentionArrays<float> rounded{query_f.data(), 32,    key_f.data(), value_f.data(), 32, 1,
                                       keys,           heads, 32 / heads,   p_f.data(),     32};
  attention(exact, context.data());
  attention(rounded, context_f.data());
  attention_backward<double>(exact, d_context.data(), {}, d_query.data(), 32, d_key.data(), d_value.data(), 32);
  attention_backward<float>(rounded, d_context_f.data(), {}, d_query_f.data(), 32, d_key_f.data(), d_value_f.data(),
                            32);
  const auto expect_near = [&](const std::vector<float>& values, const std::vector<double>& expected) {
    for (size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(static_cast<double>(values[i]), expected[i], 1e-5) << keys << " keys, " << heads << " heads";
    }
  };
  expect_near(context_f, context);
  expect_near(d_query_f, d_query);
  expect_near(d_key_f, d_key);
  expect_near(d_value_f, d_value);
}

TEST(Attention, FloatAgreesWithDoubleOnRaggedLengths) {
  for (const int keys : {1, 7, 8, 9, 16, 33}) {
    expect_float_agrees(keys, 4);
    expect_float_agrees(keys, 1);
  }
}

}  // namespace
}  // namespace kabar::train
