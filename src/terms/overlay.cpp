#include "terms/overlay.h"

#include <iterator>
#include <set>
#include <string>

#include "terms/fold.h"

namespace kabar::terms {

std::vector<Term> put_over(std::vector<Term> own, std::vector<Term> pack) {
  const auto key = [](const std::string& words) { return fold(words, Language::id).points; };
  std::set<std::string> ids;
  std::set<std::u32string> said;
  for (const Term& term : own) {
    ids.insert(term.id);
    if (!term.context.empty() || !term.scope.empty()) continue;
    said.insert(key(term.term));
    for (const std::string& form : term.forms) said.insert(key(form));
    for (const std::string& acronym : term.acronyms) said.insert(key(acronym));
  }
  const auto is_said = [&](const std::string& words) { return said.contains(key(words)); };
  std::erase_if(pack, [&](const Term& term) { return ids.contains(term.id) || is_said(term.term); });
  for (Term& term : pack) {
    std::erase_if(term.forms, is_said);
    std::erase_if(term.acronyms, is_said);
  }
  std::move(pack.begin(), pack.end(), std::back_inserter(own));
  return own;
}

}  // namespace kabar::terms
