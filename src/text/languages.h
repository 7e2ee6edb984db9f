// What we know of languages: the one list.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/language.h"

namespace kabar::text {

enum class Script { latin, arabic, han, japanese, hangul, cyrillic, other };
enum class Direction { left_to_right, right_to_left };

struct LanguageInfo {
  Language language;
  std::string_view english_name;
  std::string_view native_name;
  Script script = Script::latin;
  Direction direction = Direction::left_to_right;
  std::string_view html_tag = {};  // for lang="…": "zh-Hans"; empty for a language that is not in the list
  bool spaces_between_sentences = true;
};

// The six of the project first, in the order in which they are shown, then others that a model may add.
std::span<const LanguageInfo> languages();
// The entry, or one made of the bare code for a language that is not in the list.
LanguageInfo language_info(Language language);

// "rtl" or "ltr", as HTML wants it.
std::string_view direction_name(Direction direction);

// What stands between two sentences of a translation where `gap` stood in the source: nothing instead of a space
// in languages that use none; line feeds stay.
std::string gap_in(std::string_view gap, Language language);

}  // namespace kabar::text
