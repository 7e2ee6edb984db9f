#include "train/selection.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <unordered_set>

#include "base/utf8.h"
#include "train/likeness.h"

namespace kabar::train {
namespace {

double kept_share(const GroupRule& group, int source_language) {
  return kSources[static_cast<size_t>(source_language)] == Language::id ? group.keep : group.keep_english;
}

bool is_cut_down(const std::vector<GroupRule>& groups, const Example& example) {
  return kept_share(groups[example.group], example.source_language) < 1;
}

}  // namespace

size_t near_duplicate_key(std::string_view text) {
  constexpr size_t kLetters = 4;
  std::set<std::u32string> words;
  std::u32string word;
  for (const char32_t c : decode_utf8(fold_case(text)) + U' ') {
    if (u_isalpha(static_cast<UChar32>(c))) {
      word += c;
    } else {
      if (word.size() >= kLetters) words.insert(word);
      word.clear();
    }
  }
  constexpr size_t kWordsMin = 3;  // fewer words do not tell a sentence from another
  if (words.size() < kWordsMin) return std::hash<std::string>()(text_key(text));
  size_t key = words.size();
  for (const std::u32string& w : words) key = key * 1'000'003 ^ std::hash<std::u32string>()(w);
  return key;
}

int drop_near_duplicates(std::vector<Example>& examples, const std::vector<GroupRule>& groups) {
  std::unordered_set<size_t> seen;
  const size_t dropped = std::erase_if(examples, [&](const Example& example) {
    if (!is_cut_down(groups, example)) return false;
    return !seen.insert(near_duplicate_key(example.source) * 2 + example.source_language).second;
  });
  return static_cast<int>(dropped);
}

int keep_most_like_domain(std::vector<Example>& examples, const std::vector<GroupRule>& groups,
                          const Vocabularies& vocabularies) {
  constexpr size_t kGeneralStep = 8;  // every eighth example of the other groups makes the general model
  std::vector<BigramModel> domain(kSources.size(), BigramModel(vocabularies.source_size()));
  std::vector<BigramModel> general(kSources.size(), BigramModel(vocabularies.source_size()));
  for (size_t i = 0; i < examples.size(); ++i) {
    const Example& example = examples[i];
    if (groups[example.group].domain) {
      domain[example.source_language].add(vocabularies.encode_source(example.source));
    } else if (i % kGeneralStep == 0) {
      general[example.source_language].add(vocabularies.encode_source(example.source));
    }
  }
  std::vector<double> scores(examples.size(), 0);
  std::map<std::pair<int, int>, std::vector<double>> by_part;  // group and source language
  for (size_t i = 0; i < examples.size(); ++i) {
    const Example& example = examples[i];
    if (!is_cut_down(groups, example)) continue;
    scores[i] = likeness(domain[example.source_language], general[example.source_language],
                         vocabularies.encode_source(example.source));
    by_part[{example.group, example.source_language}].push_back(scores[i]);
  }
  std::map<std::pair<int, int>, double> least;
  for (auto& [part, all] : by_part) {
    const double share = kept_share(groups[static_cast<size_t>(part.first)], part.second);
    const auto cut = static_cast<std::ptrdiff_t>((1 - share) * static_cast<double>(all.size() - 1));
    std::nth_element(all.begin(), all.begin() + cut, all.end());
    least[part] = share > 0 ? all[static_cast<size_t>(cut)] : HUGE_VAL;
  }
  size_t kept = 0;
  for (size_t i = 0; i < examples.size(); ++i) {
    const Example& example = examples[i];
    if (is_cut_down(groups, example) && scores[i] < least[{example.group, example.source_language}]) continue;
    if (kept != i) examples[kept] = std::move(examples[i]);
    ++kept;
  }
  const size_t dropped = examples.size() - kept;
  examples.resize(kept);
  return static_cast<int>(dropped);
}

}  // namespace kabar::train
