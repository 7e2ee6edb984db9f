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

struct Lexicon::Table {
  std::unordered_map<std::string, std::vector<LexiconRendering>> terms;
  std::unordered_map<std::string, int> longest;  // words of the longest term that begins with this word

  const std::vector<LexiconRendering>* find(const std::string& term) const {
    const auto found = terms.find(term);
    return found == terms.end() ? nullptr : &found->second;
  }
  // A word as it is, or without what changes its meaning little: "rumahnya", "anak-anak".
  const std::vector<LexiconRendering>* find_word(const std::string& word) const {
    if (const auto* as_it_is = find(word)) return as_it_is;
    for (const std::string_view ending : kEndings) {
      if (word.ends_with(ending)) {
        if (const auto* stem = find(word.substr(0, word.size() - ending.size()))) return stem;
      }
    }
    const size_t half = word.size() / 2;
    const bool doubled = word.size() % 2 == 1 && word[half] == '-' && word.substr(0, half) == word.substr(half + 1);
    return doubled ? find(word.substr(0, half)) : nullptr;
  }
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
      const std::string term(cells[0]);
      table.terms[term].push_back({std::string(cells[1]), *share});
      const int words = static_cast<int>(std::count(term.begin(), term.end(), ' ')) + 1;
      int& longest = table.longest[term.substr(0, term.find(' '))];
      longest = std::max(longest, words);
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
  if (table.terms.empty()) return matches;
  const std::vector<Word> words = words_of(text);
  for (size_t i = 0; i < words.size();) {
    // The longest term that begins here.
    const auto longest = table.longest.find(words[i].text);
    std::string term = words[i].text;
    const std::vector<LexiconRendering>* best = table.find_word(term);
    size_t taken = 1;
    for (size_t n = 1; longest != table.longest.end() && n < static_cast<size_t>(longest->second); ++n) {
      if (i + n >= words.size() || !words[i + n - 1].goes_on) break;
      term += ' ' + words[i + n].text;
      if (const auto* found = table.find(term)) {
        best = found;
        taken = n + 1;
      }
    }
    if (best != nullptr) matches.push_back({{words[i].span.begin, words[i + taken - 1].span.end}, best});
    i += taken;
  }
  return matches;
}

}  // namespace kabar::terms
