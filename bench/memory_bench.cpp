// How long a fuzzy search takes in a memory of N made-up segments: memory_bench [N], one million by default.
// Words follow Zipf's law over 50,000; segments have 5 to 25; queries are segments with a tenth of their words changed.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "terms/memory.h"

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

class Words {
 public:
  Words() {
    double sum = 0;
    for (int rank = 1; rank <= 50'000; ++rank) sums_.push_back(sum += 1.0 / rank);
  }
  std::string next(std::mt19937& random) const {
    const double at = std::uniform_real_distribution<double>(0, sums_.back())(random);
    auto rank = std::lower_bound(sums_.begin(), sums_.end(), at) - sums_.begin();
    std::string word;
    for (++rank; rank > 0; rank /= 20) word += {"bcdfghjklmnpqrstvwxy"[rank % 20], "aiueo"[rank % 5]};
    return word;
  }

 private:
  std::vector<double> sums_;
};

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

int main(int count, char** values) {
  const int segments = count > 1 ? std::atoi(values[1]) : 1'000'000;
  std::mt19937 random(7);
  const Words words;
  kabar::terms::Memory memory(kabar::Language::id, kabar::Language::en);
  std::vector<std::vector<std::string>> queries;
  double start = cpu_seconds();
  for (int i = 0; i < segments; ++i) {
    std::vector<std::string> segment(5 + random() % 21);
    for (std::string& word : segment) word = words.next(random);
    if (i % (segments / 500 + 1) == 0) queries.push_back(segment);
    memory.add(
        {.source = join(segment), .target = "x", .before = "", .confirmed_by = "", .confirmed_on = "", .note = ""});
  }
  std::printf("%d segments added in %.1f s\n", segments, cpu_seconds() - start);
  std::vector<double> times;
  size_t found = 0;
  for (std::vector<std::string>& query : queries) {
    for (std::string& word : query) {
      if (random() % 10 == 0) word = words.next(random);
    }
    const std::string text = join(query);
    start = cpu_seconds();
    found += !memory.fuzzy(text).empty();
    times.push_back((cpu_seconds() - start) * 1e3);
  }
  std::sort(times.begin(), times.end());
  std::printf("%zu fuzzy queries, %zu with a match: median %.2f ms, 95 of 100 below %.2f ms, worst %.2f ms\n",
              times.size(), found, times[times.size() / 2], times[times.size() * 95 / 100], times.back());
  return 0;
}
