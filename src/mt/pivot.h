// Translating through English: what was said about the source is carried over to the English text and back.
#pragma once
#include "mt/translator.h"

namespace kabar::mt {

// The part of the English text that is aligned with `source`, from its first to its last piece; empty if none is.
Span carry_over(const Alignment& alignment, Span source);

// The same constraints for the English text in the place of the source.
SentenceConstraints carry_over(const Alignment& alignment, const SentenceConstraints& constraints);

// The hypothesis of the second pass with its alignment led back to the source: P(source|target) is the product of the
// two passes' probabilities over the English piece that joins them.
Hypothesis join(const Hypothesis& english, Hypothesis second);

}  // namespace kabar::mt
