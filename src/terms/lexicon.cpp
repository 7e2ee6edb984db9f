#include "terms/lexicon.h"

#include <map>
#include <mutex>
#include <unordered_map>

#include <fmt/format.h>

#include "base/file.h"
#include "base/utf8.h"

namespace kabar::terms {
namespace {

constexpr size_t kFileBytesMax = 16u << 20;

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

// "0.42"; nothing if it is no share.
std::optional<float> parse_share(std::string_view text) {
  if (!text.starts_with("0.") || text.size() > 6) return std::nullopt;
  float share = 0, place = 0.1f;
  for (const char c : text.substr(2)) {
    if (c < '0' || c > '9') return std::nullopt;
    share += place * static_cast<float>(c - '0');
    place /= 10;
  }
  return share;
}

}  // namespace

struct Lexicon::Table {
  std::unordered_map<std::string, std::vector<LexiconRendering>> words;
};

struct Lexicon::State {
  std::filesystem::path folder;
  std::mutex mutex;
  std::map<std::string, Table> tables;  // by "id-fr"

  static Result<Table> read(std::string_view text, std::string_view name) {
    Table table;
    for (int line = 1; !text.empty(); ++line) {
      const size_t end = text.find('\n');
      const std::string_view row = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      if (row.empty() || row.starts_with('#')) continue;
      const std::vector<std::string_view> cells = cells_of(row);
      const std::optional<float> share = cells.size() == 3 ? parse_share(cells[2]) : std::nullopt;
      if (!share || cells[0].empty() || cells[1].empty()) {
        return fail(ErrorKind::bad_input, fmt::format("{}:{}", name, line), "expected word, rendering and share");
      }
      table.words[std::string(cells[0])].push_back({std::string(cells[1]), *share});
    }
    return table;
  }

  // A file that cannot be read gives no hints: the translation goes on without.
  const Table& table(Language source, Language target) {
    const std::string pair = source.code() + "-" + target.code();
    const std::lock_guard lock(mutex);
    const auto [place, fresh] = tables.try_emplace(pair);
    if (fresh && !folder.empty()) {
      if (const auto text = read_file(folder / (pair + ".tsv"), kFileBytesMax)) {
        if (auto parsed = read(*text, pair)) place->second = std::move(*parsed);
      }
    }
    return place->second;
  }
};

Lexicon::Lexicon() : state_(std::make_shared<State>()) {}

Lexicon::Lexicon(std::filesystem::path folder) : Lexicon() { state_->folder = std::move(folder); }

Result<Lexicon> Lexicon::parse(std::string_view table, Language source, Language target, std::string_view name) {
  KABAR_ASSIGN(Table parsed, State::read(table, name));
  Lexicon lexicon;
  lexicon.state_->tables.emplace(source.code() + "-" + target.code(), std::move(parsed));
  return lexicon;
}

std::vector<LexiconMatch> Lexicon::find(std::string_view text, Language source, Language target) const {
  const Table& table = state_->table(source, target);
  std::vector<LexiconMatch> matches;
  if (table.words.empty()) return matches;
  const std::u32string points = decode_utf8(text);
  for (size_t at = 0; at < points.size();) {
    if (points[at] == U'⟦') at = std::min(points.find(U'⟧', at), points.size() - 1);
    if (!is_letter(points[at])) {
      ++at;
      continue;
    }
    const size_t begin = at;
    std::string word;
    const auto goes_on = [&] {
      return is_letter(points[at]) || (points[at] == U'-' && at + 1 < points.size() && is_letter(points[at + 1]));
    };
    for (; at < points.size() && goes_on(); ++at) word += static_cast<char>(points[at] | 0x20);  // '-' stays '-'
    if (const auto found = table.words.find(word); found != table.words.end()) {
      matches.push_back({{static_cast<int>(begin), static_cast<int>(at)}, &found->second});
    }
  }
  return matches;
}

}  // namespace kabar::terms
