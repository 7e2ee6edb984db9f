// Sentences that are too long for a translator, cut where a reader would take a breath.
#pragma once
#include <string_view>
#include <vector>

#include "base/span.h"

namespace kabar::translate {

// Longer than nearly all sentences that models are trained on.
inline constexpr int kClausePointsMax = 360;

// `text` as pieces of at most kClausePointsMax code points (placeholders are never cut): behind a semicolon, dash,
// colon or comma if there is one in the second half, else at a blank, else anywhere. One piece if it is short enough.
// The blanks between pieces belong to none.
std::vector<Span> cut_clauses(std::string_view text);

}  // namespace kabar::translate
