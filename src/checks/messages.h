// The words of findings for editors, in the languages of the six editions: the one list of them.
#pragma once
#include <string>
#include <string_view>

#include "base/language.h"

namespace kabar::checks {

// `key` must be in the list. {0} and {1} are replaced; languages other than the six get English.
std::string message(std::string_view key, Language editor, std::string_view first, std::string_view second);

}  // namespace kabar::checks
