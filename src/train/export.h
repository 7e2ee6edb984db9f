// From trained weights to a package that the engine loads, and back.
#pragma once
#include <filesystem>

#include "base/result.h"
#include "mt/package.h"
#include "train/layout.h"
#include "train/pack.h"
#include "train/training_recipe.h"

namespace kabar::train {

// What a package holds besides weights.
struct HeadParts {
  Language language;
  mt::VocabularyFiles vocabulary;
  std::string shortlist;  // Marian's binary format; empty = none
};
struct PackageParts {
  std::string name = "starter", version = "1", licence, data;
  std::map<std::string, std::string> scores;
  mt::Precision precision = mt::Precision::int8;
  mt::VocabularyFiles vocabulary;
  std::vector<HeadParts> heads;  // in the order of the layout's
};

// The vocabularies of the recipe, and shortlists counted over `records`.
Result<PackageParts> parts_of_recipe(const TrainingRecipe& recipe, const std::vector<PackedRecord>& records);
// Those of a package, its heads in the order of kHeads.
Result<PackageParts> parts_of_package(const std::filesystem::path& folder);

Result<void> export_package(const Layout& layout, const float* weights, const PackageParts& parts,
                            const std::filesystem::path& folder);

// The shape of a package that this trainer can train. unsupported: another kind of decoder, or not all of kHeads.
Result<NetworkShape> shape_of_model(const mt::Model& model);
// The weights of a package as floats in the layout's order, to go on training from. unsupported when the package is
// of another shape than the layout.
Result<std::vector<float>> import_weights(const Layout& layout, const mt::Model& model);

}  // namespace kabar::train
