#include "text/facts/lexicon.h"

#include <algorithm>
#include <array>

#include "text/facts/currency.h"

namespace kabar::text {
namespace {

constexpr size_t kBuckets = 1024;

size_t bucket_of(char32_t first, char32_t second) { return (first * 31 ^ second * 7 ^ first >> 8) % kBuckets; }

constexpr size_t kBeginnings = 1 << 16;
constexpr int kBeginningPoints = 3;

size_t hash_beginning(char32_t a, char32_t b, char32_t c) {
  return (a * 0x9E3779B1u ^ b * 0x85EBCA6Bu ^ c * 0xC2B2AE35u) >> 16 & (kBeginnings - 1);
}

bool same_point(char32_t text, char32_t form) { return text == form || (form == U' ' && text == kHardSpace); }

// Lengths of the prefixes that Arabic writes joined to a word ("و", "ب", "ل" and the article), longest last.
int arabic_prefixes(const FoldedText& text, int at, std::array<int, 4>& offsets) {
  int count = 0;
  int i = at;
  if (text.at(i) == U'و' || text.at(i) == U'ف') offsets[static_cast<size_t>(count++)] = ++i - at;
  if (text.at(i) == U'ب' || text.at(i) == U'ل' || text.at(i) == U'ك') offsets[static_cast<size_t>(count++)] = ++i - at;
  if (text.at(i) == U'ا' && text.at(i + 1) == U'ل') {
    offsets[static_cast<size_t>(count++)] = (i += 2) - at;
  } else if (i > at && text.at(i - 1) == U'ل' && text.at(i) == U'ل') {
    offsets[static_cast<size_t>(count++)] = ++i - at;  // "لل": the article after ل loses its alef
  }
  return count;
}

}  // namespace

Lexicon::Lexicon(Language language, std::span<const std::span<const Words>> lists)
    : language_(language), buckets_(kBuckets), beginnings_(kBeginnings) {
  for (std::span<const Words> list : lists) {
    for (const Words& words : list) {
      for (size_t begin = 0; begin <= words.forms.size();) {
        const size_t end = std::min(words.forms.find('|', begin), words.forms.size());
        Entry entry{fold_text(words.forms.substr(begin, end - begin)).points, words.sense, words.value, words.code};
        if (!entry.form.empty()) {
          std::u32string start = entry.form.substr(0, kBeginningPoints);
          start.resize(kBeginningPoints, U'\0');
          beginnings_[hash_beginning(start[0], start[1], start[2])] = true;
          Bucket& bucket = buckets_[bucket_of(start[0], start[1])];
          bucket.senses |= senses(entry.sense);
          bucket.entries.push_back(std::move(entry));
        }
        begin = end + 1;
      }
    }
  }
  for (Bucket& bucket : buckets_) {
    std::stable_sort(bucket.entries.begin(), bucket.entries.end(),
                     [](const Entry& a, const Entry& b) { return a.form.size() > b.form.size(); });
  }
}

bool Lexicon::may_match(const FoldedText& text, int at) const {
  const auto begins = [&](int i) {
    const char32_t a = text.at(i);
    const char32_t b = text.at(i + 1);
    const char32_t c = text.at(i + 2);
    return beginnings_[hash_beginning(a, b, c)] || beginnings_[hash_beginning(a, b, 0)] ||
           beginnings_[hash_beginning(a, 0, 0)];
  };
  if (begins(at)) return true;
  if (language_ != Language::ar) return false;
  std::array<int, 4> offsets{};
  const int count = arabic_prefixes(text, at, offsets);
  return std::any_of(offsets.begin(), offsets.begin() + count, [&](int offset) { return begins(at + offset); });
}

void Lexicon::match_bucket(const Bucket& bucket, const FoldedText& text, int at, Senses wanted, WordMatch& best) {
  if ((bucket.senses & wanted) == 0) return;
  for (const Entry& entry : bucket.entries) {
    if ((senses(entry.sense) & wanted) == 0) continue;
    const int size = static_cast<int>(entry.form.size());
    int i = 0;
    while (i < size && same_point(text.at(at + i), entry.form[static_cast<size_t>(i)])) ++i;
    if (i < size || !is_border(entry.form.back(), text.at(at + size))) continue;
    best = {&entry, at, at + size};
    return;
  }
}

WordMatch Lexicon::match_here(const FoldedText& text, int at, Senses wanted) const {
  const char32_t first = text.at(at);
  const char32_t second = text.at(at + 1);
  WordMatch best;
  match_bucket(buckets_[bucket_of(first, second == kHardSpace ? U' ' : second)], text, at, wanted, best);
  if (!best) match_bucket(buckets_[bucket_of(first, U'\0')], text, at, wanted, best);
  return best;
}

WordMatch Lexicon::match(const FoldedText& text, int at, Senses wanted) const {
  if (const WordMatch found = match_here(text, at, wanted)) return found;
  if (language_ != Language::ar) return {};
  std::array<int, 4> offsets{};
  const int count = arabic_prefixes(text, at, offsets);
  for (int i = 0; i < count; ++i) {
    if (const WordMatch found = match_here(text, at + offsets[static_cast<size_t>(i)], wanted)) return found;
  }
  return {};
}

const Lexicon& lexicon_of(Language language) {
  const auto build = [](Language of, std::span<const Words> own) {
    const std::vector<Words> currencies = currency_words(of);
    const std::array<std::span<const Words>, 3> lists = {own, common_words(), currencies};
    return Lexicon(of, lists);
  };
  static const std::array<Lexicon, 7> kLexicons = {
      build(Language::id, indonesian_words()),
      build(Language::en, english_words()),
      build(Language::fr, french_words()),
      build(Language::ar, arabic_words()),
      build(Language::zh, chinese_words()),
      build(Language::ja, japanese_words()),
      build(Language(), {}),
  };
  for (const Lexicon& lexicon : kLexicons) {
    if (lexicon.language() == language) return lexicon;
  }
  return kLexicons.back();
}

}  // namespace kabar::text
