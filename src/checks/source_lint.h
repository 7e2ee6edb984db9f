// What is wrong in the Indonesian text itself, shown to the reporter before translation and never changed silently.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "article/article.h"
#include "article/version.h"

namespace kabar::checks {

struct LintFinding {
  std::string segment_id;
  Finding finding;  // check ids begin with "lint-"; spans are of the source
};

// A weekday that does not fit its date, parts that do not add up to the stated sum, percentages over 100, a headline
// that counts otherwise than the text, spellings that machines misread ("disitat"), unbalanced quotation marks.
// `segments` are Indonesian; `year` completes dates such as "(6/8)"; 0 = unknown.
std::vector<LintFinding> lint_source(std::span<const Segment> segments, int year,
                                     Language editor_language = Language::id);

}  // namespace kabar::checks
