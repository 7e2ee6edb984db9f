// The head of a Markdown file between two lines "---": `key: value` lines, a small part of YAML.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "article/article.h"
#include "base/result.h"

namespace kabar::markup {

struct FrontMatterEntry {
  std::string key;                  // in small letters
  std::vector<std::string> values;  // one, or those of a list
  bool list = false;
};

struct FrontMatter {
  std::vector<FrontMatterEntry> entries;
  size_t bytes = 0;  // of the file, with both fences; 0 if there is none
  int lines = 0;

  // The first value of `key`; empty if it is not there.
  std::string_view value(std::string_view key) const;
};

// Understands: comments, plain, 'single' and "double" quoted values, [flow, lists], "- " lists on the lines below,
// and `|` and `>` blocks. Anything else of YAML is bad_input with its line.
Result<FrontMatter> read_front_matter(std::string_view bytes, std::string_view name);

// "2026-08-06", "2026-08-06 21:00", "2026-08-06T21:00:00+07:00", also with Z. Without a zone it is WIB (UTC+7), the
// newsroom's own. Nothing if it is no date.
std::optional<Time> parse_date(std::string_view text);
std::string write_date(Time time);  // "2026-08-06T21:00:00+07:00"

// The value as it must stand behind "key: ".
std::string quote_value(std::string_view value);

}  // namespace kabar::markup
