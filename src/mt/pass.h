// One pass of sentences through one model: text in, hypotheses out, for several of its heads.
#pragma once
#include <span>
#include <stop_token>
#include <vector>

#include "mt/scheduler.h"
#include "mt/translator.h"

namespace kabar::mt {

// A head with the constraints of every sentence (empty = none).
struct PassTarget {
  int head = 0;
  std::vector<SentenceConstraints> constraints;
};

// Returns [target][sentence], each with up to `others` others. Errors as Translator::translate(); the place of a limit
// is the sentence's number from 1.
Result<std::vector<std::vector<Hypothesis>>> run_pass(Scheduler& scheduler, const PackedModel& model,
                                                      std::span<const Sentence> sentences,
                                                      std::span<const PassTarget> targets, const SearchOptions& options,
                                                      int others, std::stop_token stop);

// One line of the bare decoder.
struct DecodedHypothesis {
  std::string text;
  std::vector<float> log_probability;          // one per token, the end symbol included
  std::vector<std::pair<int, int>> alignment;  // (source token, target token), sorted, the end symbols included
  float path_score = 0;                        // sum of the log probabilities
  float score = 0;                             // normalised by the length
  bool cut = false;                            // by the length limit
};

// The bare decoder: no rules, the shortlist if a head has one. The lines are encoded once for all heads. A line's
// output begins with its prefix, if there is one for it. Returns [head][line][hypothesis], best first.
Result<std::vector<std::vector<std::vector<DecodedHypothesis>>>> decode_lines(
    Scheduler& scheduler, const PackedModel& model, std::span<const int> heads, std::span<const std::string> lines,
    std::span<const std::string> prefixes, const SearchOptions& options, std::stop_token stop);

}  // namespace kabar::mt
