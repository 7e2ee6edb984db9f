// "(red.)", "(…, red)", "(-red)": an Indonesian editor's words inside a quotation. Read as a colour, it spoils the
// sentence ("à Jakarta, rouge").
#pragma once
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/span.h"

namespace kabar::text {

// Where "red.", "red", "ed." stand as an editor's mark in Indonesian `text`: only inside round brackets, at their end,
// alone or behind a comma or a dash. The spans hold the mark without bracket, comma and dash.
std::vector<Span> find_editor_marks(std::string_view text);

// The mark as newspapers of `language` write it: "NDLR", 编者注.
std::string_view editor_mark(Language language);

}  // namespace kabar::text
