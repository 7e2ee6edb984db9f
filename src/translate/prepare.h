// First step of the pipeline: each segment as the translator will read it.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "article/article.h"
#include "checks/check.h"
#include "mt/translator.h"
#include "translate/context.h"
#include "translate/fixed_terms.h"
#include "translate/protect.h"

namespace kabar::translate {

struct Prepared {
  Segment segment;
  std::string context_before;  // the sentence before it
  std::vector<Fixed> fixed;    // what has a fixed rendering in every target, in order
  TermUses uses;               // what the termbase asks, per target
  bool wordless = false;       // nothing for a translator to do
  // With placeholders the fixed pieces stand in `sent` as such; without, `sent` is the segment and the renderings
  // are asked for as constraints.
  bool placeholders = false;
  Protected sent;
  // Ask the translator for what the termbase demands in this target (a second try); only that target is then asked.
  std::optional<size_t> demanded;

  const std::string& text() const { return sent.source.text(); }
};

// One for each of `wanted`, in its order.
std::vector<Prepared> prepare(std::span<const Segment> article, std::span<const size_t> wanted, const Context& context,
                              std::span<const Language> targets, const mt::Translator& translator,
                              const checks::Knowledge& knowledge);

// What the translator must and must not write for this piece of prepared.text(): one entry per target, or one alone
// when `demanded` is set; empty if nothing is asked.
std::vector<mt::SentenceConstraints> constraints_of(const Prepared& prepared, Span piece);

}  // namespace kabar::translate
