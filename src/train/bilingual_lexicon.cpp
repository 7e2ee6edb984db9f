#include "train/bilingual_lexicon.h"

#include <fmt/format.h>
#include <sentencepiece_processor.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/file.h"
#include "base/utf8.h"

namespace kabar::train {
namespace {

constexpr std::string_view kSpace = "\u2581";  // ▁
constexpr int kRunMax = 8;                     // pieces of a rendering; longer ones are faults of the alignment

bool begins_word(std::string_view piece) { return piece.starts_with(kSpace); }

bool is_latin(std::string_view piece) {
  return !piece.empty() && std::all_of(piece.begin(), piece.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

// Indonesian words with the pieces [begin, end) of each; figures, marks and placeholders are none.
std::vector<WordRun> source_words(std::span<const std::string> pieces) {
  std::vector<WordRun> words;
  for (size_t begin = 0; begin < pieces.size();) {
    std::string word = pieces[begin];
    if (begins_word(word)) word.erase(0, kSpace.size());
    size_t end = begin + 1;
    while (end < pieces.size() && is_latin(pieces[end])) word += pieces[end++];
    const bool plain = is_latin(word) && word.front() != '-' && word.back() != '-';
    if (plain) {
      for (char& c : word) c = static_cast<char>(c | 0x20);  // '-' stays '-'
      words.push_back({std::move(word), static_cast<int>(begin), static_cast<int>(end)});
    }
    begin = end;
  }
  return words;
}

// A rendering is words: no figures, marks or placeholders in it.
bool is_plain(std::string_view text) {
  const std::u32string points = decode_utf8(text);
  return !points.empty() && std::all_of(points.begin(), points.end(), [](char32_t c) {
    const auto point = static_cast<UChar32>(c);
    return u_isalpha(point) || c == U' ' || c == U'-' || c == U'\'' || c == U'’' ||
           u_charType(point) == U_NON_SPACING_MARK || u_charType(point) == U_MODIFIER_LETTER;
  });
}

std::vector<std::string> texts_of(const std::vector<uint16_t>& ids,
                                  const sentencepiece::SentencePieceProcessor& vocabulary) {
  std::vector<std::string> texts;
  texts.reserve(ids.size());
  for (const uint16_t id : ids) texts.push_back(vocabulary.IdToPiece(id));
  return texts;
}

struct WordCount {
  int sentences = 0;
  std::map<std::string, int> renderings;
};

void count_record(const PackedRecord& record, const Vocabularies& vocabularies, size_t head,
                  std::map<std::string, WordCount>& words) {
  const bool spaced = kHeads[head] != Language::zh && kHeads[head] != Language::ja;
  const std::vector<std::string> source = texts_of(record.pieces, vocabularies.source());
  std::set<std::string> here;
  for (const WordRun& word : source_words(source)) here.insert(word.word);
  for (const std::string& word : here) ++words[word].sentences;
  for (const PackedTarget& target : record.targets) {
    if (target.head != head || target.links.empty()) continue;
    const std::vector<std::string> pieces = texts_of(target.pieces, vocabularies.target(static_cast<int>(head)));
    std::set<std::pair<std::string, std::string>> seen;
    for (const WordRun& run : word_runs(source, pieces, target.links, spaced)) {
      const std::vector<uint16_t> ids(target.pieces.begin() + run.begin, target.pieces.begin() + run.end);
      const std::string text = vocabularies.decode_target(static_cast<int>(head), ids);
      if (is_plain(text) && seen.emplace(run.word, text).second) ++words[run.word].renderings[text];
    }
  }
}

std::string rows_of(const std::string& word, const WordCount& count, const BilingualLexiconOptions& options) {
  if (count.sentences > options.count_max) return {};
  std::vector<std::pair<int, std::string>> best;
  for (const auto& [text, times] : count.renderings) {
    const bool enough = times >= options.pair_count_min || count.sentences <= options.pair_count_min;
    if (enough && times >= options.share_min * count.sentences) best.push_back({-times, text});
  }
  std::sort(best.begin(), best.end());
  if (best.size() > static_cast<size_t>(options.renderings_max))
    best.resize(static_cast<size_t>(options.renderings_max));
  std::string rows;
  for (const auto& [times, text] : best) {
    const double share = std::min(0.99, static_cast<double>(-times) / count.sentences);
    rows += fmt::format("{}\t{}\t{:.2f}\n", word, text, share);
  }
  return rows;
}

std::string table_of(const std::vector<PackedRecord>& records, const Vocabularies& vocabularies, size_t head,
                     const BilingualLexiconOptions& options) {
  std::map<std::string, WordCount> words;
  for (const PackedRecord& record : records) {
    if (kSources[record.source_language] == Language::id) count_record(record, vocabularies, head, words);
  }
  std::vector<std::pair<int, const std::pair<const std::string, WordCount>*>> order;
  order.reserve(words.size());
  for (const auto& entry : words) order.push_back({-entry.second.sentences, &entry});
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string table = fmt::format(
      "# Words of id and how {} says them: made by `kabar data lexicon` from word alignments. "
      "docs/formats/lexicon.md\n",
      kHeads[head].view());
  for (const auto& [count, entry] : order) table += rows_of(entry->first, entry->second, options);
  return table;
}

}  // namespace

std::vector<WordRun> word_runs(std::span<const std::string> source_pieces, std::span<const std::string> target_pieces,
                               std::span<const PieceLink> links, bool spaced) {
  std::vector<WordRun> runs;
  for (const WordRun& word : source_words(source_pieces)) {
    const auto is_ours = [&](const PieceLink& link) { return link.source >= word.begin && link.source < word.end; };
    int begin = static_cast<int>(target_pieces.size()), end = 0;
    for (const PieceLink& link : links) {
      if (!is_ours(link)) continue;
      begin = std::min(begin, static_cast<int>(link.target));
      end = std::max(end, link.target + 1);
    }
    if (end <= begin || end - begin > kRunMax) continue;
    const bool shared = std::any_of(links.begin(), links.end(), [&](const PieceLink& link) {
      return link.target >= begin && link.target < end && !is_ours(link);
    });
    const auto at = [&](int i) -> const std::string& { return target_pieces[static_cast<size_t>(i)]; };
    // A mark may follow at once, another letter may not.
    const bool ends_inside = end < static_cast<int>(target_pieces.size()) && !begins_word(at(end)) && is_plain(at(end));
    if (shared || (spaced && (!begins_word(at(begin)) || ends_inside))) continue;
    runs.push_back({word.word, begin, end});
  }
  return runs;
}

Result<void> write_bilingual_lexicon(const std::vector<PackedRecord>& records, const Vocabularies& vocabularies,
                                     const std::filesystem::path& folder, const BilingualLexiconOptions& options) {
  for (size_t head = 0; head < kHeads.size(); ++head) {
    KABAR_TRY(disk(false).write(folder / fmt::format("id-{}.tsv", kHeads[head].view()),
                                table_of(records, vocabularies, head, options)));
  }
  return {};
}

}  // namespace kabar::train
