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
  const double loss =
      softmax_cross_entropy(1, 4, &target, weight.data(), log_weight.data(), 0.1, 10, 2.0, gradient.data());
  EXPECT_NEAR(loss, smoothed_loss(logits, weight, target, 0, 10), 1e-12);
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

TEST(Attention, FloatAgreesWithDoubleOnRaggedLengths) {
  for (const int keys : {1, 7, 8, 9, 16, 33}) {
    std::vector<double> query(32), key(static_cast<size_t>(keys * 32)), value(key.size());
    for (size_t i = 0; i < query.size(); ++i) query[i] = std::sin(static_cast<double>(i * i));
    for (size_t i = 0; i < key.size(); ++i)
      key[i] = std::cos(static_cast<double>(i)), value[i] = std::sin(1.0 + static_cast<double>(i));
    const std::vector<float> query_f(query.begin(), query.end()), key_f(key.begin(), key.end()),
        value_f(value.begin(), value.end());
    std::vector<double> context(32), p(static_cast<size_t>(4 * padded_keys(keys)));
    std::vector<float> context_f(32), p_f(p.size());
    attention<double>({query.data(), 32, key.data(), value.data(), 32, 1, keys, 4, 8, p.data(), 32}, context.data());
    attention<float>({query_f.data(), 32, key_f.data(), value_f.data(), 32, 1, keys, 4, 8, p_f.data(), 32},
                     context_f.data());
    for (size_t i = 0; i < context.size(); ++i)
      EXPECT_NEAR(static_cast<double>(context_f[i]), context[i], 1e-5) << keys;
  }
}

}  // namespace
}  // namespace kabar::train
