// Pairs a second through the whole list of checks on one core, in processor time: checks_bench LANG FILE...
// FILE: source TAB translation, further columns are ignored. The first pass warms the tables and is not counted.
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "checks/check.h"

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace

int main(int count, char** values) {
  const auto language = count > 2 ? kabar::Language::parse(values[1]) : std::nullopt;
  if (!language) {
    std::fprintf(stderr, "usage: checks_bench LANG FILE...\n");
    return 2;
  }
  const auto knowledge = kabar::checks::Knowledge::load(KABAR_ROOT "/data");
  if (!knowledge) {
    std::fprintf(stderr, "%s\n", knowledge.error().text().c_str());
    return 1;
  }
  std::vector<kabar::checks::Pair> pairs;
  for (int i = 2; i < count; ++i) {
    std::ifstream file(values[i]);
    for (std::string line; std::getline(file, line);) {
      const size_t tab = line.find('\t');
      if (line.starts_with('#') || tab == std::string::npos) continue;
      kabar::checks::Pair& pair = pairs.emplace_back();
      pair.source = line.substr(0, tab);
      pair.target = line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1);
      pair.target_language = *language;
    }
  }
  if (pairs.empty()) return 1;
  size_t bytes = 0;
  for (const kabar::checks::Pair& pair : pairs) bytes += pair.source.size() + pair.target.size();
  constexpr int kPasses = 4;
  double start = 0;
  size_t findings = 0;
  for (int pass = 0; pass < kPasses; ++pass) {
    if (pass == 1) start = cpu_seconds();
    for (const kabar::checks::Pair& pair : pairs) {
      std::vector<kabar::Finding> found;
      kabar::checks::run_checks(pair, *knowledge, found);
      findings += found.size();
    }
  }
  const double seconds = (cpu_seconds() - start) / (kPasses - 1);
  std::printf("%zu pairs, %.0f bytes each: %.0f pairs/s, %.1f us each, %zu findings\n", pairs.size(),
              static_cast<double>(bytes) / static_cast<double>(pairs.size()),
              static_cast<double>(pairs.size()) / seconds, seconds / static_cast<double>(pairs.size()) * 1e6,
              findings / kPasses);
  return 0;
}
