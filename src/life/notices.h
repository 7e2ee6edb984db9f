// The sentence that tells readers what was wrong: from templates with the facts filled in, never by free translation.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/language.h"
#include "base/result.h"

namespace kabar::life {

// What was wrong. Names are the words of `kabar correct --what`.
enum class Wrong {
  number,    // figures, percentages, amounts: recognised as facts and written for each language's readers
  date,      // dates and times, likewise
  name,      // of a person, place or organisation: the same letters in every language
  headline,  // no values: the notice only says so
  picture,
  other,
};
std::optional<Wrong> parse_wrong(std::string_view name);
std::string_view name_of(Wrong what);
// All names, for help and messages: "number, date, …".
std::string wrong_names();

// In `language`; languages that we have no templates for get the English one. `wrong` and `right` are in
// `main_language`. bad_input if a number or date cannot be recognised in them, if they say more than it ("fewer than 12
// dead"), or if both say the same: a notice with a guess would be a second mistake.
Result<std::string> correction_notice(Wrong what, std::string_view wrong, std::string_view right,
                                      Language main_language, Language language);

// For a fault of the translation alone; both texts are in `language` already. bad_input if one is missing or both are
// the same.
Result<std::string> translation_notice(std::string_view wrong, std::string_view right, Language language);

}  // namespace kabar::life
