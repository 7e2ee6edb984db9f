#include "terms/overlay.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "terms/fold.h"

namespace kabar::terms {

TermList put_over(const TermList& own, const TermList& pack) {
  const auto key = [](std::string_view words) {
    std::u32string folded;
    append_folded(folded, words, Language::id);
    return folded;
  };
  TermList list;
  std::set<std::string, std::less<>> ids;
  std::set<std::u32string> said;
  TermForms entry;
  for (size_t i = 0; i < own.size(); ++i) {
    list.add(own, i);
    own.read_forms(i, entry);
    ids.emplace(entry.id);
    if (!entry.context.empty() || entry.scoped) continue;
    for (std::string_view form : entry.forms) said.insert(key(form));
  }
  const auto is_said = [&](std::string_view words) { return said.contains(key(words)); };
  for (size_t i = 0; i < pack.size(); ++i) {
    pack.read_forms(i, entry);
    if (ids.contains(entry.id) || is_said(entry.forms.front())) continue;
    if (std::none_of(entry.forms.begin(), entry.forms.end(), is_said)) {
      list.add(pack, i);
      continue;
    }
    Term term = pack[i];
    std::erase_if(term.forms, is_said);
    std::erase_if(term.acronyms, is_said);
    list.add(std::move(term));
  }
  return list;
}

}  // namespace kabar::terms
