// An entry of the termbase: how one Indonesian term must and must not be rendered.
// The columns of docs/formats/termbase.md as values; no behaviour.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace kabar::terms {

enum class TermKind { person, place, organisation, office, law, idiom, sense, keep, term };

std::string_view name_of(TermKind kind);
std::optional<TermKind> parse_term_kind(std::string_view name);

struct Rendering {
  std::vector<std::string> right;  // preferred one first; empty = nothing is demanded
  std::vector<std::string> wrong;
  std::string first;    // at the first mention in an article; empty = as `right`
  std::string example;  // translation of Term::example
  auto operator<=>(const Rendering&) const = default;
};

struct Term {
  std::string id;  // for ever
  TermKind kind = TermKind::term;
  std::string term;
  std::vector<std::string> forms;
  std::vector<std::string> acronyms;
  char gender = 0;                   // 'm', 'f' or 0
  std::vector<std::string> context;  // words that select this sense; empty = the default sense
  std::vector<std::string> scope;    // sections; empty = everywhere
  int since = 0;                     // years, inclusive; 0 = open
  int until = 0;
  std::string note;
  std::string added_by;
  std::string added_on;  // YYYY-MM-DD
  std::string example;
  std::map<Language, Rendering> renderings;
  std::string place;  // "file:line" it was read from; empty for others

  // The entry for `language`; an empty one if there is none.
  const Rendering& rendering(Language language) const;
};

}  // namespace kabar::terms
