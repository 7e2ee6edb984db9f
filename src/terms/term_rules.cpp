#include "terms/term_rules.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/utf8.h"

namespace kabar::terms {
namespace {

Error fault(const Term& term, std::string message) {
  return {ErrorKind::bad_input, term.place, fmt::format("{}: {}", term.id, message)};
}

std::vector<std::string> all_forms(const Term& term) {
  std::vector<std::string> forms{term.term};
  forms.insert(forms.end(), term.forms.begin(), term.forms.end());
  forms.insert(forms.end(), term.acronyms.begin(), term.acronyms.end());
  return forms;
}

std::string span_text(const Folded& text, Span span) {
  return encode_utf8(
      std::u32string_view(text.text).substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.size())));
}

void check_example(const Termbase& base, const Term& term, std::vector<Error>& faults) {
  const std::vector<TermMatch> matches =
      base.find_terms(fold(term.example, Language::id), {.before = {}, .section = {}, .year = term.until});
  if (std::none_of(matches.begin(), matches.end(), [&](const TermMatch& match) { return match.term == &term; })) {
    std::string others;
    for (const TermMatch& match : matches) others += fmt::format(" {}", match.term->id);
    faults.push_back(fault(term, fmt::format("its example selects{} instead", others.empty() ? " nothing" : others)));
  }
  for (const auto& [language, rendering] : term.renderings) {
    if (rendering.example.empty()) {
      faults.push_back(fault(term, fmt::format("example_{} is missing", language.view())));
      continue;
    }
    const Folded target = fold(rendering.example, language);
    bool right = rendering.right.empty();
    const std::vector<RenderingMatch> found = base.find_renderings(target, language);
    for (const RenderingMatch& match : found) {
      if (match.term != &term) continue;
      if (!match.wrong) right = true;
      if (match.wrong) {
        faults.push_back(fault(term, fmt::format("example_{} holds the wrong rendering '{}'", language.view(),
                                                 span_text(target, match.span))));
      }
    }
    if (!right) faults.push_back(fault(term, fmt::format("example_{} holds no right rendering", language.view())));
  }
}

// A wrong rendering inside a right one would flag every good translation.
void check_renderings(const Termbase& base, const Term& term, std::vector<Error>& faults) {
  for (const auto& [language, rendering] : term.renderings) {
    for (const std::string& right : rendering.right) {
      for (const RenderingMatch& match : base.find_renderings(fold(right, language), language)) {
        if (match.term != &term || !match.wrong) continue;
        faults.push_back(fault(term, fmt::format("{}_not '{}' is found in the right rendering '{}'", language.view(),
                                                 rendering.wrong[static_cast<size_t>(match.variant)], right)));
      }
    }
  }
}

}  // namespace

std::vector<Error> check_terms(const Termbase& base) {
  std::vector<Error> faults;
  std::map<std::string, std::vector<const Term*>> senses;
  for (size_t i = 0; i < base.terms().size(); ++i) {
    const Term& term = base.terms()[i];
    for (const std::string& form : all_forms(term)) {
      std::vector<const Term*>& same = senses[form];
      if (same.empty() || same.back() != &term) same.push_back(&term);
    }
  }
  for (const auto& [form, entries] : senses) {
    std::vector<const Term*> defaults;
    for (const Term* term : entries) {
      if (term->context.empty()) defaults.push_back(term);
    }
    for (size_t i = 1; i < defaults.size(); ++i) {
      const Term& a = *defaults[0];
      const Term& b = *defaults[i];
      const bool other_years = (a.until != 0 && b.since > a.until) || (b.until != 0 && a.since > b.until);
      const bool other_sections = !a.scope.empty() || !b.scope.empty();
      if (!other_years && !other_sections) {
        faults.push_back(
            fault(b, fmt::format("shares the form '{}' with {}, and neither has context words", form, a.id)));
      }
    }
  }
  for (size_t i = 0; i < base.terms().size(); ++i) {
    const Term& term = base.terms()[i];
    const bool has_wrong = std::any_of(term.renderings.begin(), term.renderings.end(),
                                       [](const auto& entry) { return !entry.second.wrong.empty(); });
    if (term.example.empty() && (has_wrong || !term.context.empty()))
      faults.push_back(fault(term, "example is missing"));
    if (!term.example.empty()) check_example(base, term, faults);
    check_renderings(base, term, faults);
  }
  return faults;
}

}  // namespace kabar::terms
