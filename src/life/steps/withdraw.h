// Takes an article from readers, in every language at once.
#pragma once
#include <string_view>
#include <vector>

#include "life/life.h"

namespace kabar::life {

// One transaction for all languages (invariant 6); the pages follow with the next change of the site. Returns the
// languages that were public until now: the receipt. `reason` is the end of a message key, "error" or "law", or
// empty for the neutral wording; `note` is for the audit log only. Withdrawing twice is harmless. not_found.
Result<std::vector<Language>> withdraw(Life& life, std::string_view article, std::string_view who,
                                       std::string_view reason, std::string_view note);

}  // namespace kabar::life
