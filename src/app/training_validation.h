// chrF2 of weights in training on sentences with reference translations: what a run keeps its best checkpoint by.
#pragma once
#include <functional>
#include <vector>

#include "base/result.h"
#include "train/trainer.h"
#include "train/training_recipe.h"

namespace kabar::app {

// Of the averaged weights, decoded greedily by the engine without anything around it: the mean over the recipe's
// validation sets and the languages. An empty function if the recipe has no sets. Writes the package that it scores to
// the recipe's folder. `recipe` and `records` must outlive it. not_found, bad_input: a set cannot be read.
Result<std::function<Result<double>(const train::Trainer&)>> make_validation(
    const train::TrainingRecipe& recipe, const std::vector<train::PackedRecord>& records);

}  // namespace kabar::app
