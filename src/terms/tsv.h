// Tables in TSV as this project writes them: comments, a header, cells without quoting.
#pragma once
#include <algorithm>
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

// The same table with its cells left in the text, which must outlive it.
class TableView {
 public:
  static Result<TableView> parse(std::string_view text, std::string_view name);

  const std::vector<std::string_view>& columns() const { return columns_; }
  size_t size() const { return rows_.size(); }
  int line(size_t row) const { return rows_[row].line; }
  // Replaces `cells` by those of a row, as many as there are columns.
  void read(size_t row, std::vector<std::string_view>& cells) const;

 private:
  struct Row {
    std::string_view text;
    int line = 0;
  };
  std::vector<std::string_view> columns_;
  std::vector<Row> rows_;
};

// Calls visit(value) for the values of "a|b|c", each trimmed; empty ones are left out.
template <typename Visit>
void each_value(std::string_view cell, const Visit& visit) {
  while (!cell.empty()) {
    const size_t end = std::min(cell.find('|'), cell.size());
    std::string_view value = cell.substr(0, end);
    cell.remove_prefix(std::min(end + 1, cell.size()));
    while (value.starts_with(' ')) value.remove_prefix(1);
    while (value.ends_with(' ')) value.remove_suffix(1);
    if (!value.empty()) visit(value);
  }
}
std::vector<std::string> split_values(std::string_view cell);
std::string join_values(const std::vector<std::string>& values);

}  // namespace kabar::terms
