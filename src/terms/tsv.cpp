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

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t end = text.find(separator);
    parts.push_back(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

int Table::column(std::string_view name) const {
  const auto found = std::find(columns.begin(), columns.end(), name);
  return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

Result<Table> parse_table(std::string_view text, std::string_view name) {
  KABAR_TRY(check_utf8(text, name));
  text = strip_bom(text);
  Table table;
  int number = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    const std::string place = fmt::format("{}:{}", name, number);
    const std::vector<std::string_view> cells = split(line, '\t');
    if (std::any_of(cells.begin(), cells.end(), [](std::string_view cell) { return cell.size() > kCellBytesMax; })) {
      return fail(ErrorKind::limit, place, fmt::format("a cell is larger than {} bytes", kCellBytesMax));
    }
    if (table.columns.empty()) {
      for (std::string_view cell : cells) {
        if (table.column(cell) >= 0) return fail(ErrorKind::bad_input, place, fmt::format("column '{}' twice", cell));
        table.columns.emplace_back(cell);
      }
      continue;
    }
    if (cells.size() > table.columns.size()) {
      return fail(ErrorKind::bad_input, place,
                  fmt::format("{} cells, but the header names {} columns", cells.size(), table.columns.size()));
    }
    table.rows.emplace_back(cells.begin(), cells.end());
    table.rows.back().resize(table.columns.size());
    table.lines.push_back(number);
  }
  return table;
}

std::vector<std::string> split_values(std::string_view cell) {
  std::vector<std::string> values;
  for (std::string_view value : split(cell, '|')) {
    if (!value.empty()) values.emplace_back(value);
  }
  return values;
}

std::string join_values(const std::vector<std::string>& values) { return fmt::format("{}", fmt::join(values, "|")); }

}  // namespace kabar::terms
