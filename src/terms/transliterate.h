// Names without an established form, written for readers of another script by rule (docs/transliteration.md).
#pragma once
#include <string>
#include <string_view>

#include "base/language.h"

namespace kabar::terms {

// An Indonesian name in katakana or Arabic letters, by sound. Empty for languages where the Latin form is kept
// (Latin script; Chinese, which has no rule by sound), and for a text with letters that are not Latin.
// Words are divided as the language does: ブディ・サントソ, بودي سانتوسو.
std::string transliterate(std::string_view name, Language target);

}  // namespace kabar::terms
