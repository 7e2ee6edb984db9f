// Measures the translation engine on this machine.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace kabar::app {

struct BenchOptions {
  int threads = 0;              // 0 = one per core
  int rounds = 3;               // each figure is the best of so many
  std::filesystem::path model;  // a package; empty = random weights in the starter's shape
  std::filesystem::path text;   // the article for `model`, one sentence a line
};

struct BenchRow {
  std::string name;
  double value = 0;
  std::string unit;
  std::string note;
};

// Runs everything, some seconds per round. One-core figures are CPU time, those of several cores are the clock's, for
// which the machine should have nothing else to do.
// Errors: those of loading the model and reading the text.
Result<std::vector<BenchRow>> bench_mt(const BenchOptions& options);

}  // namespace kabar::app
