// Greedy and beam search over a group of sentences with one decoder head.
#pragma once
#include <span>
#include <stop_token>
#include <vector>

#include "mt/hints.h"
#include "mt/rules.h"
#include "nn/decoder.h"

namespace kabar::mt {

struct SearchOptions {
  int beam_size = 1;           // 1 = greedy
  float normalize = 1.0f;      // score = path score / length^normalize
  float length_factor = 2.0f;  // a sentence ends after this times its source tokens, the end symbol counted
  bool cut_loops = false;      // also makes saying a word twice less likely (mt/repeats.h)
};

struct SearchSentence {
  std::vector<int32_t> candidates;  // ids that may come, ascending; empty = the whole vocabulary
  std::optional<SentenceRules> rules;
  std::vector<TokenHint> hints;
  std::vector<int32_t> prefix;  // tokens that the output begins with
  bool empty = false;           // the source is the end symbol alone: the output too
};

struct SearchResult {
  std::vector<int32_t> tokens;         // with the end symbol, unless the length limit came first
  std::vector<float> log_probability;  // one per token
  std::vector<int32_t> aligned;        // the source token that each was read from (arg max of the alignment head)
  std::vector<float> aligned_probability;
  float path_score = 0;  // sum of the log probabilities
  float score = 0;       // normalised; results are ordered by it
  bool cut = false;      // by the length limit or the loop detector
  bool late = false;     // something required had to be put at the end
};

// What a search works on; the memory is the caller's.
struct SearchGroup {
  const nn::PackedHead& head;
  const Vocabulary& vocabulary;
  nn::Rows states;  // the encoder's, sentence s in rows [starts[s], starts[s + 1])
  std::span<const int> starts;
  std::span<const SearchSentence> sentences;
};

// For each sentence its finished hypotheses, best first, at most beam_size of them. A sentence's results do not depend
// on the others of its group. Marian's search: every hypothesis that ends leaves the beam and is not replaced.
// cancelled: `stop` was requested.
Result<std::vector<std::vector<SearchResult>>> search(const SearchGroup& group, const SearchOptions& options,
                                                      nn::Arena& arena, std::stop_token stop);

}  // namespace kabar::mt
