// Which piece of the target comes from which piece of the source.
#pragma once
#include <vector>

#include "base/span.h"

namespace kabar {

struct AlignmentLink {
  Span source;  // code points of the source text
  Span target;  // code points of the target text
  float probability = 1.0f;
};

// Links in target order. Pieces without a counterpart have no link; a source piece may occur in several.
using Alignment = std::vector<AlignmentLink>;

}  // namespace kabar
