#include "mt/pivot.h"

#include <algorithm>

namespace kabar::mt {

Span carry_over(const Alignment& alignment, Span source) {
  Span english;
  for (const AlignmentLink& link : alignment) {
    if (!link.source.overlaps(source)) continue;
    if (english.empty()) {
      english = link.target;
    } else {
      english = {std::min(english.begin, link.target.begin), std::max(english.end, link.target.end)};
    }
  }
  return english;
}

SentenceConstraints carry_over(const Alignment& alignment, const SentenceConstraints& constraints) {
  SentenceConstraints carried = constraints;
  carried.hints.clear();  // they are said of words of the other language
  for (Constraint& constraint : carried.required)
    constraint.source_span = carry_over(alignment, constraint.source_span);
  return carried;
}

Hypothesis join(const Hypothesis& english, Hypothesis second) {
  Alignment joined;
  for (const AlignmentLink& outer : second.alignment) {
    const AlignmentLink* best = nullptr;
    for (const AlignmentLink& inner : english.alignment) {
      if (inner.target.overlaps(outer.source) && (best == nullptr || inner.probability > best->probability))
        best = &inner;
    }
    if (best != nullptr) joined.push_back({best->source, outer.target, best->probability * outer.probability});
  }
  second.alignment = std::move(joined);
  for (Hypothesis& other : second.others) other = join(english, std::move(other));
  second.cut = second.cut || english.cut;
  return second;
}

}  // namespace kabar::mt
