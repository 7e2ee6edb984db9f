#include "train/dictionary.h"

#include <fmt/format.h>

namespace kabar::train {
namespace {

std::vector<std::string> split(std::string_view cell) {
  std::vector<std::string> renderings;
  while (true) {
    const size_t bar = cell.find('|');
    if (const std::string_view one = cell.substr(0, bar); !one.empty()) renderings.emplace_back(one);
    if (bar == std::string_view::npos) return renderings;
    cell.remove_prefix(bar + 1);
  }
}

}  // namespace

SixTexts DictionaryEntry::first() const {
  SixTexts texts;
  for (size_t i = 0; i < texts.size(); ++i) texts[i] = renderings[i].front();
  return texts;
}

Result<std::vector<DictionaryEntry>> read_dictionary(const std::filesystem::path& folder) {
  KABAR_ASSIGN(const std::vector<std::filesystem::path> files, tsv_files(folder));
  std::vector<DictionaryEntry> entries;
  for (const std::filesystem::path& path : files) {
    KABAR_ASSIGN(const std::vector<SixTexts> lines, read_six(path));
    for (size_t line = 0; line < lines.size(); ++line) {
      DictionaryEntry& entry = entries.emplace_back();
      entry.term = lines[line][0];
      for (const std::string& cell : lines[line]) {
        entry.renderings.push_back(split(cell));
        if (entry.renderings.back().empty()) {
          return fail(ErrorKind::bad_input, fmt::format("{}:{}", path.string(), line + 1),
                      "a cell without a rendering");
        }
      }
    }
  }
  return entries;
}

}  // namespace kabar::train
