// Small words that change beside others: French elision and contraction, Arabic particles, a and an in English.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "text/typography.h"

namespace kabar::text {

// What is to change where a translator, or a name that was put into its text, left words as they stand alone:
// "de Aceh" to "d'Aceh", "de le chef" to "du chef", "و جاكرتا" to "وجاكرتا", "a Acehnese" to "an Acehnese". Not between
// two words of one of `names` ("Ana de Armas"). In order and disjoint; a second call on the result changes nothing.
// Languages without rules get none. Thread-safe.
std::vector<Edit> elision_edits(std::string_view text, Language language, std::span<const Span> names = {});

}  // namespace kabar::text
