// Adaptation: a model goes on learning from what a newsroom's editors approved.
#pragma once
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "train/pack.h"

namespace kabar::train {

// One approved translation.
struct ReviewedSegment {
  std::string source;
  Language target_language;
  std::string target;
};

// Sentences with reference translations: what must not get worse. Lines of `targets[i]` belong to those of `sources`.
struct GeneralSet {
  std::vector<std::string> sources;
  std::vector<Language> languages;
  std::vector<std::vector<std::string>> targets;
};

struct AdaptOptions {
  int rounds = 6;  // how often each reviewed segment is seen
  float learning_rate = 2e-4f;
  double general_share = 0.5;     // of the records of a batch, against forgetting
  double held_back_share = 0.2;   // of the reviewed sources: never trained on, they decide
  double general_loss_max = 0.5;  // chrF that the general set may lose
  int threads = 2;
  int batch_tokens = 300;
  uint64_t seed = 1;
};

struct AdaptReport {
  int trained = 0;  // reviewed segments
  int held_back = 0;
  double reviewed_before = 0, reviewed_after = 0;  // chrF on those held back, mean of their languages
  double general_before = 0, general_after = 0;    // chrF on the general set, mean of its languages
  bool better = false;  // reviewed_after > reviewed_before, and the general set lost no more than it may
};

// Writes the adapted model as a package to `output`; the old one is only read. `general` are records of the package's
// own vocabularies (group numbers do not matter). Held back is a source by its text, so the same runs hold back the
// same. usage: too few segments to hold any back (under 10 sources). unsupported: a package that cannot be trained.
// cancelled.
Result<AdaptReport> adapt(const std::filesystem::path& package, const std::vector<ReviewedSegment>& reviewed,
                          const std::vector<PackedRecord>& general, const GeneralSet& general_set,
                          const AdaptOptions& options, const std::filesystem::path& output, std::stop_token stop);

// `candidate` takes the place of `package`, which is kept as PACKAGE.before (one that was there is removed).
Result<void> promote(const std::filesystem::path& package, const std::filesystem::path& candidate);
// Puts PACKAGE.before back; what it replaces becomes PACKAGE.before, so a second call undoes the first.
Result<void> roll_back(const std::filesystem::path& package);

}  // namespace kabar::train
