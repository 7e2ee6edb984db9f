#include "terms/name_table.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"

namespace kabar::terms {
namespace {

constexpr std::array<Language, 3> kTargets = {Language::zh, Language::ja, Language::ar};
constexpr std::string_view kHeader = "name\tzh\tja\tar";

// Takes the text before `end` from `rest`, and `end` itself.
std::string_view take(std::string_view& rest, char end) {
  const size_t at = rest.find(end);
  const std::string_view taken = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return taken;
}

}  // namespace

Result<NameTable> NameTable::make(std::string text, std::string_view file) {
  KABAR_TRY(check_utf8(text, file));
  NameTable table;
  table.text_ = std::make_shared<const std::string>(std::move(text));
  table.rows_.reserve(static_cast<size_t>(std::count(table.text_->begin(), table.text_->end(), '\n')));
  bool header = false;
  std::string_view rest = *table.text_;
  for (int number = 1; !rest.empty(); ++number) {
    std::string_view line = take(rest, '\n');
    const auto wrong = [&](std::string message) {
      return fail(ErrorKind::bad_input, fmt::format("{}:{}", file, number), std::move(message));
    };
    if (line.empty() || line.front() == '#') continue;
    if (!header) {
      if (line != kHeader) return wrong("the columns must be name, zh, ja, ar");
      header = true;
      continue;
    }
    if (std::count(line.begin(), line.end(), '\t') != static_cast<long>(kTargets.size())) {
      return wrong("a name and its three forms are wanted");
    }
    const std::string_view name = take(line, '\t');
    std::array<std::string_view, 3> forms;
    for (std::string_view& form : forms) form = take(line, '\t');
    if (name.empty() || std::any_of(forms.begin(), forms.end(), [](std::string_view form) { return form.empty(); })) {
      return wrong("a cell is empty");
    }
    if (!table.rows_.emplace(name, forms).second) return wrong(fmt::format("'{}' occurs twice", name));
  }
  return table;
}

std::string_view NameTable::form(std::string_view word, Language target) const {
  const auto column = std::find(kTargets.begin(), kTargets.end(), target);
  const auto row = rows_.find(word);
  if (column == kTargets.end() || row == rows_.end()) return {};
  return row->second[static_cast<size_t>(column - kTargets.begin())];
}

}  // namespace kabar::terms
