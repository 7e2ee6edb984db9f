#include "translate/pipeline.h"

#include "translate/clauses.h"
#include "translate/finish.h"
#include "translate/prepare.h"
#include "translate/review.h"
#include "translate/translate_prepared.h"

namespace kabar::translate {

Result<std::vector<std::vector<TranslatedSegment>>> Pipeline::translate(std::span<const Segment> article,
                                                                        std::span<const size_t> wanted,
                                                                        const Context& context,
                                                                        std::span<const Language> targets,
                                                                        std::stop_token stop) const {
  const std::vector<Prepared> prepared = prepare(article, wanted, context, targets, translator_, knowledge_);
  // Six hypotheses, of which the checks take the best, cost half as much again as one (docs/engine.md).
  constexpr int kBeam = 6;
  const mt::TranslateOptions options{.beam_size = kBeam, .others = kBeam - 1};
  KABAR_ASSIGN(const auto hypotheses, translate_prepared(prepared, context.source, targets, translator_,
                                                         knowledge_.lexicon(), options, kClausePointsMax, stop));

  std::vector<std::vector<TranslatedSegment>> result(targets.size());
  for (size_t t = 0; t < targets.size(); ++t) {
    const std::string model = translator_.model_name(context.source, targets[t]);
    for (size_t i = 0; i < prepared.size(); ++i) {
      const mt::Hypothesis& first = hypotheses[t][i];
      TranslatedSegment& best = result[t].emplace_back(finish(prepared[i], first, t, targets[t], model));
      review(prepared[i], first, context, targets[t], knowledge_, best);
      for (const mt::Hypothesis& other : first.others) {
        take_better(prepared[i], other, context, t, targets[t], knowledge_, Origin::machine, best);
      }
    }
  }
  KABAR_TRY(repair(prepared, context, targets, translator_, knowledge_, result, stop));
  return result;
}

}  // namespace kabar::translate
