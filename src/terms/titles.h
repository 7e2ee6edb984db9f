// Titles before people's names and how each language writes the two together: "Gubernur Jawa Barat Dedi Mulyadi" is
// West Java Governor Dedi Mulyadi, 西爪哇省长德迪·穆利亚迪, 西ジャワ州のデディ・ムルヤディ知事.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "terms/name_pattern.h"
#include "terms/tsv.h"

namespace kabar::terms {

// A name and what stands before it. Titles, modifiers and nations are those of the tables, in small letters.
struct TitledName {
  std::string title;     // "gubernur"
  std::string modifier;  // "mantan"; may be empty
  std::string nation;    // "jepang"; may be empty
  std::string body;      // the place or body between title and name, as the target writes it; may be empty
  std::string name;      // as the target writes it
  bool feminine = false;
  bool titled = false;  // the name has a title already: "Kapolri Jenderal Listyo"
};

// Immutable after make(); any number of threads may read it.
class Titles {
 public:
  static constexpr int kWordsMax = 6;        // of a title
  static constexpr int kNationWordsMax = 4;  // of a nation

  Titles() = default;
  // data/titles.tsv: id and one column per target, each cell with one {} for the name, "masculine|feminine" where they
  // differ; rows whose id begins with + are modifiers, their {} is the title. data/demonyms.tsv: a nation, and what
  // stands with a title for it. Errors name file and line.
  static Result<Titles> make(const Table& titles, std::string_view titles_file, const Table& demonyms,
                             std::string_view demonyms_file);

  bool contains(std::string_view title) const { return titles_.contains(title); }
  bool is_modifier(std::string_view word) const { return modifiers_.contains(word); }
  bool is_nation(std::string_view words) const { return nations_.contains(words); }

  // As the target writes it, articles and order included; nothing if a part is not known in this language.
  std::optional<std::string> join(const TitledName& name, Language target) const;

 private:
  // By id and language: masculine, feminine.
  template <typename Form>
  using Forms = std::map<std::string, std::map<Language, std::array<Form, 2>>, std::less<>>;

  Forms<NamePattern> titles_, modifiers_;
  Forms<std::string> nations_;
};

}  // namespace kabar::terms
