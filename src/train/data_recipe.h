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

inline constexpr size_t kRecipeBytesMax = 1 << 20;  // of a recipe

// A sampling group. A source belongs to the first group that names its origin, its domain or its quality.
struct GroupRule {
  std::string name;
  double weight = 1;        // how many times as often as by its size a sentence of the group is drawn
  double keep = 1;          // share of the Indonesian sources that is kept: those most like the groups marked `domain`
  double keep_english = 1;  // the same of the English sources; as `keep` if not given
  bool domain = false;      // this is what the model is for
  std::vector<std::string> origins, domains, qualities;
};

struct DataRecipe {
  std::filesystem::path corpus;                // has SOURCES.tsv and a folder for each tier
  std::vector<std::filesystem::path> written;  // folders of *.tsv with six columns; their group is "written"
  std::filesystem::path dictionary;            // folder (train/dictionary.h); the first renderings are "written" too
  std::filesystem::path patterns;  // folder of sentence patterns (docs/formats/patterns.md); their group is "patterns"
  int pattern_sentences = 0;       // to make of them
  std::vector<std::filesystem::path> exclude;  // texts whose sentences must not be learned from: files or folders
  std::filesystem::path termbase;              // folder; its names become placeholders
  std::vector<std::string> tiers;
  std::filesystem::path vocabularies;  // source.spm, head.en.spm, …
  std::filesystem::path pack;
  uint64_t seed = 1;
  double placeholder_share = 0.5;  // of the sentences have their facts and terms replaced by placeholders
  double name_share = 0.5;         // of the news sentences get a second copy with their names replaced
  double drop_worst = 0.03;        // of the pairs of each head, by the score of their word alignment
  std::vector<GroupRule> groups;   // at most 255
};

// Relative paths are taken from the working folder. bad_input with the line of what is wrong.
Result<DataRecipe> read_data_recipe(const std::filesystem::path& path);

// Index of the group of `source`, or -1 if none takes it.
int group_of(const DataRecipe& recipe, const CorpusSource& source);
// Index of the group of this name, or -1.
int group_named(const DataRecipe& recipe, std::string_view name);

}  // namespace kabar::train
