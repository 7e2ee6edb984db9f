#include "terms/lexicon.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <unordered_map>

#include <fmt/format.h>

#include "base/file.h"
#include "base/utf8.h"

namespace kabar::terms {
namespace {

constexpr size_t kFileBytesMax = 16u << 20;

// Of Indonesian: "its", and marks of emphasis and question.
constexpr std::string_view kEndings[] = {"nya", "lah", "kah", "pun"};

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

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

// The next line, without its end; takes it from `rest`.
std::string_view take_line(std::string_view& rest) {
  const size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

struct Row {
  std::string_view term, rendering;
  float share = 0;
};

std::optional<Row> parse_row(std::string_view line) {
  const size_t first = line.find('\t');
  const size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
  if (second == std::string_view::npos || first == 0 || second == first + 1) return std::nullopt;
  const std::optional<float> share = parse_share(line.substr(second + 1));
  if (!share) return std::nullopt;
  return Row{line.substr(0, first), line.substr(first + 1, second - first - 1), *share};
}

struct Word {
  Span span;
  std::string text;      // small letters
  bool goes_on = false;  // a blank and the next word follow
};

std::vector<Word> words_of(std::string_view text) {
  const std::u32string points = decode_utf8(text);
  std::vector<Word> words;
  for (size_t at = 0; at < points.size();) {
    if (points[at] == U'⟦') at = std::min(points.find(U'⟧', at), points.size() - 1);
    if (!is_letter(points[at])) {
      ++at;
      continue;
    }
    const int begin = static_cast<int>(at);
    if (!words.empty()) words.back().goes_on = begin == words.back().span.end + 1 && points[at - 1] == U' ';
    Word& word = words.emplace_back();
    const auto goes_on = [&] {
      return is_letter(points[at]) || (points[at] == U'-' && at + 1 < points.size() && is_letter(points[at + 1]));
    };
    for (; at < points.size() && goes_on(); ++at) word.text += static_cast<char>(points[at] | 0x20);  // '-' stays '-'
    word.span = {begin, static_cast<int>(at)};
  }
  return words;
}

}  // namespace

// The text of the file and where its terms begin: rows are read when they are asked for, so that a large table opens in
// milliseconds.
struct Lexicon::Table {
  struct Run {
    size_t hash = 0;     // of the term
    uint32_t begin = 0;  // of its first row
    auto operator<=>(const Run&) const = default;
  };
  std::string text;
  std::vector<Run> runs;                    // ascending; a term may have several
  std::unordered_map<size_t, int> longest;  // by the hash of a first word: words of the longest compound

  // Rows of the term, in the order of the file.
  std::vector<LexiconRendering> find(std::string_view term) const {
    std::vector<LexiconRendering> renderings;
    const size_t hash = std::hash<std::string_view>()(term);
    for (auto run = std::lower_bound(runs.begin(), runs.end(), Run{hash, 0}); run != runs.end() && run->hash == hash;
         ++run) {
      for (std::string_view rest = std::string_view(text).substr(run->begin); !rest.empty();) {
        const std::optional<Row> row = parse_row(take_line(rest));
        if (!row || row->term != term) break;
        renderings.push_back({std::string(row->rendering), row->share});
      }
    }
    return renderings;
  }
  // A word as it is, or without what changes its meaning little: "rumahnya", "anak-anak".
  std::vector<LexiconRendering> find_word(std::string_view word) const {
    std::vector<LexiconRendering> found = find(word);
    for (const std::string_view ending : kEndings) {
      if (found.empty() && word.ends_with(ending)) found = find(word.substr(0, word.size() - ending.size()));
    }
    const size_t half = word.size() / 2;
    const bool doubled = word.size() % 2 == 1 && word[half] == '-' && word.substr(0, half) == word.substr(half + 1);
    return found.empty() && doubled ? find(word.substr(0, half)) : found;
  }
  int words_of_longest(std::string_view first_word) const {
    const auto found = longest.find(std::hash<std::string_view>()(first_word));
    return found == longest.end() ? 1 : found->second;
  }
};

struct Lexicon::State {
  std::filesystem::path folder;
  std::mutex mutex;
  std::map<std::string, Table> tables;  // by "id-fr"

  static Result<Table> read(std::string text, std::string_view name) {
    Table table;
    table.text = std::move(text);
    std::string_view rest = table.text, before;
    for (int line = 1; !rest.empty(); ++line) {
      const auto begin = static_cast<uint32_t>(table.text.size() - rest.size());
      const std::string_view bytes = take_line(rest);
      if (bytes.empty() || bytes.starts_with('#')) continue;
      const std::optional<Row> row = parse_row(bytes);
      if (!row)
        return fail(ErrorKind::bad_input, fmt::format("{}:{}", name, line), "expected word, rendering and share");
      if (row->term == before) continue;
      before = row->term;
      table.runs.push_back({std::hash<std::string_view>()(row->term), begin});
      if (const size_t blank = row->term.find(' '); blank != std::string_view::npos) {
        int& longest = table.longest[std::hash<std::string_view>()(row->term.substr(0, blank))];
        longest = std::max(longest, 1 + static_cast<int>(std::count(row->term.begin(), row->term.end(), ' ')));
      }
    }
    std::sort(table.runs.begin(), table.runs.end());
    return table;
  }

  // A file that cannot be read gives no hints: the translation goes on without.
  const Table& table(Language source, Language target) {
    const std::string pair = source.code() + "-" + target.code();
    const std::lock_guard lock(mutex);
    const auto [place, fresh] = tables.try_emplace(pair);
    if (fresh && !folder.empty()) {
      if (auto text = read_file(folder / (pair + ".tsv"), kFileBytesMax)) {
        if (auto parsed = read(std::move(*text), pair)) place->second = std::move(*parsed);
      }
    }
    return place->second;
  }
};

Lexicon::Lexicon() : state_(std::make_shared<State>()) {}

Lexicon::Lexicon(std::filesystem::path folder) : Lexicon() { state_->folder = std::move(folder); }

Result<Lexicon> Lexicon::parse(std::string_view table, Language source, Language target, std::string_view name) {
  KABAR_ASSIGN(Table parsed, State::read(std::string(table), name));
  Lexicon lexicon;
  lexicon.state_->tables.emplace(source.code() + "-" + target.code(), std::move(parsed));
  return lexicon;
}

std::vector<LexiconMatch> Lexicon::find(std::string_view text, Language source, Language target) const {
  const Table& table = state_->table(source, target);
  std::vector<LexiconMatch> matches;
  if (table.runs.empty()) return matches;
  const std::vector<Word> words = words_of(text);
  for (size_t i = 0; i < words.size();) {
    // The longest term that begins here.
    std::string term = words[i].text;
    std::vector<LexiconRendering> best = table.find_word(term);
    size_t taken = 1;
    const auto longest = static_cast<size_t>(table.words_of_longest(term));
    for (size_t n = 1; n < longest && i + n < words.size() && words[i + n - 1].goes_on; ++n) {
      term += ' ' + words[i + n].text;
      if (std::vector<LexiconRendering> found = table.find(term); !found.empty()) {
        best = std::move(found);
        taken = n + 1;
      }
    }
    if (!best.empty()) matches.push_back({{words[i].span.begin, words[i + taken - 1].span.end}, std::move(best)});
    i += taken;
  }
  return matches;
}

}  // namespace kabar::terms
