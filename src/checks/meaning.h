// Meanings of data/checks/*.tsv compared on both sides.
#pragma once
#include <string_view>

#include "checks/list.h"
#include "checks/reading.h"

namespace kabar::checks {

// Reports under check `id` every concept of `theme` that only one side says, or whose opposite stands in the target.
void compare_theme(const Reading& reading, Report& report, std::string_view theme, std::string_view id,
                   std::string_view lost_key, std::string_view added_key);

}  // namespace kabar::checks
