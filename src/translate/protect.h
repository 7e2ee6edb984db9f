// Facts and terms leave the sentence before translation and come back after it, so that no model can change them.
//
// Each is replaced by a placeholder that the model was trained on (mt/placeholder.h). The source is read once
// for all targets, so something is held only if there is a rendering for every target.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/span.h"
#include "mt/placeholder.h"
#include "text/facts/fact.h"
#include "translate/edited_text.h"

namespace kabar::translate {

// What a piece names: words beside it may hold of people only, or count what a measure has counted already.
enum class Named { nothing, measure, person, titled, other, unknown };  // titled: a person with a title

// A name that no list explains may be a person's.
inline bool may_be_person(Named named) {
  return named == Named::person || named == Named::titled || named == Named::unknown;
}

// A piece of the source with fixed renderings: a fact, a term or a name.
struct Fixed {
  Span source;                          // code points of the segment
  char kind = 'X';                      // mt::kPlaceholderKinds
  std::vector<std::string> renderings;  // one per target, in their order; none is empty
  Named named = Named::nothing;
  char gender = 0;  // of a person: 'm', 'f' or unknown; of one with a title, as the title is written
};

// The facts of `text` that must travel outside the model: those written with figures, long numbers and percentages in
// words, links, addresses, handles. Short number words ("dua orang") stay: the model inflects them, and the checks
// compare them by value.
std::vector<Fixed> fixed_facts(std::string_view text, Language source, std::span<const Language> targets,
                               const text::FactContext& context);

// Of overlapping pieces the one listed first in `preferred` wins over those of `others`.
std::vector<Fixed> merge_fixed(std::vector<Fixed> preferred, const std::vector<Fixed>& others);

struct Held {
  mt::Placeholder placeholder;
  Fixed fixed;
};

struct Protected {
  EditedText source;       // what the translator reads
  std::vector<Held> held;  // in source order; at most mt::kPlaceholdersPerKind per kind, the rest stays in the text
};

// `fixed` is in order and does not overlap. `rewritten` pieces are said otherwise for the translator: they overlap
// neither each other nor `fixed`.
Protected protect(std::string_view text, const std::vector<Fixed>& fixed, std::vector<Edit> rewritten = {});

// Puts the renderings for `targets[target_index]` where the placeholders stand. In Chinese and Japanese the
// spaces around a placeholder go too; at the start of a sentence a rendering is capitalised. What belongs to a person
// alone goes behind other names (マイクロソフト氏), and an article before a person who opens both sentences or has a
// title. A placeholder that the translation lost is not invented: the checks report it.
// `headline`: written without articles. Else the name of a body gets the one that it lacks (translate/articles.h).
EditedText restore(std::string_view translation, const std::vector<Held>& held, size_t target_index, Language target,
                   bool headline = false);

}  // namespace kabar::translate
