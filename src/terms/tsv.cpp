#include "terms/tsv.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"

namespace kabar::terms {
namespace {

constexpr size_t kCellBytesMax = 64 * 1024;

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Replaces `parts`.
void split(std::string_view text, char separator, std::vector<std::string_view>& parts) {
  parts.clear();
  for (;;) {
    const size_t end = text.find(separator);
    parts.push_back(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

int Table::column(std::string_view name) const {
  const auto found = std::find(columns.begin(), columns.end(), name);
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

Result<TableView> TableView::parse(std::string_view text, std::string_view name) {
  KABAR_TRY(check_utf8(text, name));
  text = strip_bom(text);
  TableView table;
  std::vector<std::string_view> cells;
  for (int number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const auto fault = [&](ErrorKind kind, std::string message) {
      return fail(kind, fmt::format("{}:{}", name, number), std::move(message));
    };
    split(line, '\t', cells);
    if (line.size() > kCellBytesMax &&
        std::any_of(cells.begin(), cells.end(), [](std::string_view cell) { return cell.size() > kCellBytesMax; })) {
      return fault(ErrorKind::limit, fmt::format("a cell is larger than {} bytes", kCellBytesMax));
    }
    if (table.columns_.empty()) {
      for (std::string_view cell : cells) {
        const auto& known = table.columns_;
        if (std::find(known.begin(), known.end(), cell) != known.end()) {
          return fault(ErrorKind::bad_input, fmt::format("column '{}' twice", cell));
        }
        table.columns_.push_back(cell);
      }
      continue;
    }
    if (cells.size() > table.columns_.size()) {
      return fault(ErrorKind::bad_input,
                   fmt::format("{} cells, but the header names {} columns", cells.size(), table.columns_.size()));
    }
    table.rows_.push_back({line, number});
  }
  return table;
}

void TableView::read(size_t row, std::vector<std::string_view>& cells) const {
  split(rows_[row].text, '\t', cells);
  cells.resize(columns_.size());
}

Result<Table> parse_table(std::string_view text, std::string_view name) {
  KABAR_ASSIGN(const TableView view, TableView::parse(text, name));
  Table table;
  table.columns.assign(view.columns().begin(), view.columns().end());
  table.rows.reserve(view.size());
  std::vector<std::string_view> cells;
  for (size_t row = 0; row < view.size(); ++row) {
    view.read(row, cells);
    table.rows.emplace_back(cells.begin(), cells.end());
    table.lines.push_back(view.line(row));
  }
  return table;
}

std::vector<std::string> split_values(std::string_view cell) {
  std::vector<std::string> values;
  each_value(cell, [&](std::string_view value) { values.emplace_back(value); });
  return values;
}

std::string join_values(const std::vector<std::string>& values) { return fmt::format("{}", fmt::join(values, "|")); }

}  // namespace kabar::terms
