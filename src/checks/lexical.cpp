#include "checks/lexical.h"

#include <charconv>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/file.h"
#include "base/utf8.h"

namespace kabar::checks {
namespace {

constexpr size_t kTableBytesMax = 256u << 20;
constexpr float kProbabilityMin = 0.01f;  // rarer translations are mostly accidents of the alignment

using Words = std::unordered_map<std::u32string, std::vector<std::u32string>>;

std::u32string fold_word(std::string_view word, Language language) { return terms::fold(word, language).points; }

std::shared_ptr<const Words> read_table(const std::filesystem::path& file, Language source, Language target) {
  const Result<std::string> text = read_file(file, kTableBytesMax);
  if (!text || !check_utf8(*text, file.string())) return nullptr;
  auto words = std::make_shared<Words>();
  for (std::string_view rest = *text; !rest.empty();) {
    const size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    const size_t first = line.find('\t');
    const size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    if (line.starts_with('#') || second == std::string_view::npos) continue;
    const float probability = std::strtof(std::string(line.substr(second + 1)).c_str(), nullptr);
    if (probability < kProbabilityMin) continue;
    (*words)[fold_word(line.substr(0, first), source)].push_back(
        fold_word(line.substr(first + 1, second - first - 1), target));
  }
  return words;
}

struct Piece {
  std::u32string_view word;
  size_t begin = 0, end = 0;
};

std::vector<Piece> pieces_of(const terms::Folded& text) {
  std::vector<Piece> pieces;
  const std::u32string_view points = text.points;
  for (size_t at = 0; at < points.size();) {
    if (!terms::is_word_point(points[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < points.size() && terms::is_word_point(points[end])) ++end;
    pieces.push_back({points.substr(at, end - at), at, end});
    at = end;
  }
  return pieces;
}

}  // namespace

struct LexicalTables::State {
  std::filesystem::path folder;
  std::mutex mutex;
  std::map<std::pair<Language, Language>, std::shared_ptr<const Words>> tables;

  std::shared_ptr<const Words> table(Language source, Language target) {
    const std::lock_guard lock(mutex);
    const auto [entry, added] = tables.try_emplace({source, target});
    if (added && !folder.empty()) {
      entry->second = read_table(folder / fmt::format("{}-{}.tsv", source.view(), target.view()), source, target);
    }
    return entry->second;
  }
};

LexicalTables::LexicalTables() : LexicalTables(std::filesystem::path()) {}

LexicalTables::LexicalTables(std::filesystem::path folder) : state_(std::make_shared<State>()) {
  state_->folder = std::move(folder);
}

std::optional<LexicalTables::Coverage> LexicalTables::coverage(const terms::Folded& source, Language source_language,
                                                               const terms::Folded& target,
                                                               Language target_language) const {
  const std::shared_ptr<const Words> table = state_->table(source_language, target_language);
  if (table == nullptr) return std::nullopt;
  std::unordered_set<std::u32string_view> words;
  if (!terms::is_unspaced(target_language)) {
    for (const Piece& piece : pieces_of(target)) words.insert(piece.word);
  }
  Coverage coverage;
  int gap = 0;
  size_t gap_begin = 0;
  for (const Piece& piece : pieces_of(source)) {
    const auto entry = table->find(std::u32string(piece.word));
    if (entry == table->end() || piece.word.size() < 3) continue;
    ++coverage.known;
    bool found = false;
    for (const std::u32string& translation : entry->second) {
      found = terms::is_unspaced(target_language) ? target.points.find(translation) != std::u32string::npos
                                                  : words.contains(translation);
      if (found) break;
    }
    if (found) {
      ++coverage.covered;
      gap = 0;
      continue;
    }
    if (gap++ == 0) gap_begin = piece.begin;
    if (gap > coverage.longest_gap) {
      coverage.longest_gap = gap;
      coverage.gap = source.span(gap_begin, piece.end);
    }
  }
  return coverage;
}

}  // namespace kabar::checks
