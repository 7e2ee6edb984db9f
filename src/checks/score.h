// Would an editor leave this translation as it is? One number from what is known (docs/score.md).
#pragma once
#include <optional>
#include <vector>

#include "article/version.h"
#include "checks/check.h"
#include "checks/word_coverage.h"

namespace kabar::checks {

// 0..1, from what the checks found in the pair, the decoder's probabilities, its alignment and the share of the
// source's words that stand in the target; whatever is unknown counts for nothing.
float score(const Pair& pair, const std::vector<Finding>& findings, const WordCoverage& words = {});

// Geometric mean of the segments' mean score (weighted by length) and the worst one; nothing if none is scored. What
// only the siblings of a version show lowers it here.
std::optional<float> version_score(const Version& version);

}  // namespace kabar::checks
