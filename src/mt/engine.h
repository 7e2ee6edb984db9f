// The built-in translator: any number of models, direct or pivoted through English, over one pool of threads.
#pragma once
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "mt/pass.h"
#include "mt/translator.h"

namespace kabar::mt {

// Thread-safe; any number of threads may translate at once and share the pool.
class Engine final : public Translator {
 public:
  // `threads` 0 = one per core. Models are preferred in the order given; a direct one beats a pair through English.
  // usage: KABAR_ISA names an instruction set that is not there.
  static Result<std::unique_ptr<Engine>> create(std::vector<std::shared_ptr<const Model>> models, int threads = 0);

  // Puts other models in the place of these. Calls that are running end with the old ones, which live until then.
  Result<void> replace(std::vector<std::shared_ptr<const Model>> models);

  // Encodes the sentences once per model and decodes them for all targets. The text does not depend on how sentences
  // are batched nor on the number of threads. Repetition loops are cut. Placeholders of a sentence come through each
  // exactly once and no others, if keeps_placeholders(); constraints hold always.
  Result<std::vector<std::vector<Hypothesis>>> translate(std::span<const Sentence> sentences, Language source,
                                                         std::span<const Language> targets,
                                                         const TranslateOptions& options,
                                                         std::stop_token stop) const override;
  std::string model_name(Language source, Language target) const override;
  bool keeps_placeholders(Language source, Language target) const override;
  bool translates(Language source, Language target) const;

  // The bare decoder of the first model from `source` to the targets, which one model must have all: no rules, no loop
  // cutting; the lines are encoded once. Returns [target][line] the hypotheses, best first, at most options.beam_size.
  // With `prefixes`, the output of line i begins with prefixes[i]. Errors as translate().
  Result<std::vector<std::vector<std::vector<DecodedHypothesis>>>> decode(
      std::span<const std::string> lines, Language source, std::span<const Language> targets,
      const SearchOptions& options, std::stop_token stop, std::span<const std::string> prefixes = {}) const;

  const EngineCounters& counters() const { return scheduler_.counters(); }

 private:
  using Models = std::vector<std::shared_ptr<const PackedModel>>;
  explicit Engine(int threads) : scheduler_(threads) {}
  std::shared_ptr<const Models> models() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const Models> models_;
  mutable Scheduler scheduler_;
};

}  // namespace kabar::mt
