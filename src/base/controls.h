// Control characters, which are no text: C0 and C1, and U+FFFE and U+FFFF, which XML forbids like them.
#pragma once
#include <string>
#include <string_view>

namespace kabar {

// Without controls. Tab and line break stay; vertical tab and form feed, with which word processors end lines, become
// blanks.
std::string drop_controls(std::string_view bytes);
// The same as one line, for terminals and wherever a line break would begin something else.
std::string one_line(std::string_view bytes);

}  // namespace kabar
