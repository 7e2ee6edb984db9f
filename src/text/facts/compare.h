// Whether two sentences state the same facts.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "text/facts/fact.h"

namespace kabar::text {

// Indices into the two lists.
struct FactPair {
  int source = 0;
  int target = 0;
};

struct FactComparison {
  std::vector<FactPair> same;  // source fact and its counterpart
  std::vector<int> lost;       // of the source, without a counterpart
  std::vector<int> added;      // of the target, without a counterpart
  // Lost and added facts of one kind that stand where the other should be: 12 percent became 21 percent.
  std::vector<FactPair> changed;  // these are not in `lost` and `added`
  bool agree() const { return lost.empty() && added.empty() && changed.empty(); }
};

// By value and in any order. A good translation may write a range as two numbers, a date in two parts, drop or
// add the number one and small numbers in words ("kedua", "both", 两人), or repeat a fact: none of these counts as a
// difference. `target_language`: Arabic and Japanese often say two without a numeral (ساعتين, 両者).
FactComparison compare_facts(std::span<const Fact> source, std::span<const Fact> target, Language target_language = {});

}  // namespace kabar::text
