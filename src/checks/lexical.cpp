#include "checks/lexical.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>

#include <fmt/format.h>

#include "base/file.h"
#include "base/utf8.h"

namespace kabar::checks {
namespace {

constexpr size_t kTableBytesMax = 256u << 20;
constexpr float kProbabilityMin = 0.01f;  // rarer translations are mostly accidents of the alignment
constexpr float kUsual = 0.1f;            // a translation of this share is no accident
constexpr size_t kSourcesMax = 40;        // what translates more words than this is a function word
constexpr size_t kPieceMax = 6;           // longest translation that is looked for in unspaced text, in code points
constexpr size_t kWordMin = 3;            // shorter source words are function words

// FNV-1a over code points. Words are known by their hash alone: a collision in a table of some thousand words only
// covers a word that nothing covers.
uint64_t hash_word(std::u32string_view word) {
  uint64_t hash = 0xCBF29CE484222325ull;
  for (char32_t point : word) hash = (hash ^ point) * 0x100000001B3ull;
  return hash ^ hash >> 29;
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

// The hashes of everything in a target text that a translation may be, sorted: its words, or its short pieces.
std::vector<uint64_t> candidates(const terms::Folded& target, Language language) {
  std::vector<uint64_t> hashes;
  if (!terms::is_unspaced(language)) {
    for (const Piece& piece : pieces_of(target)) hashes.push_back(hash_word(piece.word));
  } else {
    const std::u32string_view points = target.points;
    for (size_t begin = 0; begin < points.size(); ++begin) {
      for (size_t size = 1; size <= kPieceMax && begin + size <= points.size(); ++size) {
        hashes.push_back(hash_word(points.substr(begin, size)));
      }
    }
  }
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

}  // namespace

struct LexicalTables::Table {
  struct Entry {
    uint64_t word = 0;
    uint32_t begin = 0, end = 0;  // of translations
  };
  std::vector<Entry> entries;  // sorted by word
  std::vector<uint64_t> translations;
  std::vector<bool> usual;           // of translations
  std::vector<uint64_t> vocabulary;  // the same without order, each once, sorted

  const Entry* find(std::u32string_view word) const {
    const uint64_t hash = hash_word(word);
    const auto found = std::lower_bound(entries.begin(), entries.end(), hash,
                                        [](const Entry& entry, uint64_t value) { return entry.word < value; });
    return found != entries.end() && found->word == hash ? &*found : nullptr;
  }
  bool has_any(const Entry& entry, const std::vector<uint64_t>& sorted) const {
    return std::any_of(translations.begin() + entry.begin, translations.begin() + entry.end, [&](uint64_t translation) {
      return std::binary_search(sorted.begin(), sorted.end(), translation);
    });
  }
};

struct LexicalTables::State {
  std::filesystem::path folder;
  std::mutex mutex;
  std::map<std::pair<Language, Language>, std::shared_ptr<const Table>> tables;

  std::shared_ptr<const Table> table(Language source, Language target);
};

namespace {

struct Translated {
  uint64_t word = 0, translation = 0;
  bool usual = false;
  auto operator<=>(const Translated&) const = default;
};

std::vector<Translated> read_pairs(const std::string& text, Language source, Language target) {
  std::vector<Translated> pairs;
  for (std::string_view rest = text; !rest.empty();) {
    const size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    const size_t first = line.find('\t');
    const size_t second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    if (line.starts_with('#') || second == std::string_view::npos) continue;
    const float probability = std::strtof(std::string(line.substr(second + 1)).c_str(), nullptr);
    if (probability < kProbabilityMin) continue;
    pairs.push_back({hash_word(terms::fold(line.substr(0, first), source).points),
                     hash_word(terms::fold(line.substr(first + 1, second - first - 1), target).points),
                     probability >= kUsual});
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace

std::shared_ptr<const LexicalTables::Table> LexicalTables::State::table(Language source, Language target) {
  const std::lock_guard lock(mutex);
  const auto [known, added] = tables.try_emplace({source, target});
  if (!added || folder.empty()) return known->second;
  const std::filesystem::path file = folder / fmt::format("{}-{}.tsv", source.view(), target.view());
  const Result<std::string> text = read_file(file, kTableBytesMax);
  if (!text || !check_utf8(*text, file.string())) return nullptr;
  auto table = std::make_shared<Table>();
  std::unordered_map<uint64_t, size_t> sources;  // how many words it translates
  const std::vector<Translated> pairs = read_pairs(*text, source, target);
  for (const Translated& pair : pairs) ++sources[pair.translation];
  for (const auto& [word, translation, usual] : pairs) {
    if (table->entries.empty() || table->entries.back().word != word) {
      const auto begin = static_cast<uint32_t>(table->translations.size());
      table->entries.push_back({word, begin, begin});
    }
    table->translations.push_back(translation);
    table->usual.push_back(usual && sources[translation] <= kSourcesMax);
    ++table->entries.back().end;
  }
  table->vocabulary = table->translations;
  std::sort(table->vocabulary.begin(), table->vocabulary.end());
  table->vocabulary.erase(std::unique(table->vocabulary.begin(), table->vocabulary.end()), table->vocabulary.end());
  known->second = std::move(table);
  return known->second;
}

LexicalTables::LexicalTables() : LexicalTables(std::filesystem::path()) {}

LexicalTables::LexicalTables(std::filesystem::path folder) : state_(std::make_shared<State>()) {
  state_->folder = std::move(folder);
}

std::optional<LexicalTables::Coverage> LexicalTables::coverage(const terms::Folded& source, Language source_language,
                                                               const terms::Folded& target,
                                                               Language target_language) const {
  const std::shared_ptr<const Table> table = state_->table(source_language, target_language);
  if (table == nullptr) return std::nullopt;
  const std::vector<uint64_t> words = candidates(target, target_language);
  Coverage coverage;
  int gap = 0;
  size_t gap_begin = 0;
  for (const Piece& piece : pieces_of(source)) {
    const Table::Entry* const entry = piece.word.size() < kWordMin ? nullptr : table->find(piece.word);
    if (entry == nullptr) continue;
    ++coverage.known;
    if (table->has_any(*entry, words)) {
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

bool LexicalTables::explains(const terms::Folded& source, Language source_language, Span except,
                             std::string_view written, Language target_language) const {
  const std::shared_ptr<const Table> table = state_->table(source_language, target_language);
  if (table == nullptr) return false;
  const terms::Folded piece = terms::fold(written, target_language);
  const std::vector<uint64_t> words = candidates(piece, target_language);
  for (const Piece& word : pieces_of(source)) {
    if (word.word.size() < kWordMin || source.span(word.begin, word.end).overlaps(except)) continue;
    const Table::Entry* const entry = table->find(word.word);
    if (entry != nullptr && table->has_any(*entry, words)) return true;
  }
  return false;
}

bool LexicalTables::renders(const terms::Folded& source, Language source_language, const std::function<bool(Span)>& of,
                            std::string_view written, Language target_language) const {
  const std::shared_ptr<const Table> table = state_->table(source_language, target_language);
  if (table == nullptr) return false;
  std::vector<uint64_t> translations;
  for (const Piece& word : pieces_of(source)) {
    if (!of(source.span(word.begin, word.end))) continue;
    const Table::Entry* const entry = table->find(word.word);
    if (entry == nullptr) continue;
    for (uint32_t i = entry->begin; i < entry->end; ++i) {
      if (table->usual[i]) translations.push_back(table->translations[i]);
    }
  }
  const auto is_translation = [&](std::u32string_view piece) {
    return std::find(translations.begin(), translations.end(), hash_word(piece)) != translations.end();
  };
  const terms::Folded folded = terms::fold(written, target_language);
  if (!terms::is_unspaced(target_language)) {
    // "than" alone is not "more than".
    const std::vector<Piece> words = pieces_of(folded);
    return !words.empty() &&
           std::all_of(words.begin(), words.end(), [&](const Piece& word) { return is_translation(word.word); });
  }
  const std::u32string_view points = folded.points;
  for (size_t begin = 0; begin < points.size(); ++begin) {
    for (size_t size = std::min<size_t>(2, points.size()); size <= kPieceMax && begin + size <= points.size(); ++size) {
      if (is_translation(points.substr(begin, size))) return true;
    }
  }
  return false;
}

std::vector<Span> LexicalTables::explained(const terms::Folded& source, Language source_language,
                                           const terms::Folded& target, Language target_language) const {
  std::vector<Span> spans;
  const std::shared_ptr<const Table> table = state_->table(source_language, target_language);
  if (table == nullptr) return spans;
  std::vector<uint64_t> translations;
  for (const Piece& word : pieces_of(source)) {
    const Table::Entry* const entry = word.word.size() < kWordMin ? nullptr : table->find(word.word);
    if (entry == nullptr) continue;
    translations.insert(translations.end(), table->translations.begin() + entry->begin,
                        table->translations.begin() + entry->end);
  }
  std::sort(translations.begin(), translations.end());
  const auto add = [&](std::u32string_view piece, size_t begin) {
    if (std::binary_search(translations.begin(), translations.end(), hash_word(piece))) {
      spans.push_back(target.span(begin, begin + piece.size()));
    }
  };
  if (!terms::is_unspaced(target_language)) {
    for (const Piece& word : pieces_of(target)) add(word.word, word.begin);
    return spans;
  }
  const std::u32string_view points = target.points;
  for (size_t begin = 0; begin < points.size(); ++begin) {
    for (size_t size = 2; size <= kPieceMax && begin + size <= points.size(); ++size) {
      add(points.substr(begin, size), begin);
    }
  }
  return spans;
}

std::vector<Span> LexicalTables::vocabulary(Language source_language, const terms::Folded& target,
                                            Language target_language) const {
  std::vector<Span> spans;
  const std::shared_ptr<const Table> table = state_->table(source_language, target_language);
  if (table == nullptr || terms::is_unspaced(target_language)) return spans;
  for (const Piece& word : pieces_of(target)) {
    if (std::binary_search(table->vocabulary.begin(), table->vocabulary.end(), hash_word(word.word))) {
      spans.push_back(target.span(word.begin, word.end));
    }
  }
  return spans;
}

}  // namespace kabar::checks
