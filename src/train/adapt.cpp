#include "train/adapt.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "mt/engine.h"
#include "train/export.h"
#include "train/metrics/chrf.h"
#include "train/training_run.h"

namespace kabar::train {
namespace {

constexpr int kSourcesMin = 10;

std::vector<uint16_t> encode(const mt::Vocabulary& vocabulary, const std::string& text) {
  std::vector<uint16_t> pieces;
  for (const mt::EncodedPiece& piece : vocabulary.encode(text)) pieces.push_back(static_cast<uint16_t>(piece.id));
  return pieces;
}

// FNV-1a: the same sentence is held back by every program and machine.
uint32_t hash_of(const std::string& text) {
  uint32_t hash = 2166136261u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

using Sources = std::map<std::string, std::vector<const ReviewedSegment*>>;

struct Split {
  Sources trained, held_back;
};

// Those with the smallest hashes are held back.
Split split(const std::vector<ReviewedSegment>& reviewed, double share) {
  Split result;
  for (const ReviewedSegment& segment : reviewed) result.trained[segment.source].push_back(&segment);
  std::vector<std::string> order;
  for (const auto& [source, segments] : result.trained) order.push_back(source);
  std::sort(order.begin(), order.end(), [](const std::string& a, const std::string& b) {
    return std::pair(hash_of(a), a) < std::pair(hash_of(b), b);
  });
  const size_t count = std::max<size_t>(1, static_cast<size_t>(share * static_cast<double>(order.size())));
  for (size_t i = 0; i < count && i < order.size(); ++i) {
    result.held_back.insert(result.trained.extract(order[i]));
  }
  return result;
}

GeneralSet as_set(const Sources& sources, Language language) {
  GeneralSet set{{}, {language}, {{}}};
  for (const auto& [source, segments] : sources) {
    for (const ReviewedSegment* segment : segments) {
      if (segment->target_language != language) continue;
      set.sources.push_back(source);
      set.targets[0].push_back(segment->target);
    }
  }
  return set;
}

Result<double> mean_chrf(const mt::Engine& engine, const std::vector<GeneralSet>& sets, std::stop_token stop) {
  double sum = 0;
  int count = 0;
  for (const GeneralSet& set : sets) {
    if (set.sources.empty()) continue;
    std::vector<mt::Sentence> sentences(set.sources.size());
    for (size_t i = 0; i < sentences.size(); ++i) sentences[i].text = set.sources[i];
    KABAR_ASSIGN(const auto hypotheses, engine.translate(sentences, Language::id, set.languages, {}, stop));
    for (size_t t = 0; t < set.languages.size(); ++t) {
      std::vector<std::string> texts;
      for (const mt::Hypothesis& hypothesis : hypotheses[t]) texts.push_back(hypothesis.text);
      sum += chrf(texts, set.targets[t]);
      ++count;
    }
  }
  return count > 0 ? sum / count : 0;
}

// chrF of a package on the reviewed segments held back, and on the general set.
Result<std::pair<double, double>> score(const std::filesystem::path& package, const std::vector<GeneralSet>& reviewed,
                                        const GeneralSet& general, int threads, std::stop_token stop) {
  KABAR_ASSIGN(mt::Model model, mt::load_package(package));
  KABAR_ASSIGN(const std::unique_ptr<mt::Engine> engine,
               mt::Engine::create({std::make_shared<const mt::Model>(std::move(model))}, threads));
  KABAR_ASSIGN(const double reviewed_score, mean_chrf(*engine, reviewed, stop));
  KABAR_ASSIGN(const double general_score, mean_chrf(*engine, {general}, stop));
  return std::pair(reviewed_score, general_score);
}

std::vector<PackedRecord> reviewed_records(const mt::Model& model, const Sources& sources) {
  std::vector<PackedRecord> records;
  for (const auto& [source, segments] : sources) {
    PackedRecord record;
    record.pieces = encode(model.source_vocabulary, source);
    for (const ReviewedSegment* segment : segments) {
      const auto head = std::find(kHeads.begin(), kHeads.end(), segment->target_language);
      if (head == kHeads.end()) continue;
      PackedTarget target;
      target.head = static_cast<uint8_t>(head - kHeads.begin());
      target.pieces = encode(model.head(*head)->vocabulary, segment->target);
      if (target.pieces.size() <= kPiecesMax) record.targets.push_back(std::move(target));
    }
    if (!record.targets.empty() && record.pieces.size() <= kPiecesMax) records.push_back(std::move(record));
  }
  return records;
}

}  // namespace

Result<AdaptReport> adapt(const std::filesystem::path& package, const std::vector<ReviewedSegment>& reviewed,
                          const std::vector<PackedRecord>& general, const GeneralSet& general_set,
                          const AdaptOptions& options, const std::filesystem::path& output, std::stop_token stop) {
  const Split sources = split(reviewed, options.held_back_share);
  if (static_cast<int>(sources.trained.size() + sources.held_back.size()) < kSourcesMin) {
    return fail(ErrorKind::usage, "", fmt::format("needs at least {} reviewed sentences", kSourcesMin));
  }
  KABAR_ASSIGN(const mt::Model model, mt::load_package(package));
  TrainingRecipe recipe;
  KABAR_ASSIGN(recipe.shape, shape_of_model(model));

  std::vector<PackedRecord> records = reviewed_records(model, sources.trained);
  const size_t own = records.size();
  for (PackedRecord& record : records) record.group = 0;
  for (const PackedRecord& record : general) {
    records.push_back(record);
    records.back().group = 1;
  }
  // Weights count records by size: general records come in the wanted share, however many there are.
  const double general_weight = general.empty() ? 0
                                                : options.general_share / (1 - options.general_share) *
                                                      static_cast<double>(own) / static_cast<double>(general.size());
  recipe.data.groups = {{.name = "reviewed", .weight = 1}, {.name = "general", .weight = general_weight}};
  recipe.training.seed = options.seed;
  recipe.training.threads = options.threads;
  recipe.training.batch_tokens = options.batch_tokens;
  recipe.training.learning_rate = options.learning_rate;
  recipe.training.warmup_steps = 10;
  recipe.training.lexical_start = false;
  recipe.training.guided_weight = 0;  // reviewed segments have no word alignments
  recipe.training.drawn_words = -1;
  KABAR_ASSIGN(const std::unique_ptr<Trainer> trainer, Trainer::create(recipe, records));
  KABAR_ASSIGN(const std::vector<float> weights, import_weights(trainer->layout(), model));
  trainer->set_weights(weights.data());
  size_t tokens = 0;
  for (size_t i = 0; i < own; ++i) {
    for (const PackedTarget& target : records[i].targets) tokens += target.pieces.size() + 1;
  }
  const double seen =
      static_cast<double>(tokens) * options.rounds / (1 - (general.empty() ? 0 : options.general_share));
  RunOptions run;
  run.steps = std::max<int64_t>(1, static_cast<int64_t>(seen / options.batch_tokens));
  run.cool = true;
  KABAR_TRY(run_training(*trainer, run, stop, [](const LogLine&) {}));
  if (stop.stop_requested()) return fail(ErrorKind::cancelled, "", "adaptation was stopped");
  KABAR_ASSIGN(const PackageParts parts, parts_of_package(package));
  KABAR_TRY(export_package(trainer->layout(), trainer->weights(), parts, output));

  std::vector<GeneralSet> held_back;
  held_back.reserve(std::size(kHeads));
  for (const Language language : kHeads) held_back.push_back(as_set(sources.held_back, language));
  KABAR_ASSIGN(const auto before, score(package, held_back, general_set, options.threads, stop));
  KABAR_ASSIGN(const auto after, score(output, held_back, general_set, options.threads, stop));
  AdaptReport report;
  report.trained = static_cast<int>(own);
  report.held_back = static_cast<int>(sources.held_back.size());
  report.reviewed_before = before.first;
  report.general_before = before.second;
  report.reviewed_after = after.first;
  report.general_after = after.second;
  report.better = report.reviewed_after > report.reviewed_before &&
                  report.general_after >= report.general_before - options.general_loss_max;
  return report;
}

namespace {

std::filesystem::path before_of(const std::filesystem::path& package) { return package.string() + ".before"; }

Result<void> move_folder(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  std::filesystem::rename(from, to, error);
  if (error) return fail(ErrorKind::io, from.string(), error.message());
  return {};
}

}  // namespace

Result<void> promote(const std::filesystem::path& package, const std::filesystem::path& candidate) {
  std::error_code error;
  std::filesystem::remove_all(before_of(package), error);
  if (error) return fail(ErrorKind::io, before_of(package).string(), error.message());
  KABAR_TRY(move_folder(package, before_of(package)));
  return move_folder(candidate, package);
}

Result<void> roll_back(const std::filesystem::path& package) {
  if (!std::filesystem::exists(before_of(package))) {
    return fail(ErrorKind::not_found, package.string(), "there is no earlier model to go back to");
  }
  const std::filesystem::path aside = package.string() + ".aside";
  KABAR_TRY(move_folder(package, aside));
  KABAR_TRY(move_folder(before_of(package), package));
  return move_folder(aside, before_of(package));
}

}  // namespace kabar::train
