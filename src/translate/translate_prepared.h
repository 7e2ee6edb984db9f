// Prepared segments through the translator: long ones in pieces, the hypotheses whole again.
#pragma once
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "base/result.h"
#include "mt/translator.h"
#include "terms/lexicon.h"
#include "translate/prepare.h"

namespace kabar::translate {

// Sentences are cut to `clause_points_max` (translate/clauses.h); what `lexicon` knows of their words goes along as
// hints. Returns [target][position in prepared]; an empty
// hypothesis for a wordless segment.
Result<std::vector<std::vector<mt::Hypothesis>>> translate_prepared(std::span<const Prepared> prepared, Language source,
                                                                    std::span<const Language> targets,
                                                                    const mt::Translator& translator,
                                                                    const terms::Lexicon& lexicon,
                                                                    const mt::TranslateOptions& options,
                                                                    int clause_points_max, std::stop_token stop);

}  // namespace kabar::translate
