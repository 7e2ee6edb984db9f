#include "life/inherit.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/utf8.h"
#include "life/words.h"

namespace kabar::life {
namespace {

// A changed sentence is looked for among this many neighbours of its place, so that long articles stay linear.
constexpr int kNeighbours = 100;
constexpr double kSimilarityMin = 0.5;

using store::StoredSegment;

// A headline and a paragraph of the same words are translated differently.
std::pair<bool, std::string> key_of(const Segment& segment) {
  return {segment.block_type == BlockType::headline, segment.text};
}

// Dice coefficient of the two multisets of words: 2 · common / (a + b).
double similarity(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  std::vector<std::string> common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
  return 2.0 * static_cast<double>(common.size()) / static_cast<double>(a.size() + b.size());
}

std::vector<std::string> sorted_words(const std::string& text) {
  std::vector<std::string> words = words_of(fold_case(text));
  std::sort(words.begin(), words.end());
  return words;
}

struct Candidate {
  double similarity;
  size_t current;   // index into the new segments
  size_t previous;  // index into the old ones
};

// The best pairs first; of equal ones those in order.
std::vector<Candidate> candidates(std::span<const StoredSegment> previous, const std::vector<bool>& taken,
                                  const std::vector<StoredSegment>& current) {
  std::vector<std::pair<size_t, std::vector<std::string>>> free;
  for (size_t i = 0; i < previous.size(); ++i) {
    if (!taken[i]) free.emplace_back(i, sorted_words(previous[i].segment.text));
  }
  std::vector<Candidate> found;
  size_t rank = 0;  // among the new sentences without an id
  for (size_t i = 0; i < current.size(); ++i) {
    if (!current[i].segment.id.empty()) continue;
    const std::vector<std::string> words = sorted_words(current[i].segment.text);
    const size_t begin = rank > kNeighbours ? rank - kNeighbours : 0;
    for (size_t j = begin; j < std::min(free.size(), rank + kNeighbours); ++j) {
      const bool same_headline = (current[i].segment.block_type == BlockType::headline) ==
                                 (previous[free[j].first].segment.block_type == BlockType::headline);
      // A headline's predecessor is the headline, however much of it was rewritten.
      const double value = same_headline && current[i].segment.block_type == BlockType::headline
                               ? 1.0
                               : similarity(words, free[j].second);
      if (same_headline && value >= kSimilarityMin) found.push_back({value, i, free[j].first});
    }
    ++rank;
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Candidate& a, const Candidate& b) { return a.similarity > b.similarity; });
  return found;
}

}  // namespace

Inherited inherit_ids(std::span<const StoredSegment> previous, std::vector<Segment> current, int segments_made) {
  std::map<std::pair<bool, std::string>, std::deque<size_t>> by_text;
  for (size_t i = 0; i < previous.size(); ++i) by_text[key_of(previous[i].segment)].push_back(i);

  Inherited result{.segments_made = segments_made};
  std::vector<bool> taken(previous.size(), false);
  for (Segment& segment : current) {
    segment.id.clear();
    const auto same = by_text.find(key_of(segment));
    if (same != by_text.end() && !same->second.empty()) {
      const size_t index = same->second.front();
      same->second.pop_front();
      taken[index] = true;
      segment.id = previous[index].segment.id;
    }
    result.segments.push_back({std::move(segment), ""});
  }

  for (const Candidate& candidate : candidates(previous, taken, result.segments)) {
    StoredSegment& heir = result.segments[candidate.current];
    if (taken[candidate.previous] || !heir.predecessor.empty()) continue;
    taken[candidate.previous] = true;
    heir.predecessor = previous[candidate.previous].segment.id;
  }
  for (StoredSegment& segment : result.segments) {
    if (segment.segment.id.empty()) segment.segment.id = fmt::format("s{}", ++result.segments_made);
  }
  for (size_t i = 0; i < previous.size(); ++i) {
    if (!taken[i]) result.removed.push_back(previous[i].segment.id);
  }
  return result;
}

}  // namespace kabar::life
