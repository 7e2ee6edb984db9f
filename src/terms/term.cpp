#include "terms/term.h"

#include <array>
#include <utility>

namespace kabar::terms {
namespace {

constexpr std::array<std::pair<TermKind, std::string_view>, 9> kKinds = {{{TermKind::person, "person"},
                                                                          {TermKind::place, "place"},
                                                                          {TermKind::organisation, "organisation"},
                                                                          {TermKind::office, "office"},
                                                                          {TermKind::law, "law"},
                                                                          {TermKind::idiom, "idiom"},
                                                                          {TermKind::sense, "sense"},
                                                                          {TermKind::keep, "keep"},
                                                                          {TermKind::term, "term"}}};

}  // namespace

std::string_view name_of(TermKind kind) {
  for (const auto& [value, name] : kKinds) {
    if (value == kind) return name;
  }
  return "term";
}

std::optional<TermKind> parse_term_kind(std::string_view text) {
  for (const auto& [value, name] : kKinds) {
    if (name == text) return value;
  }
  return std::nullopt;
}

const Rendering& Term::rendering(Language language) const {
  static const Rendering none;
  const auto found = renderings.find(language);
  return found == renderings.end() ? none : found->second;
}

}  // namespace kabar::terms
