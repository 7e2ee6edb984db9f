#include "train/masking.h"

#include <algorithm>

#include "mt/placeholder.h"

namespace kabar::train {
namespace {

struct Run {
  size_t begin, end;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

// Runs of digits that are a number by themselves.
std::vector<Run> plain_numbers(std::string_view text) {
  constexpr std::array<std::string_view, 24> kScales = {
      "ribu",  "juta",    "miliar",   "triliun", "thousand", "million", "billion", "trillion",
      "mille", "million", "milliard", "persen",  "percent",  "per",     "%",       "$",
      "万",    "億",      "亿",       "兆",      "千",       "年",      "月",      "日"};
  constexpr std::array<std::string_view, 5> kMore = {"ألف", "مليون", "مليار", "تريليون", "في المئة"};
  std::vector<Run> runs;
  for (size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    const char before = i == 0 ? ' ' : text[i - 1];
    const char after = end == text.size() ? ' ' : text[end];
    const std::string_view bad = ".,:/%-$#'";
    const bool sentence_end = (after == '.' || after == ',') && (end + 1 >= text.size() || text[end + 1] == ' ');
    std::string_view rest = text.substr(end);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    const auto starts = [&](std::string_view scale) { return rest.starts_with(scale); };
    if (bad.find(before) == std::string_view::npos && !is_letter(before) &&
        (sentence_end || (bad.find(after) == std::string_view::npos && !is_letter(after))) &&
        std::none_of(kScales.begin(), kScales.end(), starts) && std::none_of(kMore.begin(), kMore.end(), starts)) {
      runs.push_back({i, end});
    }
    i = end;
  }
  return runs;
}

}  // namespace

std::optional<Example> mask_facts(const Example& example) {
  Example masked = example;
  int count = 0;
  for (const Run& run : plain_numbers(example.source)) {
    const std::string number = example.source.substr(run.begin, run.end - run.begin);
    const auto only = [&](const std::string& text) -> std::optional<Run> {
      std::optional<Run> found;
      for (const Run& r : plain_numbers(text)) {
        if (text.compare(r.begin, r.end - r.begin, number) != 0) continue;
        if (found) return std::nullopt;
        found = r;
      }
      return found;
    };
    const std::optional<Run> place = only(masked.source);
    if (!place || count == mt::kPlaceholdersPerKind) continue;
    Example next = masked;
    const std::string placeholder = mt::to_string({'N', count});
    next.source.replace(place->begin, place->end - place->begin, placeholder);
    bool all = true;
    for (std::string& target : next.targets) {
      if (target.empty()) continue;
      const std::optional<Run> there = only(target);
      all = all && there;
      if (there) target.replace(there->begin, there->end - there->begin, placeholder);
    }
    if (!all) continue;
    masked = std::move(next);
    ++count;
  }
  if (count == 0) return std::nullopt;
  return masked;
}

}  // namespace kabar::train
