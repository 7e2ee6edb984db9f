// A linear look at HTML before it is parsed. The parser is quadratic in nesting and frees its tree recursively, so
// that deep or blown-up input must be refused first.
#pragma once
#include <string_view>

#include "base/result.h"

namespace kabar::markup {

// limit, with the line, if more than kNestingMax elements are open at once, or if unclosed formatting elements
// (`<b>` is opened again in every block) would multiply the document.
// `first_line`: of `html` in the file that is named.
Result<void> scan_html(std::string_view html, std::string_view name, int first_line = 1);

}  // namespace kabar::markup
