#include "train/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "train/checkpoint.h"
#include "train/gemm.h"
#include "train/lexical_start.h"

namespace kabar::train {
namespace {

Result<void> check_cpu() {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) {
    return fail(ErrorKind::unsupported, "", "training needs a CPU with AVX2 and FMA");
  }
#endif
  return {};
}

Result<void> check_records(const std::vector<PackedRecord>& records, const NetworkShape& shape, size_t groups) {
  const auto inside = [](const std::vector<uint16_t>& pieces, int vocabulary) {
    return std::all_of(pieces.begin(), pieces.end(), [&](uint16_t piece) { return piece < vocabulary; });
  };
  if (records.empty()) return fail(ErrorKind::bad_input, "", "the packed data has no records");
  for (size_t i = 0; i < records.size(); ++i) {
    bool fits = inside(records[i].pieces, shape.source_vocabulary);
    for (const PackedTarget& target : records[i].targets) {
      if (target.head >= shape.target_vocabularies.size()) continue;
      fits = fits && inside(target.pieces, shape.target_vocabularies[target.head]);
    }
    fits = fits && records[i].group < groups;
    if (!fits) {
      return fail(ErrorKind::bad_input, fmt::format("record {}", i),
                  "a piece is outside of the recipe's vocabulary, or the group outside of its groups");
    }
  }
  return {};
}

std::vector<double> group_weights(const DataRecipe& recipe) {
  std::vector<double> weights;
  for (const GroupRule& group : recipe.groups) weights.push_back(group.weight);
  return weights;
}

// Collects distinct rows.
class RowSet {
 public:
  explicit RowSet(int count) : seen_(static_cast<size_t>(count)) {}
  void add(int row) {
    if (seen_[static_cast<size_t>(row)]) return;
    seen_[static_cast<size_t>(row)] = 1;
    rows_.push_back(row);
  }
  std::vector<int> take() { return std::move(rows_); }

 private:
  std::vector<char> seen_;
  std::vector<int> rows_;
};

}  // namespace

Result<std::unique_ptr<Trainer>> Trainer::create(const TrainingRecipe& recipe,
                                                 const std::vector<PackedRecord>& records) {
  KABAR_TRY(check_cpu());
  KABAR_TRY(check_records(records, recipe.shape, recipe.data.groups.size()));
  return std::unique_ptr<Trainer>(new Trainer(recipe, records));
}

Trainer::Trainer(const TrainingRecipe& recipe, const std::vector<PackedRecord>& records)
    : options_(recipe.training),
      layout_(recipe.shape),
      pool_(options_.threads),
      state_(layout_.size),
      sampler_(records, group_weights(recipe.data), options_.seed),
      random_(options_.seed * 31 + 5) {
  if (options_.lexical_start) {
    fill_lexical_start(layout_, records, group_weights(recipe.data), options_.seed, state_.weights.data());
  } else {
    fill_start_weights(layout_, options_.seed, state_.weights.data());
  }
  std::copy_n(state_.weights.data(), layout_.size, state_.averages.data());
  for (int i = 0; i < options_.threads; ++i) {
    gradients_.emplace_back(layout_.size);
    networks_.push_back(std::make_unique<Network<float>>(layout_));
  }
  for (size_t h = 0; h < layout_.heads.size(); ++h) {
    words_by_frequency_.push_back(
        words_by_frequency(records, static_cast<int>(h), layout_.shape.target_vocabularies[h]));
  }
}

void Trainer::set_weights(const float* weights) {
  std::copy_n(weights, layout_.size, state_.weights.data());
  std::copy_n(weights, layout_.size, state_.averages.data());
}

std::vector<TouchedRows> Trainer::touched_rows(const std::vector<Batch>& batches,
                                               const std::vector<Candidates>& candidates) const {
  std::vector<TouchedRows> touched;
  size_t head = 0;
  for (size_t t = 0; t < layout_.tensors.size(); ++t) {
    const Tensor& tensor = layout_.tensors[t];
    if (!tensor.by_rows) continue;
    RowSet rows(tensor.rows);
    if (tensor.offset == layout_.source_embedding) {
      for (const Batch& batch : batches) {
        for (const int id : batch.sources.ids) rows.add(id);
      }
    } else {
      // A head's inputs are among its targets, and these among its candidates.
      for (const int id : candidates[head].ids) rows.add(id);
      if (tensor.columns == 1) ++head;  // the output bias follows the embedding
    }
    touched.push_back({t, rows.take()});
  }
  return touched;
}

Result<StepReport> Trainer::step(float rate_factor) {
  const int heads = static_cast<int>(layout_.heads.size());
  const std::vector<Batch> batches = draw_batches(sampler_, heads, options_.batch_tokens, options_.threads);
  std::vector<Candidates> candidates;
  for (int h = 0; h < heads; ++h) {
    const std::vector<int>& words = words_by_frequency_[static_cast<size_t>(h)];
    const int frequent = options_.drawn_words < 0 ? static_cast<int>(words.size()) : options_.frequent_words;
    candidates.push_back(draw_candidates(batches, h, words, frequent, std::max(options_.drawn_words, 0), random_));
  }
  int tokens = 0;
  for (const Batch& batch : batches) tokens += batch.target_tokens();
  const uint64_t seed = random_.next();

  std::vector<std::vector<HeadLoss>> losses(batches.size());
  std::vector<float*> gradients;
  for (Buffer<float>& gradient : gradients_) gradients.push_back(gradient.data());
  pool_.run(static_cast<int>(batches.size()), [&](int part) {
    const Bfloat16Products products;
    StepOptions options;
    options.dropout = options_.dropout;
    options.label_smoothing = options_.label_smoothing;
    options.guided_weight = options_.guided_weight;
    options.guided_heads = options_.guided_heads;
    options.seed = static_cast<uint32_t>(seed) + 0x9E3779B9u * static_cast<uint32_t>(part);
    options.gradient_scale = 1.0 / tokens;
    const size_t index = static_cast<size_t>(part);
    losses[index] = networks_[index]->run(state_.weights.data(), batches[index], candidates, options, gradients[index]);
  });

  StepReport report;
  const double warm = static_cast<double>(state_.step + 1) / std::max(1, options_.warmup_steps);
  report.rate = options_.learning_rate * static_cast<float>(std::min(1.0, warm)) * rate_factor;
  report.gradient_norm =
      update(layout_, options_.optimizer, report.rate, gradients, touched_rows(batches, candidates), pool_, state_);
  report.step = state_.step;
  if (!std::isfinite(report.gradient_norm)) {
    return fail(ErrorKind::bad_input, fmt::format("step {}", state_.step + 1), "the gradient is not a finite number");
  }
  report.losses.resize(static_cast<size_t>(heads));
  for (const auto& part : losses) {
    for (size_t h = 0; h < part.size(); ++h) {
      report.losses[h].cross_entropy += part[h].cross_entropy;
      report.losses[h].tokens += part[h].tokens;
      report.losses[h].correct += part[h].correct;
    }
  }
  return report;
}

Result<void> Trainer::save(const std::filesystem::path& path) const {
  CheckpointHeader header;
  header.shape = layout_.shape;
  header.step = state_.step;
  header.random = random_.state();
  header.sampler = sampler_.state();
  const std::span<const float> arrays[] = {{state_.weights.data(), layout_.size},
                                           {state_.first.data(), layout_.size},
                                           {state_.second.data(), layout_.size},
                                           {state_.averages.data(), layout_.size}};
  return write_checkpoint(path, header, arrays);
}

Result<void> Trainer::load(const std::filesystem::path& path) {
  const std::span<float> arrays[] = {{state_.weights.data(), layout_.size},
                                     {state_.first.data(), layout_.size},
                                     {state_.second.data(), layout_.size},
                                     {state_.averages.data(), layout_.size}};
  KABAR_ASSIGN(const CheckpointHeader header, read_checkpoint(path, layout_.shape, arrays));
  state_.step = header.step;
  random_ = Random(header.random);
  sampler_.restore(header.sampler);
  return {};
}

}  // namespace kabar::train
