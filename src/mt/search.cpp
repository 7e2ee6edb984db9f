#include "mt/search.h"

#include <algorithm>
#include <cmath>

#include "mt/loops.h"
#include "mt/repeats.h"

namespace kabar::mt {
namespace {

constexpr float kImpossible = -1e30f;  // finite, so that sums of it are never NaN

// One token of one hypothesis; the hypotheses of a sentence form a tree.
struct Node {
  int parent = -1;
  int32_t token = 0;
  float log_probability = 0;
  int32_t aligned = 0;
  float aligned_probability = 0;
};

struct Live {
  int sentence = 0;
  int node = -1;
  int row = 0;        // of the latest step
  int32_t last = -1;  // what the decoder reads next: the latest token, also if it was taken off again
  float score = 0;    // sum of log probabilities
  std::vector<int32_t> tokens;
  std::vector<int32_t> sources;  // the source token that each was read from
  Tail tail;                     // of the tokens, where loops are cut
  RuleState rules;
  bool cut = false;
};

struct Choice {
  int live = 0;  // index among the sentence's live hypotheses
  int32_t token = 0;
  float log_probability = 0;
  float score = 0;
};

// The logits of one row over `ids`, or over the whole vocabulary where `ids` is empty.
struct Distribution {
  std::span<float> logits;
  std::span<const int32_t> ids;
  float log_sum = 0;
  int best = 0;

  int32_t id(size_t place) const { return ids.empty() ? static_cast<int32_t>(place) : ids[place]; }
  std::optional<size_t> place(int32_t token) const {
    if (ids.empty()) return static_cast<size_t>(token);
    const auto found = std::lower_bound(ids.begin(), ids.end(), token);
    if (found == ids.end() || *found != token) return std::nullopt;
    return static_cast<size_t>(found - ids.begin());
  }
  float log_probability(int32_t token) const {
    const std::optional<size_t> at = place(token);
    return at ? logits[*at] - log_sum : kImpossible;
  }
  // Leaves `part` of every probability.
  void scale(float part) { log_sum -= std::log(part); }
  void add(int32_t token, float probability) {
    if (const std::optional<size_t> at = place(token)) {
      logits[*at] = std::log(std::exp(logits[*at] - log_sum) + probability) + log_sum;
    }
  }
  void lower(int32_t token, float nats) {
    if (const std::optional<size_t> at = place(token)) logits[*at] -= nats;
  }
  void forbid(int32_t token) {
    if (const std::optional<size_t> at = place(token)) logits[*at] = kImpossible;
  }
};

class GroupSearch {
 public:
  GroupSearch(const SearchGroup& group, const SearchOptions& options, nn::Arena& arena)
      : group_(group),
        options_(options),
        arena_(arena),
        kernels_(group.head.kernels()),
        decoder_(group.head, group.states, group.starts, static_cast<int>(group.sentences.size()) * options.beam_size,
                 arena),
        nodes_(group.sentences.size()),
        found_(group.sentences.size()) {
    for (const SearchSentence& sentence : group.sentences)
      longest_list_ = std::max(longest_list_, sentence.candidates.size());
  }

  Result<std::vector<std::vector<SearchResult>>> run(std::stop_token stop) {
    for (size_t s = 0; s < group_.sentences.size(); ++s) {
      Live start;
      start.sentence = static_cast<int>(s);
      live_.push_back(std::move(start));
    }
    for (step_ = 0; !live_.empty(); ++step_) {
      if (stop.stop_requested()) return fail(ErrorKind::cancelled, "", "the translation was cancelled");
      step();
    }
    for (std::vector<SearchResult>& results : found_) {
      std::stable_sort(results.begin(), results.end(),
                       [](const SearchResult& a, const SearchResult& b) { return a.score > b.score; });
      if (results.size() > static_cast<size_t>(options_.beam_size))
        results.resize(static_cast<size_t>(options_.beam_size));
    }
    return std::move(found_);
  }

 private:
  const SearchSentence& sentence_of(const Live& live) const {
    return group_.sentences[static_cast<size_t>(live.sentence)];
  }

  void step() {
    rows_.clear();
    for (const Live& live : live_) rows_.push_back({live.sentence, live.last, live.row});
    decoder_.step(rows_);
    const bool whole = longest_list_ == 0;
    const nn::Rows all = whole ? decoder_.all_logits() : nn::Rows{};
    const std::span<float> list = arena_.take<float>(longest_list_);

    std::vector<Live> next;
    next.reserve(live_.size());
    for (size_t first = 0; first < live_.size();) {
      size_t last = first + 1;
      while (last < live_.size() && live_[last].sentence == live_[first].sentence) ++last;
      choices_.clear();
      const size_t width = step_ == 0 ? static_cast<size_t>(options_.beam_size) : last - first;
      for (size_t i = first; i < last; ++i) {
        const SearchSentence& sentence = sentence_of(live_[i]);
        Distribution distribution;
        if (whole) {
          distribution.logits = {all.row(static_cast<int>(i)), static_cast<size_t>(all.width)};
        } else {
          distribution.logits = list.first(sentence.candidates.size());
          distribution.ids = sentence.candidates;
          decoder_.logits(static_cast<int>(i), sentence.candidates, distribution.logits.data());
        }
        choose(live_[i], static_cast<int>(i), width, distribution);
      }
      keep_best(width, next);
      first = last;
    }
    live_ = std::move(next);
  }

  // Appends up to `width` continuations of one hypothesis to choices_.
  void choose(Live& live, int row, size_t width, Distribution& distribution) {
    const int count = static_cast<int>(distribution.logits.size());
    distribution.best = kernels_.arg_max(distribution.logits.data(), count);
    distribution.log_sum = kernels_.log_sum_exp(distribution.logits.data(), count,
                                                distribution.logits[static_cast<size_t>(distribution.best)]);
    const auto take = [&](int32_t token) {
      const float log_probability = distribution.log_probability(token);
      choices_.push_back({row, token, log_probability, live.score + log_probability});
    };
    const SearchSentence& sentence = sentence_of(live);
    if (sentence.empty) return take(group_.vocabulary.end());
    if (live.tokens.size() < sentence.prefix.size()) return take(sentence.prefix[live.tokens.size()]);

    distribution.forbid(group_.vocabulary.unknown());
    if (!sentence.hints.empty()) {
      const auto model = [&](int32_t token) { return std::exp(distribution.log_probability(token)); };
      distribution.scale(hint_gains(sentence.hints, live.tokens, decoder_.attention(row), model, gains_));
      for (const HintGain& gain : gains_) distribution.add(gain.token, gain.probability);
    }
    if (options_.cut_loops) {
      repeat_penalties(live.tokens, live.sources, decoder_.attention(row), penalties_);
      for (const TokenPenalty& penalty : penalties_) distribution.lower(penalty.token, penalty.nats);
    }
    if (sentence.rules) {
      const int32_t best = distribution.id(static_cast<size_t>(kernels_.arg_max(distribution.logits.data(), count)));
      if (best == group_.vocabulary.end() && !sentence.rules->all_met(live.rules)) end_early(live);
      const auto probability = [&](int32_t token) { return std::exp(distribution.log_probability(token)); };
      if (const auto token = sentence.rules->forced(live.rules, live.tokens, decoder_.attention(row), probability)) {
        return take(*token);
      }
      forbidden_.clear();
      sentence.rules->forbid(live.rules, forbidden_);
      for (const int32_t token : forbidden_) distribution.forbid(token);
    }
    for (size_t taken = 0; taken < width;) {
      const int best = kernels_.arg_max(distribution.logits.data(), count);
      const int32_t token = distribution.id(static_cast<size_t>(best));
      if (distribution.logits[static_cast<size_t>(best)] <= kImpossible) {
        if (taken == 0) take(way_out(live));
        break;
      }
      const bool wrong = (sentence.rules && sentence.rules->completes_forbidden(live.tokens, token)) ||
                         (options_.cut_loops && live.tail.doubled_by(group_.vocabulary.piece(token)));
      if (!wrong) {
        take(token);
        ++taken;
      }
      distribution.logits[static_cast<size_t>(best)] = kImpossible;
    }
  }

  // Every token would complete a forbidden text or say something again: what is missing, then the end.
  int32_t way_out(Live& live) {
    if (!sentence_of(live).rules || sentence_of(live).rules->all_met(live.rules)) return group_.vocabulary.end();
    end_early(live);
    return sentence_of(live).rules->continued(live.rules).value();
  }

  // The best `width` of choices_ become nodes; those that end are results, the others live on.
  void keep_best(size_t width, std::vector<Live>& next) {
    const size_t kept = std::min(width, choices_.size());
    std::partial_sort(choices_.begin(), choices_.begin() + static_cast<ptrdiff_t>(kept), choices_.end(),
                      [](const Choice& a, const Choice& b) { return a.score > b.score; });
    for (size_t i = 0; i < kept; ++i) {
      const Choice& choice = choices_[i];
      Live& parent = live_[static_cast<size_t>(choice.live)];
      const bool last_use = std::none_of(choices_.begin() + static_cast<ptrdiff_t>(i) + 1,
                                         choices_.begin() + static_cast<ptrdiff_t>(kept),
                                         [&](const Choice& other) { return other.live == choice.live; });
      Live child = last_use ? std::move(parent) : Live(parent);
      extend(child, choice);
      if (choice.token == group_.vocabulary.end()) {
        finish(child);
      } else if (!stop_or_cut(child)) {
        next.push_back(std::move(child));
      }
    }
  }

  void extend(Live& live, const Choice& choice) {
    const std::span<const float> attention = decoder_.attention(choice.live);
    const auto most = std::max_element(attention.begin(), attention.end());
    std::vector<Node>& nodes = nodes_[static_cast<size_t>(live.sentence)];
    nodes.push_back(
        {live.node, choice.token, choice.log_probability, static_cast<int32_t>(most - attention.begin()), *most});
    live.node = static_cast<int>(nodes.size()) - 1;
    live.score = choice.score;
    live.tokens.push_back(choice.token);
    live.sources.push_back(nodes.back().aligned);
    if (options_.cut_loops) live.tail.append(group_.vocabulary.piece(choice.token));
    if (const SearchSentence& sentence = sentence_of(live); sentence.rules)
      sentence.rules->advance(live.rules, live.tokens);
    live.row = choice.live;
    live.last = choice.token;
  }

  // Takes the last token off again.
  void drop_last(Live& live) {
    const Node& node = nodes_[static_cast<size_t>(live.sentence)][static_cast<size_t>(live.node)];
    live.score -= node.log_probability;
    live.node = node.parent;
    live.tokens.pop_back();
    live.sources.pop_back();
    live.tail = {};
    for (const int32_t token : live.tokens) live.tail.append(group_.vocabulary.piece(token));
  }

  // The length limit and the loop detector. True if the hypothesis was finished here.
  bool stop_or_cut(Live& live) {
    if (live.rules.finishing) return false;
    bool cut = false;
    if (options_.cut_loops) {
      for (int drop = loop_length(live.tokens, group_.vocabulary); drop > 0; --drop, cut = true) drop_last(live);
      if (cut && sentence_of(live).rules) sentence_of(live).rules->recount(live.rules, live.tokens);
    }
    const size_t sentence = static_cast<size_t>(live.sentence);
    const float length = static_cast<float>(group_.starts[sentence + 1] - group_.starts[sentence]);
    cut = cut || static_cast<float>(step_ + 1) >= options_.length_factor * length;
    if (!cut) return false;
    live.cut = true;
    const SearchSentence& task = sentence_of(live);
    if (!task.rules || task.rules->all_met(live.rules)) {
      finish(live);
      return true;
    }
    end_early(live);
    return false;
  }

  // The sentence is to end although something is missing: from now on only that, before the full stop.
  void end_early(Live& live) {
    if (!live.rules.finishing && sentence_of(live).rules->finish(live.rules, live.tokens)) drop_last(live);
  }

  void finish(const Live& live) {
    SearchResult result;
    const std::vector<Node>& nodes = nodes_[static_cast<size_t>(live.sentence)];
    for (int n = live.node; n >= 0; n = nodes[static_cast<size_t>(n)].parent) {
      const Node& node = nodes[static_cast<size_t>(n)];
      result.tokens.push_back(node.token);
      result.log_probability.push_back(node.log_probability);
      result.aligned.push_back(node.aligned);
      result.aligned_probability.push_back(node.aligned_probability);
    }
    std::reverse(result.tokens.begin(), result.tokens.end());
    std::reverse(result.log_probability.begin(), result.log_probability.end());
    std::reverse(result.aligned.begin(), result.aligned.end());
    std::reverse(result.aligned_probability.begin(), result.aligned_probability.end());
    result.path_score = live.score;
    if (sentence_of(live).empty) {
      result.log_probability.assign(result.tokens.size(), 0.0f);
    } else {
      const float length = static_cast<float>(std::max<size_t>(result.tokens.size(), 1));
      result.score = live.score / std::pow(length, options_.normalize);
    }
    result.cut = live.cut;
    result.late = live.rules.late;
    found_[static_cast<size_t>(live.sentence)].push_back(std::move(result));
  }

  const SearchGroup& group_;
  const SearchOptions& options_;
  nn::Arena& arena_;
  const kernels::Kernels& kernels_;
  nn::Decoder decoder_;
  size_t longest_list_ = 0;
  int step_ = 0;
  std::vector<Live> live_;
  std::vector<nn::DecoderRow> rows_;
  std::vector<Choice> choices_;
  std::vector<int32_t> forbidden_;
  std::vector<TokenPenalty> penalties_;
  std::vector<HintGain> gains_;
  std::vector<std::vector<Node>> nodes_;  // per sentence
  std::vector<std::vector<SearchResult>> found_;
};

}  // namespace

Result<std::vector<std::vector<SearchResult>>> search(const SearchGroup& group, const SearchOptions& options,
                                                      nn::Arena& arena, std::stop_token stop) {
  const nn::ArenaScope scope(arena);
  return GroupSearch(group, options, arena).run(stop);
}

}  // namespace kabar::mt
