// "kuartal III-2026": Indonesian numbers the parts of a year in Roman figures, which a small model reads as letters.
#pragma once
#include <string_view>
#include <vector>

#include "translate/edited_text.h"

namespace kabar::translate {

// Edits that say such numbers in words: "semester I" is "semester pertama", "triwulan II-2026" "triwulan kedua 2026".
std::vector<Edit> spell_periods(std::string_view text);

}  // namespace kabar::translate
