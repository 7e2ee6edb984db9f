// HTML5 into blocks.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "markup/builder.h"

namespace kabar::markup {

// What a page says about itself in its head.
struct HtmlHead {
  std::string title;
  std::string date;
  std::string image;
  std::string section;
  std::string language;
  std::vector<std::string> authors;
  std::vector<std::string> tags;
};

// The article of a whole page: its longest <article>, else <main>, else the body, without navigation, asides, forms,
// scripts and what is marked as an advertisement. Headings keep their level as attribute "level", "1" included.
Result<HtmlHead> read_html_page(std::string_view html, std::string_view name, BlockBuilder& builder);

// A piece of HTML inside Markdown that begins at line `first_line` of the file; everything of it.
Result<void> read_html_fragment(std::string_view html, std::string_view name, int first_line, BlockBuilder& builder);

}  // namespace kabar::markup
