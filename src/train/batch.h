// A batch without padding: the sentences' pieces one after the other.
#pragma once
#include <cstddef>
#include <vector>

namespace kabar::train {

inline constexpr int kEndOfSentence = 0;  // id of </s> in every vocabulary

// Sentence i is ids[starts[i], starts[i + 1]), with its end of sentence.
struct Sentences {
  std::vector<int> ids;
  std::vector<int> starts = {0};

  int count() const { return static_cast<int>(starts.size()) - 1; }
  int tokens() const { return static_cast<int>(ids.size()); }
  int length(int sentence) const {
    return starts[static_cast<size_t>(sentence) + 1] - starts[static_cast<size_t>(sentence)];
  }
};

// The translations into one language of some of the batch's sources.
struct HeadBatch {
  std::vector<int> sources;  // per target sentence: index of its source sentence
  Sentences targets;
  // Guided alignment: target token i is linked to source positions link_keys[link_starts[i], link_starts[i + 1]),
  // counted within its source sentence.
  std::vector<int> link_starts = {0};
  std::vector<int> link_keys;
};

struct Batch {
  Sentences sources;
  std::vector<HeadBatch> heads;

  int target_tokens() const {
    int sum = 0;
    for (const HeadBatch& head : heads) sum += head.targets.tokens();
    return sum;
  }
};

// The words that one head's softmax runs over in one step: some of the vocabulary stand for all of it.
// Words of the batch and frequent words count once; the others are drawn evenly from the rest, and each counts for
// (words in the rest) / (words drawn), so the partition sum is estimated without bias.
struct Candidates {
  std::vector<int> ids;       // distinct
  std::vector<float> weight;  // how often each counts, >= 1
};

}  // namespace kabar::train
