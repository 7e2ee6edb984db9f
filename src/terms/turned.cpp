#include "terms/turned.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "terms/fold.h"

namespace kabar::terms {
namespace {

// A country is a `term`, because its adjective is a rendering too: "China|Chinese".
bool is_country(const Term& term, std::string_view name) {
  return term.kind == TermKind::term && is_upper_point(take_point(name));
}

bool names_something(const Term& term, std::string_view name) {
  return (term.kind != TermKind::idiom && term.kind != TermKind::sense && term.kind != TermKind::term) ||
         is_country(term, name);
}

// Of what is called the same, "China" is rather the country than its team.
int rank_of(TermKind kind) {
  return kind == TermKind::place || kind == TermKind::term ? 0 : kind == TermKind::person ? 1 : 2;
}

}  // namespace

TermList turned(const TermList& terms, Language source) {
  std::vector<const Term*> entries;
  TermRenderings renderings;
  for (size_t number = 0; number < terms.size(); ++number) {
    terms.read_renderings(number, source, renderings);
    if (renderings.right.empty()) continue;
    if (names_something(terms[number], renderings.right.front())) entries.push_back(&terms[number]);
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Term* a, const Term* b) { return rank_of(a->kind) < rank_of(b->kind); });
  TermList list;
  std::set<std::string, std::less<>> known;
  for (const Term* term : entries) {
    const std::vector<std::string>& names = term->rendering(source).right;
    if (known.contains(names.front())) continue;
    Term one = *term;
    one.forms.clear();
    one.acronyms.clear();
    one.context.clear();
    one.renderings.erase(source);
    // "*" stands for any ending: a rule for checking, nothing to look for.
    for (const std::string& form : names) {
      if (term->kind == TermKind::term && &form != &names.front()) break;
      if (form.find('*') == form.npos && known.insert(form).second) one.forms.push_back(form);
    }
    if (one.forms.empty()) continue;
    one.term = std::move(one.forms.front());
    one.forms.erase(one.forms.begin());
    list.add(std::move(one));
  }
  return list;
}

}  // namespace kabar::terms
