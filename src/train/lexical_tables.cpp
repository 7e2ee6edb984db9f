#include "train/lexical_tables.h"

#include <fmt/format.h>
#include <sentencepiece_processor.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/file.h"
#include "base/utf8.h"

namespace kabar::train {
namespace {

constexpr std::string_view kSpace = "\u2581";  // ▁

bool is_letter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) || u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK;
}

bool is_hiragana(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &error) == USCRIPT_HIRAGANA;
}

// The word of each piece, folded; empty for marks, figures and placeholders. In spaced languages a word is what stands
// between spaces and marks; in Chinese and Japanese a piece is a word.
std::vector<std::string> words_of(const std::vector<uint16_t>& pieces,
                                  const sentencepiece::SentencePieceProcessor& vocabulary, bool spaced) {
  std::vector<std::string> words(pieces.size());
  size_t begin = 0;  // first piece of the current word
  std::string word;
  const auto finish = [&](size_t end) {
    const std::string folded = fold_case(word);
    for (size_t i = begin; i < end; ++i) words[i] = folded;
    word.clear();
    begin = end;
  };
  for (size_t i = 0; i < pieces.size(); ++i) {
    std::string piece = vocabulary.IdToPiece(pieces[i]);
    const bool starts = piece.starts_with(kSpace);
    if (starts) piece.erase(0, kSpace.size());
    const std::u32string points = decode_utf8(piece);
    const bool letters = !vocabulary.IsByte(pieces[i]) && std::all_of(points.begin(), points.end(), is_letter);
    if (starts || !letters || !spaced) finish(i);
    if (letters) {
      word += piece;
    } else {
      begin = i + 1;
    }
  }
  finish(pieces.size());
  return words;
}

// Grammatical pieces of Chinese and Japanese would be found in any sentence.
bool says_something(std::string_view word, Language language) {
  const std::u32string points = decode_utf8(word);
  if (language == Language::zh) return points.size() >= 2;
  if (language == Language::ja) return points.size() >= 2 && !std::all_of(points.begin(), points.end(), is_hiragana);
  return points.size() >= 2;
}

struct SourceWord {
  int count = 0;  // sentences
  std::unordered_map<std::string, int> targets;
};
using SourceWords = std::map<std::string, SourceWord>;

void count_links(const PackedRecord& record, const PackedTarget& target, const Vocabularies& vocabularies,
                 SourceWords& sources) {
  const Language language = kHeads[target.head];
  const bool spaced = language != Language::zh && language != Language::ja;
  const std::vector<std::string> source_words = words_of(record.pieces, vocabularies.source(), true);
  const std::vector<std::string> target_words = words_of(target.pieces, vocabularies.target(target.head), spaced);
  std::set<std::pair<std::string, std::string>> seen;
  for (const PieceLink& link : target.links) {
    const std::string& source = source_words[link.source];
    const std::string& word = target_words[link.target];
    if (source.size() < 3 || !says_something(word, language)) continue;
    if (seen.emplace(source, word).second) ++sources[source].targets[word];
  }
  for (const std::string& source : std::set<std::string>(source_words.begin(), source_words.end())) {
    if (source.size() >= 3) ++sources[source].count;
  }
}

std::string rows_of(const std::string& source, const SourceWord& counts, const LexicalTableOptions& options) {
  std::vector<std::pair<int, std::string>> best;
  for (const auto& [target, count] : counts.targets) {
    if (count >= options.count_min && count >= options.probability_min * counts.count) best.push_back({-count, target});
  }
  std::sort(best.begin(), best.end());
  if (best.size() > static_cast<size_t>(options.translations_max))
    best.resize(static_cast<size_t>(options.translations_max));
  int covered = 0;
  for (const auto& [count, target] : best) covered -= count;
  if (covered < options.covered_min * counts.count) return {};
  std::string rows;
  for (const auto& [count, target] : best) {
    rows += fmt::format("{}\t{}\t{:.2f}\n", source, target, static_cast<double>(-count) / counts.count);
  }
  return rows;
}

}  // namespace

std::string lexical_table(const std::vector<PackedRecord>& records, const Vocabularies& vocabularies, int head,
                          const LexicalTableOptions& options) {
  SourceWords sources;
  for (const PackedRecord& record : records) {
    if (kSources[record.source_language] != Language::id) continue;
    for (const PackedTarget& target : record.targets) {
      if (target.head == head) count_links(record, target, vocabularies, sources);
    }
  }
  std::vector<std::pair<int, const SourceWords::value_type*>> by_frequency;
  for (const auto& entry : sources) by_frequency.push_back({-entry.second.count, &entry});
  std::sort(by_frequency.begin(), by_frequency.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second->first < b.second->first;
  });
  std::string table = fmt::format(
      "# Words of id and how often each is translated by which words of {}: made by\n"
      "# kabar data lexical from word alignments. docs/formats/lexical.md\n",
      kHeads[static_cast<size_t>(head)].view());
  for (const auto& [count, entry] : by_frequency) {
    const std::string rows = rows_of(entry->first, entry->second, options);
    if (table.size() + rows.size() > options.bytes_max) break;
    table += rows;
  }
  return table;
}

Result<void> write_lexical_tables(const std::vector<PackedRecord>& records, const Vocabularies& vocabularies,
                                  const std::filesystem::path& folder, const LexicalTableOptions& options) {
  for (size_t head = 0; head < kHeads.size(); ++head) {
    const std::string table = lexical_table(records, vocabularies, static_cast<int>(head), options);
    KABAR_TRY(disk(false).write(folder / fmt::format("id-{}.tsv", kHeads[head].view()), table));
  }
  return {};
}

}  // namespace kabar::train
