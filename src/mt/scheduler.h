// Runs sentences through one model: encodes each once, decodes it with each of several heads, all cores busy.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <vector>

#include "base/thread_pool.h"
#include "mt/packed_model.h"
#include "mt/search.h"

namespace kabar::mt {

// A sentence longer than this is refused.
inline constexpr int kSourceTokensMax = 1024;

// Work done since the start, for tests and measurements.
struct EngineCounters {
  std::atomic<uint64_t> encoded_tokens{0};
  std::atomic<uint64_t> decoded_tokens{0};  // rows of decoder steps that ended in a result
};

// A head and what its search needs to know of each sentence.
struct HeadJob {
  int head = 0;                           // of the model
  std::vector<SearchSentence> sentences;  // as the sources
};

// Thread-safe. Keeps the memory of its passes for the next.
class Scheduler {
 public:
  explicit Scheduler(int threads) : pool_(threads) {}

  // `sources`: token ids with the end symbol, none empty and none longer than kSourceTokensMax.
  // Returns [job][sentence][hypothesis]. Results do not depend on the number of threads nor on the company.
  // cancelled: `stop` was requested.
  Result<std::vector<std::vector<std::vector<SearchResult>>>> run(const PackedModel& model,
                                                                  std::span<const std::vector<int32_t>> sources,
                                                                  std::span<const HeadJob> jobs,
                                                                  const SearchOptions& options, std::stop_token stop);

  ThreadPool& pool() { return pool_; }
  const EngineCounters& counters() const { return counters_; }

 private:
  class Loan;  // of an arena
  std::unique_ptr<nn::Arena> borrow();
  void give_back(std::unique_ptr<nn::Arena> arena);

  ThreadPool pool_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<nn::Arena>> arenas_;
  EngineCounters counters_;
};

}  // namespace kabar::mt
