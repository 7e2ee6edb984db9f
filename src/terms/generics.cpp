#include "terms/generics.h"

#include <algorithm>

#include <fmt/format.h>

namespace kabar::terms {

Result<Generics> Generics::make(const Table& table, std::string_view file) {
  Generics generics;
  const int words = table.column("id");
  if (words < 0) return fail(ErrorKind::bad_input, std::string(file), "there is no column 'id'");
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const auto wrong = [&](std::string message) {
      return fail(ErrorKind::bad_input, fmt::format("{}:{}", file, table.lines[row]), std::move(message));
    };
    std::map<Language, NamePattern> patterns;
    for (size_t column = 0; column < table.columns.size(); ++column) {
      if (static_cast<int>(column) == words) continue;
      const std::optional<Language> language = Language::parse(table.columns[column]);
      const std::string& cell = table.rows[row][column];
      const std::optional<NamePattern> pattern = NamePattern::parse(cell);
      if (!language) return wrong(fmt::format("'{}' is no language", table.columns[column]));
      if (!pattern) return wrong(fmt::format("'{}' must have one {{}} for the name", cell));
      patterns[*language] = *pattern;
    }
    const std::string& generic = table.rows[row][static_cast<size_t>(words)];
    if (generic.empty() || !generics.rows_.emplace(generic, std::move(patterns)).second) {
      return wrong(fmt::format("'{}' is empty or occurs twice", generic));
    }
  }
  return generics;
}

std::optional<std::string> Generics::join(std::string_view words, std::string_view name, Language target) const {
  const auto row = rows_.find(words);
  if (row == rows_.end()) return std::nullopt;
  const auto pattern = row->second.find(target);
  if (pattern == row->second.end()) return std::nullopt;
  const auto& [before, behind] = pattern->second;
  // 中爪哇省 has its 省.
  // 广东省, 北海道: another kind of division.
  static constexpr std::string_view kDivisions[] = {"省", "州", "県", "县", "市", "区", "郡", "府", "道", "都"};
  const auto ends = [&](std::string_view text) {
    return std::any_of(std::begin(kDivisions), std::end(kDivisions),
                       [&](std::string_view one) { return text.ends_with(one); });
  };
  if (ends(behind) && ends(name)) return std::string(name);
  const bool said = (!before.empty() && name.starts_with(before)) || (!behind.empty() && name.ends_with(behind));
  return said ? std::string(name) : pattern->second.fill(name);
}

}  // namespace kabar::terms
