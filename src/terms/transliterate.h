// Names without an established form, written for readers of another script by rule (docs/transliteration.md).
#pragma once
#include <string>
#include <string_view>

#include "base/language.h"
#include "terms/name_table.h"

namespace kabar::terms {

// A name for readers of Chinese, Japanese or Arabic: each word as the table has it, else by the sound of Indonesian
// spelling. Empty where the Latin form is kept: for languages of Latin script, for Chinese if a word is not in the
// table (it has no rule by sound), and for letters that are not Latin.
// Words are divided as the language does: 迈克尔·安德森, ブディ・サントソ, بودي سانتوسو; 金正恩 is not divided.
struct Transliteration {
  std::string text;
  bool established = false;  // the table has every word
};

Transliteration transliterate(std::string_view name, Language target, const NameTable& table);

}  // namespace kabar::terms
