// Which script and which of the project's languages a text is in.
#pragma once
#include <optional>
#include <string_view>

#include "base/language.h"

namespace kabar::text {

// Letters by script; marks, digits and blanks are not counted.
struct ScriptCounts {
  int latin = 0;
  int arabic = 0;
  int han = 0;
  int kana = 0;
  int hangul = 0;
  int cyrillic = 0;
  int other = 0;
  int total() const { return latin + arabic + han + kana + hangul + cyrillic + other; }
};

ScriptCounts count_scripts(std::string_view text);

struct LanguageGuess {
  Language language;
  float confidence = 0;  // 0..1; over 0.5 it may be relied on
};

// One of id, en, fr, zh, ja, ar; or ko, ru, fa by their script. Nothing if there is too little to judge: names and
// figures are in every language. Thread-safe, about 100 MB/s.
std::optional<LanguageGuess> detect_language(std::string_view text);

// False only if the text is surely in another language: for checks that must not cry wolf.
bool may_be_language(std::string_view text, Language language);

}  // namespace kabar::text
