// Tables in TSV as this project writes them: comments, a header, cells without quoting.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kabar::terms {

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`
  std::vector<int> lines;                      // of the file, per row, from 1

  // The number of a column, or -1.
  int column(std::string_view name) const;
};

// Errors with "name:line": bad UTF-8, more cells than columns, a column named twice, a cell over 64 KiB.
Result<Table> parse_table(std::string_view text, std::string_view name);

// "a|b|c" to its values, each trimmed; empty ones are left out.
std::vector<std::string> split_values(std::string_view cell);
std::string join_values(const std::vector<std::string>& values);

}  // namespace kabar::terms
