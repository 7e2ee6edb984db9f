// Sentences that must not be learned from: evaluation sets and the sample articles.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"

namespace kabar::train {

// Compares by letters and digits alone.
class Exclusion {
 public:
  // Reads every .txt, .tsv and .md file at or below `paths`: each line, each cell and each sentence of it. Paths that
  // do not exist are not_found.
  static Result<Exclusion> read(const std::vector<std::filesystem::path>& paths);
  void add(std::string_view text);
  // Texts of fewer than kLettersMin letters and digits are never excluded: "Jakarta" stands everywhere.
  bool contains(std::string_view text) const;
  static constexpr size_t kLettersMin = 20;  // bytes of the key

 private:
  std::unordered_set<std::string> keys_;
};

}  // namespace kabar::train
