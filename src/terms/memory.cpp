#include "terms/memory.h"

#include <algorithm>

#include "base/utf8.h"
#include "terms/fold.h"

namespace kabar::terms {
namespace {

constexpr uint32_t kNumberBit = 1u << 31;
constexpr uint32_t kUnknown = kNumberBit - 1;  // a word that no entry has
constexpr float kExactText = 0.99f;
constexpr float kNumberCost = 0.5f;

std::string key_of(std::string_view text, Language language) { return encode_utf8(fold(text, language).points); }

bool is_number(std::u32string_view word) { return is_digit_point(word[0]); }

// Words as the memory compares them: runs of letters and digits, single characters of unspaced scripts.
template <typename OnWord>
void each_word(std::u32string_view points, OnWord on_word) {
  for (size_t at = 0; at < points.size();) {
    if (!is_word_point(points[at])) {
      ++at;
      continue;
    }
    size_t end = at + 1;
    if (!is_unspaced_point(points[at])) {
      while (end < points.size() && is_word_point(points[end]) && !is_unspaced_point(points[end])) ++end;
    }
    on_word(points.substr(at, end - at));
    at = end;
  }
}

}  // namespace

Memory::Memory(Language source, Language target) : source_(source), target_(target), token_begin_(1, 0) {}

uint32_t Memory::id_of(std::u32string_view word) {
  const auto [entry, added] = words_.try_emplace(std::u32string(word), static_cast<uint32_t>(postings_.size()));
  if (added) postings_.emplace_back();
  return entry->second;
}

void Memory::add(MemoryEntry entry) {
  const std::string key = key_of(entry.source, source_);
  std::vector<uint32_t>& same = by_text_[key];
  for (uint32_t number : same) {
    if (entries_[number].before != entry.before) continue;
    entries_[number] = std::move(entry);
    return;
  }
  const uint32_t number = static_cast<uint32_t>(entries_.size());
  same.push_back(number);
  const std::u32string points = fold(entry.source, source_).points;
  entries_.push_back(std::move(entry));
  if (same.size() == 1) {
    each_word(points, [&](std::u32string_view word) {
      const uint32_t id = id_of(word);
      std::vector<uint32_t>& posting = postings_[id];
      if (posting.empty() || posting.back() != number) posting.push_back(number);
      tokens_.push_back(is_number(word) ? id | kNumberBit : id);
    });
  }
  lengths_.push_back(static_cast<uint16_t>(std::min<size_t>(tokens_.size() - token_begin_.back(), UINT16_MAX)));
  token_begin_.push_back(static_cast<uint32_t>(tokens_.size()));
}

Memory::Tokens Memory::tokens_of(std::string_view text, std::vector<uint32_t>* known) const {
  Tokens tokens;
  const std::u32string points = fold(text, source_).points;
  each_word(points, [&](std::u32string_view word) {
    const auto found = words_.find(std::u32string(word));
    const uint32_t id = found == words_.end() ? kUnknown : found->second;
    if (known != nullptr && id != kUnknown && std::find(known->begin(), known->end(), id) == known->end()) {
      known->push_back(id);
    }
    tokens.push_back(is_number(word) ? id | kNumberBit : id);
  });
  return tokens;
}

std::optional<MemoryMatch> Memory::exact(std::string_view text, std::string_view before) const {
  const auto found = by_text_.find(key_of(text, source_));
  if (found == by_text_.end()) return std::nullopt;
  const MemoryEntry* newest = nullptr;
  for (uint32_t number : found->second) {
    const MemoryEntry& entry = entries_[number];
    if (entry.source != text) continue;  // capitals and marks count for "the same"
    if (!before.empty() && entry.before == before) return MemoryMatch{&entry, 1.0f};
    if (newest == nullptr || entry.confirmed_on >= newest->confirmed_on) newest = &entry;
  }
  if (newest == nullptr) return std::nullopt;
  return MemoryMatch{newest, kExactText};
}

// Weighted edit distance over words, left early when it cannot reach `at_least`.
float Memory::similarity(const Tokens& query, size_t entry, float at_least) const {
  const uint32_t* words = tokens_.data() + token_begin_[entry];
  const size_t count = token_begin_[entry + 1] - token_begin_[entry];
  const float longest = static_cast<float>(std::max(query.size(), count));
  const float cost_max = (1 - at_least) * longest + 0.001f;
  thread_local std::vector<float> row;
  row.resize(count + 1);
  for (size_t j = 0; j <= count; ++j) row[j] = static_cast<float>(j);
  for (size_t i = 1; i <= query.size(); ++i) {
    float diagonal = row[0];
    row[0] = static_cast<float>(i);
    float least = row[0];
    for (size_t j = 1; j <= count; ++j) {
      const bool same = query[i - 1] == words[j - 1] && query[i - 1] != kUnknown;
      const bool numbers = (query[i - 1] & words[j - 1] & kNumberBit) != 0;
      const float swap = same ? 0.0f : numbers ? kNumberCost : 1.0f;
      const float above = row[j];
      row[j] = std::min({diagonal + swap, above + 1, row[j - 1] + 1});
      least = std::min(least, row[j]);
      diagonal = above;
    }
    if (least > cost_max) return 0;
  }
  return 1 - row[count] / longest;
}

std::vector<MemoryMatch> Memory::fuzzy(std::string_view text, const FuzzyOptions& options) const {
  std::vector<uint32_t> known;
  const Tokens query = tokens_of(text, &known);
  if (query.empty()) return {};
  const float least = std::clamp(options.similarity_min, 0.3f, 1.0f);
  const size_t size = query.size();
  // With similarity s, an entry has at least s * size and at most size / s words, and shares at least
  // s * (longer of the two) words with the query, numbers aside. So it holds one of the rarest
  // size - s * size + 1 words (the prefix filter of set similarity joins).
  const size_t words_min = static_cast<size_t>(least * static_cast<float>(size));
  const size_t words_max = static_cast<size_t>(static_cast<float>(size) / least) + 1;
  std::sort(known.begin(), known.end(),
            [&](uint32_t a, uint32_t b) { return postings_[a].size() < postings_[b].size(); });
  const auto numbers = static_cast<size_t>(
      std::count_if(query.begin(), query.end(), [](uint32_t token) { return (token & kNumberBit) != 0; }));
  const size_t edits_max = size - words_min;
  const size_t prefix = std::min(known.size(), edits_max + numbers + 1);

  // How many of the rare words an entry shares, by number; all zero between calls.
  thread_local std::vector<uint8_t> shared;
  if (shared.size() < entries_.size()) shared.resize(entries_.size());
  std::vector<uint32_t> candidates;
  constexpr size_t kPostingsMax = 400'000;  // bounds the time of a query that is made of common words only
  size_t visited = 0;
  for (size_t i = 0; i < prefix && visited < kPostingsMax; ++i) {
    const std::vector<uint32_t>& posting = postings_[known[i]];
    for (uint32_t number : posting) {
      if (lengths_[number] < words_min || lengths_[number] > words_max) continue;
      if (shared[number] == 0) candidates.push_back(number);
      if (shared[number] < UINT8_MAX) ++shared[number];
    }
    visited += posting.size();
  }

  // Candidates that share more of the rare words come first, so that the bound rises early.
  struct Ranked {
    uint32_t number;
    uint32_t shared;
  };
  std::vector<Ranked> ranked;
  for (uint32_t number : candidates) {
    ranked.push_back({number, shared[number]});
    shared[number] = 0;
  }
  constexpr size_t kComparedMax = 3000;
  const auto by_shared = [](const Ranked& a, const Ranked& b) {
    return a.shared != b.shared ? a.shared > b.shared : a.number < b.number;
  };
  if (ranked.size() > kComparedMax) {
    std::nth_element(ranked.begin(), ranked.begin() + kComparedMax, ranked.end(), by_shared);
    ranked.resize(kComparedMax);
  }
  std::sort(ranked.begin(), ranked.end(), by_shared);

  std::vector<MemoryMatch> matches;
  float bound = least;
  for (const Ranked& candidate : ranked) {
    float value = similarity(query, candidate.number, bound);
    if (value < bound) continue;
    const MemoryEntry& entry = entries_[candidate.number];
    if (value >= 1) value = entry.source == text ? kExactText : 0.98f;  // the same words in other capitals or marks
    const MemoryMatch match{&entry, value};
    matches.insert(
        std::upper_bound(matches.begin(), matches.end(), match,
                         [](const MemoryMatch& a, const MemoryMatch& b) { return a.similarity > b.similarity; }),
        match);
    if (static_cast<int>(matches.size()) > options.count_max) matches.pop_back();
    if (static_cast<int>(matches.size()) == options.count_max)
      bound = std::max(bound, std::min(matches.back().similarity, 0.97f));
  }
  return matches;
}

}  // namespace kabar::terms
