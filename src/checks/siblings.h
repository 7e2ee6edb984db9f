// The versions of one article compared with each other by their facts: faults differ per language, so the one that
// disagrees with the others is suspect, also where the source itself cannot be read for sure.
#pragma once
#include <span>

#include "article/version.h"

namespace kabar::checks {

// Adds a warning "sibling" to each segment whose figures and dates differ from those that more than half of the
// versions state. Segments are matched by their id. Needs three versions or more; fewer are left alone.
void compare_siblings(std::span<Version> versions, Language editor_language = Language::id, int year = 0);

}  // namespace kabar::checks
