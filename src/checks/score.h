// The score of a whole version from those of its segments.
#pragma once
#include <optional>

#include "article/version.h"

namespace kabar::checks {

// Geometric mean of the segments' mean score (weighted by length) and the worst one; nothing if none is scored.
std::optional<float> version_score(const Version& version);

}  // namespace kabar::checks
