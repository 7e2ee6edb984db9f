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
  std::map<std::string, int> openers;  // renderings that begin the target: capitals there say nothing
};

std::string with_small_initial(const std::string& text) {
  std::u32string points = decode_utf8(text);
  points[0] = static_cast<char32_t>(u_tolower(static_cast<UChar32>(points[0])));
  return encode_utf8(points);
}

// The openers counted as what they are inside sentences.
std::map<std::string, int> all_renderings(const WordCount& count) {
  std::map<std::string, int> all = count.renderings;
  for (const auto& [text, times] : count.openers) {
    const std::string small = with_small_initial(text);
    const bool capital = !count.renderings.contains(small) && count.renderings.contains(text);
    all[capital ? text : small] += times;
  }
  return all;
}

void count_record(const PackedRecord& record, const Vocabularies& vocabularies, size_t head,
                  std::map<std::string, WordCount>& words) {
  const bool spaced = kHeads[head] != Language::zh && kHeads[head] != Language::ja;
  const auto has_head = [&](const PackedTarget& target) { return target.head == head && !target.links.empty(); };
  if (std::none_of(record.targets.begin(), record.targets.end(), has_head)) return;
  const std::vector<std::string> source = texts_of(record.pieces, vocabularies.source());
  std::set<std::string> here;
  for (const WordRun& word : source_words(source)) here.insert(word.word);
  for (const std::string& word : here) ++words[word].sentences;
  for (const PackedTarget& target : record.targets) {
    if (!has_head(target)) continue;
    const std::vector<std::string> pieces = texts_of(target.pieces, vocabularies.target(static_cast<int>(head)));
    std::set<std::pair<std::string, std::string>> seen;
    for (const WordRun& run : word_runs(source, pieces, target.links, spaced)) {
      const std::vector<uint16_t> ids(target.pieces.begin() + run.begin, target.pieces.begin() + run.end);
      const std::string text = vocabularies.decode_target(static_cast<int>(head), ids);
      if (is_plain(text) && seen.emplace(run.word, text).second) {
        WordCount& count = words[run.word];
        ++(run.begin == 0 ? count.openers : count.renderings)[text];
      }
    }
  }
}

struct Share {
  std::string text;
  double share = 0;
};
using Shares = std::vector<Share>;

// Empty where the word is too frequent or too little is known of it.
Shares counted_shares(const WordCount& count, const BilingualLexiconOptions& options) {
  if (count.sentences > options.count_max) return {};
  Shares shares;
  for (const auto& [text, times] : all_renderings(count)) {
    const bool enough = times >= options.pair_count_min || count.sentences <= options.pair_count_min;
    // One more sentence that says something else: few are little evidence.
    const double share = static_cast<double>(times) / (count.sentences + 1);
    if (enough && share >= options.share_min) shares.push_back({text, share});
  }
  return shares;
}

// An entry's renderings share `whole`; each has a little less than the one before.
Shares written_shares(const std::vector<std::string>& renderings, double whole) {
  Shares shares;
  double sum = 0;
  for (const std::string& text : renderings) {
    const bool twice = std::any_of(shares.begin(), shares.end(), [&](const Share& one) { return one.text == text; });
    if (!is_plain(text) || twice) continue;
    shares.push_back({text, 1 / (1 + 0.35 * static_cast<double>(shares.size()))});
    sum += shares.back().share;
  }
  for (Share& one : shares) one.share *= whole / sum;
  return shares;
}

Shares mixed(const Shares& counted, const Shares& written, double written_part) {
  if (counted.empty()) return written;
  Shares all = counted;
  for (Share& one : all) one.share *= 1 - written_part;
  for (const Share& one : written) {
    const auto same = std::find_if(all.begin(), all.end(), [&](const Share& other) { return other.text == one.text; });
    if (same == all.end()) {
      all.push_back({one.text, written_part * one.share});
    } else {
      same->share += written_part * one.share;
    }
  }
  return all;
}

std::string rows_of(const std::string& word, Shares shares, int renderings_max) {
  std::stable_sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) { return a.share > b.share; });
  if (shares.size() > static_cast<size_t>(renderings_max)) shares.resize(static_cast<size_t>(renderings_max));
  std::string rows;
  for (const Share& one : shares) {
    if (one.share >= 0.01) rows += fmt::format("{}\t{}\t{:.2f}\n", word, one.text, std::min(0.99, one.share));
  }
  return rows;
}

std::string table_of(const std::vector<PackedRecord>& records, const Vocabularies& vocabularies, size_t head,
                     const std::vector<DictionaryEntry>& dictionary, const BilingualLexiconOptions& options) {
  std::map<std::string, WordCount> words;
  for (const PackedRecord& record : records) {
    if (kSources[record.source_language] == Language::id) count_record(record, vocabularies, head, words);
  }
  std::map<std::string, std::vector<std::string>> written;
  const auto language = std::find(kSixLanguages.begin(), kSixLanguages.end(), kHeads[head]);
  const auto column = static_cast<size_t>(language - kSixLanguages.begin());
  for (const DictionaryEntry& entry : dictionary) {
    std::vector<std::string>& texts = written[entry.term];
    texts.insert(texts.end(), entry.renderings[column].begin(), entry.renderings[column].end());
    words[entry.term];
  }
  std::vector<std::pair<int, std::string>> order;
  order.reserve(words.size());
  for (const auto& [word, count] : words) order.push_back({-count.sentences, word});
  std::stable_sort(order.begin(), order.end());
  std::string table = fmt::format(
      "# Words of id and how {} says them: made by `kabar data lexicon` from word alignments and the written "
      "dictionary. docs/formats/lexicon.md\n",
      kHeads[head].view());
  for (const auto& [negative, word] : order) {
    Shares shares = counted_shares(words[word], options);
    double known = 0;
    for (const Share& one : shares) known += one.share;
    const int sentences = -negative;
    const bool wanted =
        sentences <= options.dictionary_max || (sentences <= options.count_max && known < options.known_min);
    if (const auto found = written.find(word); found != written.end() && wanted) {
      shares = mixed(shares, written_shares(found->second, options.dictionary_share), options.dictionary_part);
    }
    table += rows_of(word, std::move(shares), options.renderings_max);
  }
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
                                     const std::vector<DictionaryEntry>& dictionary,
                                     const std::filesystem::path& folder, const BilingualLexiconOptions& options) {
  for (size_t head = 0; head < kHeads.size(); ++head) {
    KABAR_TRY(disk(false).write(folder / fmt::format("id-{}.tsv", kHeads[head].view()),
                                table_of(records, vocabularies, head, dictionary, options)));
  }
  return {};
}

}  // namespace kabar::train
