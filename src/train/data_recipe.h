// The [data] part of a recipe (train/recipes/*.toml): which texts a model is trained on, in which groups.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "train/corpus.h"

namespace kabar::train {

// A sampling group. A source belongs to the first group that names its origin, its domain or its quality.
struct GroupRule {
  std::string name;
  double weight = 1;  // how many times as often as by its size a sentence of the group is drawn
  std::vector<std::string> origins, domains, qualities;
};

struct DataRecipe {
  std::filesystem::path corpus;   // has SOURCES.tsv and a folder for each tier
  std::filesystem::path written;  // *.tsv of six columns; their group is "written"
  std::vector<std::string> tiers;
  std::filesystem::path vocabularies;  // source.spm, head.en.spm, …
  std::filesystem::path pack;
  uint64_t seed = 1;
  double placeholder_share = 0.5;  // of the sentences have their facts replaced by placeholders
  std::vector<GroupRule> groups;   // at most 255
};

// Relative paths are taken from the working folder. bad_input with the line of what is wrong.
Result<DataRecipe> read_data_recipe(const std::filesystem::path& path);

// Index of the group of `source`, or -1 if none takes it.
int group_of(const DataRecipe& recipe, const CorpusSource& source);
// Index of the group of this name, or -1.
int group_named(const DataRecipe& recipe, std::string_view name);

}  // namespace kabar::train
