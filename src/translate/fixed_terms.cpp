#include "translate/fixed_terms.h"

#include <algorithm>

#include <fmt/format.h>

#include "terms/transliterate.h"

namespace kabar::translate {
namespace {

using terms::TermKind;
using terms::TermUse;

bool writes_latin(Language language) {
  return language != Language::zh && language != Language::ja && language != Language::ar;
}

// In brackets as the script has them.
std::string with_original(const std::string& rendering, const std::string& latin, Language target) {
  return target == Language::ar ? fmt::format("{} ({})", rendering, latin) : fmt::format("{}（{}）", rendering, latin);
}

std::string render_name(const Name& name, Language target, const terms::NameTable& table, Mentioned& mentioned) {
  if (name.acronym || writes_latin(target)) return name.text;
  const terms::Transliteration written = terms::transliterate(name.text, target, table);
  if (written.text.empty()) return name.text;
  const bool first = mentioned.names[target].insert(name.text).second;
  // What newspapers write is known to their readers; only Chinese characters do not tell how the name is spelled.
  const bool plain = written.established && target != Language::zh;
  return first && !plain ? with_original(written.text, name.text, target) : written.text;
}

}  // namespace

bool is_name(const terms::Term& term) {
  return term.kind == TermKind::person || term.kind == TermKind::place || term.kind == TermKind::organisation ||
         term.kind == TermKind::keep;
}

TermUses find_term_uses(const terms::Termbase& termbase, std::string_view text, std::span<const Language> targets,
                        const terms::TermContext& context, Mentioned& mentioned) {
  TermUses uses;
  for (const Language target : targets) {
    uses.push_back(terms::constraints_for(termbase, text, target, context, &mentioned.terms[target]));
  }
  return uses;
}

std::vector<Fixed> fixed_terms(const TermUses& uses) {
  std::vector<Fixed> fixed;
  if (uses.empty()) return fixed;
  for (const TermUse& use : uses.front()) {
    if (!is_name(*use.term)) continue;
    const bool person = use.term->kind == TermKind::person;
    Fixed piece{use.source, 'X', {}, person ? Named::person : Named::other};
    for (const std::vector<TermUse>& of_target : uses) {
      const auto same = std::find_if(of_target.begin(), of_target.end(), [&](const TermUse& other) {
        return other.term == use.term && other.source == use.source && !other.any_of.empty();
      });
      if (same == of_target.end()) break;
      piece.renderings.push_back(same->any_of.front());
    }
    if (piece.renderings.size() == uses.size()) fixed.push_back(std::move(piece));
  }
  return fixed;
}

std::vector<Fixed> fixed_names(std::span<const Name> names, std::span<const Language> targets,
                               const terms::NameTable& table, Mentioned& mentioned) {
  std::vector<Fixed> fixed;
  for (const Name& name : names) {
    Fixed& piece = fixed.emplace_back(Fixed{name.span, 'X', {}, name.acronym ? Named::other : Named::unknown});
    for (const Language target : targets) piece.renderings.push_back(render_name(name, target, table, mentioned));
  }
  return fixed;
}

}  // namespace kabar::translate
