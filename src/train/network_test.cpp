#include "train/network.h"

#include <gtest/gtest.h>

#include <cmath>

#include "train/random.h"

namespace kabar::train {
namespace {

NetworkShape small_shape() {
  NetworkShape shape;
  shape.width = 16;
  shape.heads = 2;
  shape.inner = 24;
  shape.encoder_layers = 2;
  shape.decoder_layers = 2;
  shape.source_vocabulary = 23;
  shape.target_vocabularies = {19, 29};
  return shape;
}

void add(Sentences& sentences, std::vector<int> ids) {
  sentences.ids.insert(sentences.ids.end(), ids.begin(), ids.end());
  sentences.starts.push_back(sentences.tokens());
}

// Three sources; head 0 has translations of all, head 1 of the last alone.
Batch small_batch() {
  Batch batch;
  add(batch.sources, {3, 5, 7, 2, 0});
  add(batch.sources, {22, 0});
  add(batch.sources, {4, 4, 9, 11, 12, 13, 14, 5, 6, 0});
  batch.heads.resize(2);
  HeadBatch& first = batch.heads[0];
  first.sources = {0, 1, 2};
  add(first.targets, {5, 6, 0});
  add(first.targets, {18, 17, 16, 0});
  add(first.targets, {2, 0});
  first.link_keys = {0, 1, 3, 4, 1, 8, 9};
  first.link_starts = {0, 2, 3, 4, 4, 4, 4, 5, 6, 7};
  HeadBatch& second = batch.heads[1];
  second.sources = {2};
  add(second.targets, {28, 1, 2, 3, 28, 0});
  second.link_starts = {0, 0, 0, 0, 0, 0, 0};
  return batch;
}

// Head 0 takes its whole vocabulary; head 1 a part, some of which stand for more.
std::vector<Candidates> small_candidates() {
  std::vector<Candidates> candidates(2);
  for (int i = 0; i < 19; ++i) candidates[0].ids.push_back(i);
  candidates[0].weight.assign(19, 1);
  candidates[1].ids = {0, 28, 1, 2, 3, 17, 9};
  candidates[1].weight = {1, 1, 1, 1, 1, 12, 12};
  return candidates;
}

template <class Real>
std::vector<Real> start_weights(const Layout& layout) {
  std::vector<Real> parameters(layout.size);
  fill_start_weights(layout, 7, parameters.data());
  Random random(3);
  // Biases and norm scales away from 0 and 1, so that their gradients are seen.
  for (const Tensor& tensor : layout.tensors) {
    if (tensor.fill == Fill::glorot) continue;
    for (size_t i = 0; i < tensor.size(); ++i) {
      parameters[tensor.offset + i] += static_cast<Real>(0.2 * (random.uniform() - 0.5));
    }
  }
  return parameters;
}

// What the gradient is the gradient of: smoothed cross entropy plus the alignment loss. The first is put together
// from its definition, with softmax probabilities that come from running without gradient on single candidates.
double objective(Network<double>& network, const std::vector<double>& parameters, const StepOptions& options) {
  const Batch batch = small_batch();
  const std::vector<HeadLoss> losses = network.run(parameters.data(), batch, small_candidates(), options, nullptr);
  return losses[0].cross_entropy + losses[1].cross_entropy;
}

// Compares some coordinates of every tensor with central differences.
void expect_gradient(const StepOptions& options) {
  const Layout layout(small_shape());
  std::vector<double> parameters = start_weights<double>(layout);
  Network<double> network(layout);
  std::vector<double> gradient(layout.size);
  network.run(parameters.data(), small_batch(), small_candidates(), options, gradient.data());
  Random random(11);
  for (const Tensor& tensor : layout.tensors) {
    for (int trial = 0; trial < 6; ++trial) {
      const size_t at = tensor.offset + random.below(static_cast<uint32_t>(tensor.size()));
      const double kept = parameters[at];
      const double step = 1e-5;
      parameters[at] = kept + step;
      const double above = objective(network, parameters, options);
      parameters[at] = kept - step;
      const double below = objective(network, parameters, options);
      parameters[at] = kept;
      const double expected = (above - below) / (2 * step);
      EXPECT_NEAR(gradient[at], expected, 1e-6 + 1e-5 * std::abs(expected)) << tensor.name << " " << at - tensor.offset;
    }
  }
}

TEST(Network, GradientOfEveryTensorAgreesWithFiniteDifferences) { expect_gradient({}); }

TEST(Network, GradientWithDropoutAgreesWithFiniteDifferences) {
  StepOptions options;
  options.dropout = 0.3f;
  options.seed = 99;
  expect_gradient(options);
}

TEST(Network, FloatStepAgreesWithDoubleStep) {
  const Layout layout(small_shape());
  StepOptions options;
  options.dropout = 0.1f;
  options.label_smoothing = 0.1f;
  options.guided_weight = 0.5f;
  options.gradient_scale = 0.25;
  const std::vector<double> exact = start_weights<double>(layout);
  const std::vector<float> rounded(exact.begin(), exact.end());
  std::vector<double> expected(layout.size);
  std::vector<float> gradient(layout.size);
  Network<double> reference(layout);
  Network<float> network(layout);
  const auto expected_loss = reference.run(exact.data(), small_batch(), small_candidates(), options, expected.data());
  const auto loss = network.run(rounded.data(), small_batch(), small_candidates(), options, gradient.data());
  EXPECT_NEAR(loss[0].cross_entropy, expected_loss[0].cross_entropy, 1e-4);
  EXPECT_NEAR(loss[1].cross_entropy, expected_loss[1].cross_entropy, 1e-4);
  for (size_t i = 0; i < layout.size; ++i) {
    ASSERT_NEAR(static_cast<double>(gradient[i]), expected[i], 2e-5 + 1e-4 * std::abs(expected[i])) << i;
  }
}

}  // namespace
}  // namespace kabar::train
