#include "app/eval_set.h"

#include <fmt/format.h>

#include "train/corpus.h"

namespace kabar::app {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

Result<EvalSet> read_folder(const std::filesystem::path& folder) {
  EvalSet set;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::optional<Language> language = Language::parse(entry.path().stem().string());
    if (!language || entry.path().extension() != ".txt") continue;
    KABAR_ASSIGN(const std::string text, train::read_text(entry.path()));
    set[*language] = lines_of(text);
  }
  if (set.empty()) return fail(ErrorKind::bad_input, folder.string(), "holds no file such as en.txt");
  const size_t count = set.begin()->second.size();
  for (const auto& [language, lines] : set) {
    if (lines.size() != count) {
      return fail(ErrorKind::bad_input, (folder / (language.code() + ".txt")).string(),
                  fmt::format("has {} lines and another language {}", lines.size(), count));
    }
  }
  return set;
}

}  // namespace

Result<EvalSet> read_eval_set(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return fail(ErrorKind::not_found, path.string(), "does not exist");
  if (std::filesystem::is_directory(path)) return read_folder(path);
  KABAR_ASSIGN(const std::vector<train::SixTexts> rows, train::read_six(path));
  EvalSet set;
  for (const train::SixTexts& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) set[train::kSixLanguages[i]].push_back(row[i]);
  }
  return set;
}

Result<std::vector<std::vector<mt::Hypothesis>>> translate_bare(const mt::Engine& engine,
                                                                const std::vector<std::string>& lines, Language source,
                                                                std::span<const Language> targets, int beam) {
  std::vector<mt::Sentence> sentences(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) sentences[i].text = lines[i];
  mt::TranslateOptions options;
  options.beam_size = beam;
  return engine.translate(sentences, source, targets, options, {});
}

}  // namespace kabar::app
