#include "train/word_alignment.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace kabar::train {
namespace {

constexpr float kFloor = 1e-7f;  // of a probability, so that an unseen pair is improbable but not impossible

// delta(i | j, m, n) of Dyer et al. 2013, "A Simple, Fast, and Effective Reparameterization of IBM Model 2",
// normalised over the source positions i. Made once per pair of lengths.
class PositionPriors {
 public:
  explicit PositionPriors(const AlignmentOptions& options) : options_(options) {}

  // The m probabilities for target position j of n.
  const float* row(size_t m, size_t n, size_t j) {
    std::vector<float>& table = tables_[{m, n}];
    if (table.empty()) fill(m, n, table);
    return table.data() + j * m;
  }

 private:
  void fill(size_t m, size_t n, std::vector<float>& table) const {
    table.resize(m * n);
    for (size_t j = 0; j < n; ++j) {
      const double at = (static_cast<double>(j) + 0.5) / static_cast<double>(n);
      double sum = 0;
      for (size_t i = 0; i < m; ++i) {
        const double distance = std::abs((static_cast<double>(i) + 0.5) / static_cast<double>(m) - at);
        const double weight = std::exp(-options_.tension * distance);
        table[j * m + i] = static_cast<float>(weight);
        sum += weight;
      }
      const float scale = static_cast<float>((1 - options_.null) / sum);
      for (size_t i = 0; i < m; ++i) table[j * m + i] *= scale;
    }
  }

  AlignmentOptions options_;
  std::map<std::pair<size_t, size_t>, std::vector<float>> tables_;
};

// One pass over the data: adds expected counts to `counts`.
void expect(std::span<const SentencePieces> pairs, const LexicalTable& table, const AlignmentOptions& options,
            LexicalTable& counts) {
  const auto empty_word = static_cast<size_t>(table.empty_word());
  PositionPriors priors(options);
  std::vector<float> posterior;
  for (const SentencePieces& pair : pairs) {
    const size_t m = pair.source.size();
    const size_t n = pair.target.size();
    if (m == 0 || n == 0) continue;
    posterior.assign(m, 0);
    const float* prior = priors.row(m, n, 0);
    for (size_t j = 0; j < n; ++j, prior += m) {
      const std::span<const float> probability = table.column(pair.target[j]);
      const std::span<float> count = counts.column(pair.target[j]);
      const float from_nowhere = static_cast<float>(options.null) * probability[empty_word];
      float sum = from_nowhere;
      for (size_t i = 0; i < m; ++i) {
        posterior[i] = prior[i] * probability[pair.source[i]];
        sum += posterior[i];
      }
      const float scale = 1.0f / sum;
      count[empty_word] += from_nowhere * scale;
      for (size_t i = 0; i < m; ++i) count[pair.source[i]] += posterior[i] * scale;
    }
  }
}

// Turns counts into probabilities that sum to 1 for each source piece.
void normalize(LexicalTable& counts) {
  std::vector<double> sums(static_cast<size_t>(counts.source_size()) + 1, 0);
  for (int target = 0; target < counts.target_size(); ++target) {
    const std::span<const float> column = counts.column(target);
    for (size_t source = 0; source < sums.size(); ++source) sums[source] += column[source];
  }
  for (int target = 0; target < counts.target_size(); ++target) {
    const std::span<float> column = counts.column(target);
    for (size_t source = 0; source < sums.size(); ++source) {
      const float p = sums[source] > 0 ? static_cast<float>(column[source] / sums[source]) : 0.0f;
      column[source] = std::max(p, kFloor);
    }
  }
}

// For each target piece the most probable source piece, or -1 for none.
std::vector<int> best_links(const LexicalTable& table, const SentencePieces& pair, double null,
                            PositionPriors& priors) {
  const size_t m = pair.source.size();
  std::vector<int> links(pair.target.size(), -1);
  for (size_t j = 0; j < links.size(); ++j) {
    const float* prior = priors.row(m, links.size(), j);
    float best = static_cast<float>(null) * table(table.empty_word(), pair.target[j]);
    for (size_t i = 0; i < m; ++i) {
      const float p = prior[i] * table(pair.source[i], pair.target[j]);
      if (p > best) {
        best = p;
        links[j] = static_cast<int>(i);
      }
    }
  }
  return links;
}

// ln of the probability of a target piece under model 1, mean over the target pieces.
double score_one_way(const LexicalTable& table, const SentencePieces& pair, double null) {
  if (pair.target.empty() || pair.source.empty()) return 0;
  const double each = (1 - null) / static_cast<double>(pair.source.size());
  double total = 0;
  for (const uint16_t target : pair.target) {
    double p = null * table(table.empty_word(), target);
    for (const uint16_t source : pair.source) p += each * table(source, target);
    total += std::log(p);
  }
  return total / static_cast<double>(pair.target.size());
}

std::vector<SentencePieces> swapped(std::span<const SentencePieces> pairs) {
  std::vector<SentencePieces> result;
  result.reserve(pairs.size());
  for (const SentencePieces& pair : pairs) result.push_back({pair.target, pair.source});
  return result;
}

AlignmentOptions swapped(AlignmentOptions options) {
  std::swap(options.source_size, options.target_size);
  return options;
}

}  // namespace

LexicalTable::LexicalTable(int source_size, int target_size)
    : source_size_(source_size), target_size_(target_size), values_(width() * static_cast<size_t>(target_size)) {}

LexicalTable train_lexical_table(std::span<const SentencePieces> pairs, const AlignmentOptions& options) {
  LexicalTable table(options.source_size, options.target_size);
  for (int target = 0; target < table.target_size(); ++target) {
    const std::span<float> column = table.column(target);
    std::fill(column.begin(), column.end(), 1.0f / static_cast<float>(options.target_size));
  }
  AlignmentOptions round_options = options;
  for (int round = 0; round < options.rounds; ++round) {
    round_options.tension = round < options.model1_rounds ? 0 : options.tension;
    LexicalTable counts(options.source_size, options.target_size);
    expect(pairs, table, round_options, counts);
    normalize(counts);
    table = std::move(counts);
  }
  return table;
}

std::vector<PieceLink> symmetrize(std::span<const int> forward, std::span<const int> backward) {
  std::vector<PieceLink> both;
  std::vector<PieceLink> one;
  const auto link = [](size_t source, size_t target) {
    return PieceLink{static_cast<uint16_t>(source), static_cast<uint16_t>(target)};
  };
  for (size_t j = 0; j < forward.size(); ++j) {
    if (forward[j] < 0) continue;
    const auto i = static_cast<size_t>(forward[j]);
    (backward[i] == static_cast<int>(j) ? both : one).push_back(link(i, j));
  }
  for (size_t i = 0; i < backward.size(); ++i) {
    if (backward[i] >= 0 && forward[static_cast<size_t>(backward[i])] != static_cast<int>(i)) {
      one.push_back(link(i, static_cast<size_t>(backward[i])));
    }
  }
  std::vector<char> has_source(backward.size(), 0);
  std::vector<char> has_target(forward.size(), 0);
  for (const PieceLink& l : both) has_source[l.source] = has_target[l.target] = 1;
  for (bool grown = true; grown;) {
    grown = false;
    for (const PieceLink& l : one) {
      if (has_source[l.source] && has_target[l.target]) continue;
      const bool neighbour = std::any_of(both.begin(), both.end(), [&](const PieceLink& b) {
        return std::abs(b.source - l.source) <= 1 && std::abs(b.target - l.target) <= 1;
      });
      if (!neighbour) continue;
      both.push_back(l);
      has_source[l.source] = has_target[l.target] = 1;
      grown = true;
    }
  }
  std::sort(both.begin(), both.end(), [](const PieceLink& a, const PieceLink& b) {
    return a.target != b.target ? a.target < b.target : a.source < b.source;
  });
  return both;
}

struct Aligner::Priors {
  AlignmentOptions options;
  PositionPriors positions;
};

Aligner::Aligner(std::span<const SentencePieces> pairs, const AlignmentOptions& options)
    : forward_(train_lexical_table(pairs, options)),
      backward_(train_lexical_table(swapped(pairs), swapped(options))),
      priors_(new Priors{options, PositionPriors(options)}) {}
Aligner::~Aligner() = default;

std::vector<PieceLink> Aligner::links(const SentencePieces& pair) {
  const double null = priors_->options.null;
  return symmetrize(best_links(forward_, pair, null, priors_->positions),
                    best_links(backward_, {pair.target, pair.source}, null, priors_->positions));
}

double Aligner::score(const SentencePieces& pair) const {
  const double null = priors_->options.null;
  return 0.5 * (score_one_way(forward_, pair, null) + score_one_way(backward_, {pair.target, pair.source}, null));
}

}  // namespace kabar::train
