// Markdown into blocks.
#pragma once
#include <string_view>

#include "base/result.h"
#include "markup/builder.h"

namespace kabar::markup {

// CommonMark with tables and strikethrough; pieces of HTML are read as HTML. Headings keep their level as attribute
// "level", "1" included. `text` is the file without its front matter and begins at line
// `first_line`.
Result<void> read_markdown(std::string_view text, std::string_view name, int first_line, BlockBuilder& builder);

}  // namespace kabar::markup
