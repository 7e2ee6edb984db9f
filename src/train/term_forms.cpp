#include <algorithm>

#include "base/file.h"
#include "base/utf8.h"
#include "train/corpus.h"
#include "train/masking.h"

namespace kabar::train {
namespace {

using Row = std::map<std::string, std::string, std::less<>>;  // column -> cell

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t begin = 0;;) {
    const size_t end = text.find(separator, begin);
    parts.emplace_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

std::vector<Row> read_rows(std::string_view text) {
  std::vector<Row> rows;
  std::vector<std::string> columns;
  for (const std::string& line : split(text, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> cells = split(line, '\t');
    if (columns.empty()) {
      columns = std::move(cells);
      continue;
    }
    Row& row = rows.emplace_back();
    for (size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) row[columns[i]] = cells[i];
  }
  return rows;
}

// The values of a cell, longest first. A value with an asterisk stands for many forms and is left out.
void add_forms(const Row& row, std::string_view column, Language language, std::vector<std::u32string>& forms) {
  const auto cell = row.find(column);
  if (cell == row.end()) return;
  for (const std::string& value : split(cell->second, '|')) {
    if (value.empty() || value.find('*') != std::string::npos) continue;
    forms.push_back(decode_utf8(normalize_training_text(value, language)));
  }
  std::stable_sort(forms.begin(), forms.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

TermForms forms_of(const Row& row) {
  TermForms forms;
  for (const char* column : {"term", "forms", "acronym"}) add_forms(row, column, Language::id, forms.sources[0]);
  add_forms(row, "en", Language::en, forms.sources[1]);
  for (size_t head = 0; head < kHeads.size(); ++head) {
    add_forms(row, kHeads[head].view(), kHeads[head], forms.targets[head]);
    add_forms(row, "acronym", kHeads[head], forms.targets[head]);
  }
  return forms;
}

}  // namespace

Result<std::vector<TermForms>> read_term_forms(const std::filesystem::path& folder) {
  KABAR_ASSIGN(const std::vector<std::filesystem::path> files, tsv_files(folder));
  std::vector<TermForms> terms;
  for (const std::filesystem::path& file : files) {
    KABAR_ASSIGN(const std::string text, read_text(file));
    for (const Row& row : read_rows(text)) {
      const auto kind = row.find("kind");
      if (kind == row.end()) continue;
      if (kind->second == "place" || kind->second == "organisation" || kind->second == "person") {
        terms.push_back(forms_of(row));
      }
    }
  }
  return terms;
}

}  // namespace kabar::train
