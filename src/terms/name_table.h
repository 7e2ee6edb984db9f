// Parts of people's names with the forms that newspapers of other scripts write (docs/transliteration.md).
#pragma once
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/language.h"
#include "base/result.h"

namespace kabar::terms {

// "Michael": 迈克尔, マイケル, مايكل. Immutable after make(); any number of threads may read it.
class NameTable {
 public:
  NameTable() = default;
  // TSV with the columns name, zh, ja, ar, every cell filled. Errors name file and line: a cell that is missing or
  // empty, a name that occurs twice.
  static Result<NameTable> make(std::string text, std::string_view file);

  // The form of one word, as it is capitalised; empty if the table has none.
  std::string_view form(std::string_view word, Language target) const;
  size_t size() const { return rows_.size(); }

 private:
  std::shared_ptr<const std::string> text_;  // what rows_ points into
  std::unordered_map<std::string_view, std::array<std::string_view, 3>> rows_;
};

}  // namespace kabar::terms
