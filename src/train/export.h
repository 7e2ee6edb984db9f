// From trained weights to a package that the engine loads, and back.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "mt/package.h"
#include "train/layout.h"
#include "train/pack.h"
#include "train/training_recipe.h"

namespace kabar::train {

struct ExportOptions {
  std::string name = "starter", version = "1", licence, data;
  std::map<std::string, std::string> scores;
  mt::Precision precision = mt::Precision::int8;
};

// Writes the folder. The vocabularies are the recipe's; the shortlists are counted over `records`.
Result<void> export_package(const TrainingRecipe& recipe, const float* weights,
                            const std::vector<PackedRecord>& records, const ExportOptions& options,
                            const std::filesystem::path& folder);

// The weights of a package as floats in the layout's order, to go on training from. unsupported when the package is
// of another shape than the layout.
Result<std::vector<float>> import_weights(const Layout& layout, const std::filesystem::path& folder);

}  // namespace kabar::train
