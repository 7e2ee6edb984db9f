// The translation memory: sentences that people confirmed, found again exactly or nearly.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/language.h"
#include "base/result.h"

namespace kabar::terms {

struct MemoryEntry {
  std::string source;
  std::string target;
  std::string before;        // the source sentence before it; empty if unknown
  std::string confirmed_by;  // who
  std::string confirmed_on;  // YYYY-MM-DD, empty if unknown
  std::string note;          // article, origin: free text
  auto operator<=>(const MemoryEntry&) const = default;
};

struct MemoryMatch {
  const MemoryEntry* entry = nullptr;  // lives as long as the memory is not changed
  // 1 = the same text and the same sentence before; 0.99 = the same text; below: 1 - edits / words, where a
  // replaced number counts half.
  float similarity = 0;
};

struct FuzzyOptions {
  float similarity_min = 0.7f;
  int count_max = 5;
};

// One pair of languages. Not thread-safe while add() runs; afterwards any number of threads may search.
class Memory {
 public:
  Memory(Language source, Language target);

  // A newer entry with the same source and context replaces the older one.
  void add(MemoryEntry entry);

  Language source() const { return source_; }
  Language target() const { return target_; }
  const std::vector<MemoryEntry>& entries() const { return entries_; }

  // The entry for this very text: the one with the same sentence before it if there is one, else the newest.
  std::optional<MemoryMatch> exact(std::string_view text, std::string_view before = {}) const;
  // The nearest entries, best first, exact ones included.
  std::vector<MemoryMatch> fuzzy(std::string_view text, const FuzzyOptions& options = {}) const;

 private:
  using Tokens = std::vector<uint32_t>;  // ids of words; the top bit marks a number

  Tokens tokens_of(std::string_view text, std::vector<uint32_t>* unknown = nullptr) const;
  uint32_t id_of(std::u32string_view word);
  float similarity(const Tokens& query, size_t entry, float at_least) const;

  Language source_;
  Language target_;
  std::vector<MemoryEntry> entries_;
  std::unordered_map<std::string, std::vector<uint32_t>> by_text_;  // folded source
  std::unordered_map<std::u32string, uint32_t> words_;
  std::vector<std::vector<uint32_t>> postings_;  // per word: entries that hold it, ascending
  std::vector<uint32_t> token_begin_;            // per entry, then the end
  std::vector<uint16_t> lengths_;                // words per entry: what most candidates fail at, kept close together
  std::vector<uint32_t> tokens_;                 // of all entries
};

// The target of a fuzzy match made right for `text` when the two sources differ in figures only: each figure that
// changed is replaced by the new one, written for the target language. Nothing if anything else differs or a figure
// cannot be placed for sure.
std::optional<std::string> repair_figures(const MemoryEntry& entry, std::string_view text, Language source,
                                          Language target);

}  // namespace kabar::terms
