#include "train/lexicon.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "mt/shortlist.h"

namespace kabar::train {

std::vector<LinkedPair> linked_pairs(const std::vector<PackedRecord>& records, int head) {
  std::unordered_map<uint32_t, float> counts, source_counts, target_counts;
  for (const PackedRecord& record : records) {
    for (const PackedTarget& target : record.targets) {
      if (target.head != head) continue;
      for (const PieceLink& link : target.links) {
        const uint32_t source_id = record.pieces[link.source];
        const uint32_t target_id = target.pieces[link.target];
        counts[source_id << 16 | target_id] += 1;
        source_counts[source_id] += 1;
        target_counts[target_id] += 1;
      }
    }
  }
  std::vector<LinkedPair> pairs;
  for (const auto& [key, count] : counts) {
    if (count < 2) continue;
    pairs.push_back({static_cast<int>(key >> 16), static_cast<int>(key & 0xFFFF), count, source_counts[key >> 16],
                     target_counts[key & 0xFFFF]});
  }
  std::sort(pairs.begin(), pairs.end(), [](const LinkedPair& a, const LinkedPair& b) {
    return a.source != b.source ? a.source < b.source : a.target < b.target;
  });
  return pairs;
}

Result<std::string> shortlist_of(const std::vector<LinkedPair>& pairs, const mt::Vocabulary& source,
                                 const mt::Vocabulary& target, const ShortlistOptions& options) {
  std::string text;
  for (const LinkedPair& pair : pairs) {
    if (pair.source >= source.size() || pair.target >= target.size()) {
      return fail(ErrorKind::bad_input, "", "the packed data and the vocabularies do not belong together");
    }
    if (pair.count < options.least_share * pair.source_count) continue;
    fmt::format_to(std::back_inserter(text), "{} {} {:.6f}\n", target.piece(pair.target), source.piece(pair.source),
                   pair.count / pair.source_count);
  }
  KABAR_ASSIGN(const mt::Shortlist list,
               mt::Shortlist::parse_text(text, "shortlist", source, target, options.first, options.best));
  return list.serialize();
}

}  // namespace kabar::train
