// From the corpus to packed training data: read, clean, join, mask facts, cut into pieces, align.
#pragma once
#include <functional>
#include <map>
#include <string>

#include "base/result.h"
#include "train/data_recipe.h"

namespace kabar::train {

struct PreparationReport {
  std::map<std::string, int> dropped;      // reason -> pairs
  std::map<std::string, int> records;      // group -> records
  std::array<int64_t, 5> target_pieces{};  // by head
  int masked = 0;                          // sentences with placeholders for facts and terms
  int with_names = 0;                      // copies with placeholders for names
};

// Writes recipe.pack and, beside it, PACK.groups.toml. `say` hears what is being done, a line each.
// Takes about 1.5 GB for the tables of the word alignment and holds the whole corpus in memory.
Result<PreparationReport> prepare_data(const DataRecipe& recipe, const std::function<void(const std::string&)>& say);

}  // namespace kabar::train
