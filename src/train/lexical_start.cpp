#include "train/lexical_start.h"

#include <cmath>

#include "train/batch.h"
#include "train/lexicon.h"

namespace kabar::train {
namespace {

// In (0, 1]; small for frequent words that link to everything.
float strength(const LinkedPair& pair) { return pair.count * pair.count / (pair.source_count * pair.target_count); }

// Rows of an embedding table as a plain array.
struct Table {
  float* values;
  size_t width;
  float* row(int id) const { return values + static_cast<size_t>(id) * width; }
};

void add_scaled(float factor, const float* x, size_t width, float* y) {
  for (size_t i = 0; i < width; ++i) y[i] += factor * x[i];
}

// Scales to length 1; false for a row of zeros.
bool normalise(float* x, size_t width) {
  double sum = 0;
  for (size_t i = 0; i < width; ++i) sum += static_cast<double>(x[i] * x[i]);
  if (sum == 0) return false;
  const float factor = static_cast<float>(1 / std::sqrt(sum));
  for (size_t i = 0; i < width; ++i) x[i] *= factor;
  return true;
}

// table row = normalised(own * row + sum of the partners' rows, strongest first in effect).
void mix_rows(const Table& table, int rows, const std::vector<float>& sums, float own) {
  for (int id = 0; id < rows; ++id) {
    std::vector<float> sum(sums.begin() + static_cast<long>(static_cast<size_t>(id) * table.width),
                           sums.begin() + static_cast<long>(static_cast<size_t>(id + 1) * table.width));
    if (!normalise(sum.data(), table.width)) continue;
    float* row = table.row(id);
    normalise(row, table.width);
    for (size_t i = 0; i < table.width; ++i) row[i] = own * row[i] + sum[i];
    normalise(row, table.width);
  }
}

void scale(float factor, size_t count, float* x) {
  for (size_t i = 0; i < count; ++i) x[i] *= factor;
}

// What each layer adds to the stream of vectors begins small, so that the words' own vectors pass through.
void quiet_layers(const Layout& layout, float* parameters) {
  const size_t width = static_cast<size_t>(layout.shape.width);
  const size_t outer = width * static_cast<size_t>(layout.shape.inner);
  constexpr float kQuiet = 0.4f;
  for (const EncoderLayerAt& layer : layout.encoder) {
    scale(kQuiet, width * width, parameters + layer.output.weight);
    scale(kQuiet, outer, parameters + layer.feed_forward.outer.weight);
  }
  for (const HeadAt& head : layout.heads) {
    for (const DecoderLayerAt& layer : head.layers) scale(kQuiet, outer, parameters + layer.feed_forward.outer.weight);
    const DecoderLayerAt& last = head.layers.back();
    float* value = parameters + last.key_value.weight + width * width;
    float* output = parameters + last.output.weight;
    for (float* matrix : {value, output}) {
      scale(kQuiet, width * width, matrix);
      for (size_t i = 0; i < width; ++i) matrix[i * width + i] += 1;
    }
  }
}

// The output biases begin at the logarithms of the words' frequencies, with one added to each count.
void fill_output_biases(const Layout& layout, const std::vector<PackedRecord>& records,
                        std::span<const double> group_weights, float* parameters) {
  for (size_t h = 0; h < layout.heads.size(); ++h) {
    const size_t vocabulary = static_cast<size_t>(layout.shape.target_vocabularies[h]);
    std::vector<double> counts(vocabulary, 1.0);
    double sum = static_cast<double>(vocabulary);
    for (const PackedRecord& record : records) {
      const double weight = group_weights[record.group];
      for (const PackedTarget& target : record.targets) {
        if (target.head != h) continue;
        for (const uint16_t piece : target.pieces) counts[piece] += weight;
        counts[kEndOfSentence] += weight;
        sum += weight * (static_cast<double>(target.pieces.size()) + 1);
      }
    }
    float* bias = parameters + layout.heads[h].output_bias;
    for (size_t id = 0; id < vocabulary; ++id) bias[id] = static_cast<float>(std::log(counts[id] / sum));
  }
}

}  // namespace

void fill_lexical_start(const Layout& layout, const std::vector<PackedRecord>& records,
                        std::span<const double> group_weights, uint64_t seed, float* parameters) {
  fill_start_weights(layout, seed, parameters);
  const size_t width = static_cast<size_t>(layout.shape.width);
  const Table source{parameters + layout.source_embedding, width};
  std::vector<std::vector<LinkedPair>> pairs;
  for (size_t h = 0; h < layout.heads.size(); ++h) pairs.push_back(linked_pairs(records, static_cast<int>(h)));

  // Targets take over their sources' vectors, sources of one target come nearer to each other, and once more.
  constexpr int kRounds = 2;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<float> source_sums(static_cast<size_t>(layout.shape.source_vocabulary) * width);
    for (size_t h = 0; h < layout.heads.size(); ++h) {
      const int vocabulary = layout.shape.target_vocabularies[h];
      const Table target{parameters + layout.heads[h].embedding, width};
      std::vector<float> sums(static_cast<size_t>(vocabulary) * width);
      for (const LinkedPair& pair : pairs[h]) {
        add_scaled(strength(pair), source.row(pair.source), width,
                   sums.data() + static_cast<size_t>(pair.target) * width);
      }
      mix_rows(target, vocabulary, sums, 0.4f);
      for (const LinkedPair& pair : pairs[h]) {
        add_scaled(strength(pair), target.row(pair.target), width,
                   source_sums.data() + static_cast<size_t>(pair.source) * width);
      }
    }
    if (round + 1 < kRounds) mix_rows(source, layout.shape.source_vocabulary, source_sums, 0.7f);
  }
  quiet_layers(layout, parameters);
  fill_output_biases(layout, records, group_weights, parameters);
}

}  // namespace kabar::train
