#include "mt/scheduler.h"

#include <algorithm>
#include <numeric>

namespace kabar::mt {
namespace {

// Sentences that are encoded and decoded before the next ones are looked at: bounds the memory of a long text.
constexpr size_t kWaveTokensMax = 16384;
// Tokens that one worker encodes at a time: enough rows for the matrix products, small enough for the caches.
constexpr int kEncodeTokens = 256;
// Hypotheses that one worker decodes at a time.
constexpr int kDecodeRows = 48;

// Sentences [first, last) of the order by length.
struct Range {
  int first = 0;
  int last = 0;
};

// A wave: sentences in order, and where the tokens of each begin.
struct Wave {
  std::vector<int> order;  // indices of the sources, longest first
  std::vector<int32_t> tokens;
  std::vector<int> starts;
};

Wave make_wave(std::span<const std::vector<int32_t>> sources, std::span<const int> order) {
  Wave wave{{order.begin(), order.end()}, {}, {0}};
  for (const int i : order) {
    const std::vector<int32_t>& source = sources[static_cast<size_t>(i)];
    wave.tokens.insert(wave.tokens.end(), source.begin(), source.end());
    wave.starts.push_back(static_cast<int>(wave.tokens.size()));
  }
  return wave;
}

// A head's share of a wave.
struct Part {
  size_t job = 0;
  Range range;
};

// Cuts the wave into runs of about equal token counts.
std::vector<Range> cut_by_tokens(const Wave& wave, int parts) {
  std::vector<Range> ranges;
  const int count = static_cast<int>(wave.order.size());
  const int total = wave.starts.back();
  for (int first = 0; first < count;) {
    const int goal = static_cast<int>(static_cast<int64_t>(total) * (static_cast<int64_t>(ranges.size()) + 1) / parts);
    int last = first + 1;
    while (last < count && wave.starts[static_cast<size_t>(last)] < goal) ++last;
    ranges.push_back({first, last});
    first = last;
  }
  return ranges;
}

int parts_for(int amount, int each, int threads) {
  const int parts = std::max(1, (amount + each - 1) / each);
  return (parts + threads - 1) / threads * threads;
}

// Head by head, each cut into parts for all workers: they then read the same weights at the same time, and the keys and
// values of less than a whole article, which the third cache holds.
std::vector<Part> decode_parts(const Wave& wave, size_t jobs, int rows, int threads) {
  const std::vector<Range> ranges = cut_by_tokens(wave, parts_for(rows, kDecodeRows, threads));
  std::vector<Part> parts;
  for (size_t job = 0; job < jobs; ++job) {
    for (const Range& range : ranges) parts.push_back({job, range});
  }
  return parts;
}

}  // namespace

// An arena for one part of the work.
class Scheduler::Loan {
 public:
  explicit Loan(Scheduler& scheduler) : scheduler_(scheduler), arena_(scheduler.borrow()) {}
  ~Loan() { scheduler_.give_back(std::move(arena_)); }
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;
  nn::Arena& arena() { return *arena_; }

 private:
  Scheduler& scheduler_;
  std::unique_ptr<nn::Arena> arena_;
};

std::unique_ptr<nn::Arena> Scheduler::borrow() {
  const std::lock_guard lock(mutex_);
  if (arenas_.empty()) return std::make_unique<nn::Arena>();
  std::unique_ptr<nn::Arena> arena = std::move(arenas_.back());
  arenas_.pop_back();
  return arena;
}

void Scheduler::give_back(std::unique_ptr<nn::Arena> arena) {
  arena->clear();
  const std::lock_guard lock(mutex_);
  arenas_.push_back(std::move(arena));
}

Result<std::vector<std::vector<std::vector<SearchResult>>>> Scheduler::run(
    const PackedModel& model, std::span<const std::vector<int32_t>> sources, std::span<const HeadJob> jobs,
    const SearchOptions& options, std::stop_token stop) {
  std::vector<std::vector<std::vector<SearchResult>>> results(jobs.size());
  for (auto& of_job : results) of_job.resize(sources.size());

  // Longest first: neighbours have like lengths, and the last parts of the work are the small ones.
  std::vector<int> order(sources.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    return sources[static_cast<size_t>(a)].size() > sources[static_cast<size_t>(b)].size();
  });

  for (size_t first = 0; first < order.size();) {
    size_t last = first;
    size_t tokens = 0;
    do {
      tokens += sources[static_cast<size_t>(order[last++])].size();
    } while (last < order.size() && tokens + sources[static_cast<size_t>(order[last])].size() <= kWaveTokensMax);
    const Wave wave = make_wave(sources, std::span<const int>(order).subspan(first, last - first));
    first = last;

    Loan memory(*this);
    const nn::Rows states = nn::take_rows(memory.arena(), wave.starts.back(), model.encoder->width());
    const std::vector<Range> encodings =
        cut_by_tokens(wave, parts_for(wave.starts.back(), kEncodeTokens, pool_.threads()));
    pool_.run(static_cast<int>(encodings.size()), [&](int part) {
      if (stop.stop_requested()) return;
      const Range range = encodings[static_cast<size_t>(part)];
      const int begin = wave.starts[static_cast<size_t>(range.first)];
      const int end = wave.starts[static_cast<size_t>(range.last)];
      std::vector<int> starts;
      for (int s = range.first; s <= range.last; ++s) starts.push_back(wave.starts[static_cast<size_t>(s)] - begin);
      const std::span<const int32_t> ids =
          std::span(wave.tokens).subspan(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
      Loan loan(*this);
      model.encoder->encode({ids, starts}, loan.arena(), states.part(begin, end - begin));
      counters_.encoded_tokens += static_cast<uint64_t>(end - begin);
    });

    // Every head decodes every run of sentences.
    const int rows = static_cast<int>(wave.order.size()) * options.beam_size;
    const std::vector<Part> parts = decode_parts(wave, jobs.size(), rows, pool_.threads());
    pool_.run(static_cast<int>(parts.size()), [&](int part) {
      const auto [j, range] = parts[static_cast<size_t>(part)];
      const int begin = wave.starts[static_cast<size_t>(range.first)];
      const int end = wave.starts[static_cast<size_t>(range.last)];
      std::vector<int> starts;
      std::vector<SearchSentence> sentences;
      for (int s = range.first; s < range.last; ++s) {
        starts.push_back(wave.starts[static_cast<size_t>(s)] - begin);
        sentences.push_back(jobs[j].sentences[static_cast<size_t>(wave.order[static_cast<size_t>(s)])]);
      }
      starts.push_back(end - begin);
      const size_t head = static_cast<size_t>(jobs[j].head);
      Loan loan(*this);
      const SearchGroup group{model.ready_head(jobs[j].head).packed, model.model->heads[head].vocabulary,
                              states.part(begin, end - begin), starts, sentences};
      auto found = search(group, options, loan.arena(), stop);
      if (!found) return;  // cancelled, which is said below
      for (size_t s = 0; s < found->size(); ++s) {
        for (const SearchResult& result : (*found)[s]) counters_.decoded_tokens += result.tokens.size();
        results[j][static_cast<size_t>(wave.order[static_cast<size_t>(range.first) + s])] = std::move((*found)[s]);
      }
    });
    if (stop.stop_requested()) return fail(ErrorKind::cancelled, "", "the translation was cancelled");
  }
  return results;
}

}  // namespace kabar::mt
