// The generic part of a name ("Sungai", "Kabupaten") and how each language joins it with the name (data/generics.tsv).
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/language.h"
#include "base/result.h"
#include "terms/name_pattern.h"
#include "terms/tsv.h"

namespace kabar::terms {

// Immutable after make(); any number of threads may read it.
class Generics {
 public:
  static constexpr int kWordsMax = 3;  // of a generic

  Generics() = default;
  // Columns id and one per target, each with one {} for the name. Errors name file and line.
  static Result<Generics> make(const Table& table, std::string_view file);

  bool contains(std::string_view words) const { return rows_.contains(words); }
  // "sungai", "Ciliwung" in French: "la rivière Ciliwung". What `name` has of the generic already is not said twice.
  // Nothing if the generic is not known in this language.
  std::optional<std::string> join(std::string_view words, std::string_view name, Language target) const;

 private:
  std::map<std::string, std::map<Language, NamePattern>, std::less<>> rows_;  // by the words in small letters
};

}  // namespace kabar::terms
