// Sentences that are too long for a translator, cut where a reader would take a breath.
#pragma once
#include <string_view>
#include <vector>

#include "base/span.h"

namespace kabar::translate {

// Longer than nearly all sentences that models are trained on.
inline constexpr int kClausePointsMax = 360;
// For a second try: a weak model that lost its way in a whole sentence may still know its parts.
inline constexpr int kShortClausePointsMax = 100;

// `text` as pieces of at most `points_max` code points (placeholders are never cut): behind a semicolon, dash, colon or
// comma if there is one in the second half, else before an Indonesian conjunction, else at a blank, else anywhere. One
// piece if it is short enough.
// The blanks between pieces belong to none.
std::vector<Span> cut_clauses(std::string_view text, int points_max);

}  // namespace kabar::translate
