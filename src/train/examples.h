// Training examples as text: a source sentence with its translations, joined from many files, cleaned and grouped.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "train/corpus.h"
#include "train/pack.h"

namespace kabar::train {

struct Example {
  uint8_t source_language = 0;  // index into kSources
  uint8_t group = 0;            // index into the recipe's groups
  std::string source;
  std::array<std::string, kHeads.size()> targets;  // by head; empty where there is no translation
};

// Why a pair teaches nothing or the wrong thing; nothing if it is fit. The corpus has been cleaned for script,
// language and numbers before; these rules are about text that is no sentence, and about lengths.
std::optional<std::string_view> fault_of_pair(std::string_view source, std::string_view target);

// Joins pairs with the same source text into one example. A second translation into the same language is dropped.
class ExampleJoiner {
 public:
  // Takes the text as it will be trained on (normalised). The group of the first pair of a source stays.
  void add(int source_language, int group, std::string_view source, int head, std::string_view target);
  std::vector<Example> take() { return std::move(examples_); }
  size_t size() const { return examples_.size(); }

 private:
  std::unordered_map<std::string, size_t> index_;  // language and text -> example
  std::vector<Example> examples_;
};

}  // namespace kabar::train
