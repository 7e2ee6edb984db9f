// Placeholders in training data: facts that stand on both sides are replaced as the product does before translating.
#pragma once
#include <optional>

#include "train/examples.h"

namespace kabar::train {

// `example` with placeholders for its facts, or nothing if it has no fact that stands once in the source and in every
// translation.
std::optional<Example> mask_facts(const Example& example);

}  // namespace kabar::train
