// Names in Latin letters for readers of other scripts, by rule: the policy for names without an established form.
//
// Chinese takes a character for a syllable as the table of the Xinhua agency does for Indonesian names, Japanese
// writes katakana with a middle dot between names, Arabic writes letter by letter with long vowels. At the first
// mention in an article the Latin form follows in brackets; that is the caller's work.
#pragma once
#include <string>
#include <string_view>

#include "base/language.h"

namespace kabar::terms {

// Empty if `target` writes Latin letters, or if `name` holds something else than Latin letters, blanks, hyphens,
// apostrophes and full stops. Spelling is read as Indonesian: c as in "church", j as in "jam", y as in "yes".
std::string transliterate(std::string_view name, Language target);

}  // namespace kabar::terms
