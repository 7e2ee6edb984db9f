// Last steps of the pipeline: what differs from the source is found, and mended once where it can be.
#pragma once
#include <span>
#include <stop_token>
#include <vector>

#include "article/version.h"
#include "base/result.h"
#include "checks/check.h"
#include "mt/translator.h"
#include "translate/prepare.h"

namespace kabar::translate {

// Fills findings and score of a finished segment.
void review(const Prepared& prepared, const mt::Hypothesis& hypothesis, const Context& context, Language target,
            const checks::Knowledge& knowledge, TranslatedSegment& segment);

// Puts the finished hypothesis, marked with `origin`, in the place of `best` if its score is better.
void take_better(const Prepared& prepared, const mt::Hypothesis& hypothesis, const Context& context,
                 size_t target_index, Language target, const checks::Knowledge& knowledge, Origin origin,
                 TranslatedSegment& best);

// Segments with an error or a low score are decoded once more with a wider beam and with what the termbase demands;
// what is still doubtful then, once more in short clauses. All hypotheses are checked; the one with the best score is
// taken if it is better than the first translation, and marked as repaired. `result` is [target][position in prepared].
Result<void> repair(std::span<const Prepared> prepared, const Context& context, std::span<const Language> targets,
                    const mt::Translator& translator, const checks::Knowledge& knowledge,
                    std::vector<std::vector<TranslatedSegment>>& result, std::stop_token stop);

}  // namespace kabar::translate
