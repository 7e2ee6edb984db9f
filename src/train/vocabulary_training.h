// Vocabularies from the corpus: one for the sources, one for each head.
#pragma once
#include <functional>
#include <string>

#include "base/result.h"
#include "train/data_recipe.h"

namespace kabar::train {

// Trains source.spm and head.XX.spm into recipe.vocabularies from the project's own sentences (eight times) and a
// sample of the recipe's tiers in which documentation, software, religion and law are cut down. Takes some minutes and
// about 2 GB. A model belongs to its vocabularies: training them again makes its weights useless.
Result<void> train_vocabularies(const DataRecipe& recipe, const std::function<void(const std::string&)>& say);

}  // namespace kabar::train
