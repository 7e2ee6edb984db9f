#include "translate/review.h"

#include <algorithm>

#include "base/utf8.h"
#include "translate/clauses.h"
#include "translate/finish.h"
#include "translate/translate_prepared.h"

namespace kabar::translate {
namespace {

constexpr int kRepairBeam = 12;
constexpr float kDoubtfulScore = 0.85f;

bool is_doubtful(const TranslatedSegment& segment) {
  return segment.score.value_or(1) < kDoubtfulScore ||
         std::any_of(segment.findings.begin(), segment.findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::error; });
}

// `prepared` with what the termbase asks of this target as constraints of the sentence.
Prepared with_term_constraints(const Prepared& prepared, size_t target_index) {
  Prepared stricter = prepared;
  stricter.demanded = target_index;
  return stricter;
}

}  // namespace

void review(const Prepared& prepared, const mt::Hypothesis& hypothesis, const Context& context, Language target,
            const checks::Knowledge& knowledge, TranslatedSegment& segment) {
  if (prepared.wordless) {
    segment.score = 1.0f;
    return;
  }
  checks::Pair pair;
  pair.source = segment.source;
  pair.target = segment.text;
  pair.source_language = context.source;
  pair.target_language = target;
  pair.block_type = prepared.segment.block_type;
  pair.context_before = prepared.context_before;
  pair.section = context.section;
  pair.year = context.year;
  pair.source_tags = prepared.segment.tags;
  pair.target_tags = segment.tags;
  pair.tags_known = true;
  pair.alignment = segment.alignment;
  pair.log_probability = hypothesis.log_probability;
  segment.findings.clear();
  segment.score = checks::run_checks(pair, knowledge, segment.findings);
}

void take_better(const Prepared& prepared, const mt::Hypothesis& hypothesis, const Context& context,
                 size_t target_index, Language target, const checks::Knowledge& knowledge, Origin origin,
                 TranslatedSegment& best) {
  TranslatedSegment other = finish(prepared, hypothesis, target_index, target, best.model);
  if (other.text == best.text) return;
  review(prepared, hypothesis, context, target, knowledge, other);
  if (other.score.value_or(0) <= best.score.value_or(0)) return;
  other.origin = origin;
  best = std::move(other);
}

namespace {

// One more try for what is still doubtful in target number `t`, with sentences cut to `clause_points_max`.
Result<void> try_again(std::span<const Prepared> prepared, const Context& context, std::span<const Language> targets,
                       size_t t, int clause_points_max, const mt::Translator& translator,
                       const checks::Knowledge& knowledge, std::vector<TranslatedSegment>& result,
                       std::stop_token stop) {
  std::vector<size_t> doubtful;
  std::vector<Prepared> again;
  for (size_t i = 0; i < prepared.size(); ++i) {
    // What the shorter limit does not cut had its try: the translator would say the same.
    const bool tried = clause_points_max < kClausePointsMax && count_points(prepared[i].text()) <= clause_points_max;
    if (tried || !is_doubtful(result[i])) continue;
    doubtful.push_back(i);
    again.push_back(with_term_constraints(prepared[i], t));
  }
  if (doubtful.empty()) return {};
  const mt::TranslateOptions options{.beam_size = kRepairBeam, .others = kRepairBeam - 1};
  KABAR_ASSIGN(const auto hypotheses, translate_prepared(again, context.source, targets.subspan(t, 1), translator,
                                                         knowledge.lexicon(), options, clause_points_max, stop));
  for (size_t k = 0; k < doubtful.size(); ++k) {
    const auto consider = [&](const mt::Hypothesis& hypothesis) {
      take_better(again[k], hypothesis, context, t, targets[t], knowledge, Origin::repaired, result[doubtful[k]]);
    };
    const mt::Hypothesis& first = hypotheses.front()[k];
    consider(first);
    for (const mt::Hypothesis& other : first.others) consider(other);
  }
  return {};
}

}  // namespace

Result<void> repair(std::span<const Prepared> prepared, const Context& context, std::span<const Language> targets,
                    const mt::Translator& translator, const checks::Knowledge& knowledge,
                    std::vector<std::vector<TranslatedSegment>>& result, std::stop_token stop) {
  for (size_t t = 0; t < targets.size(); ++t) {
    for (const int points_max : {kClausePointsMax, kShortClausePointsMax}) {
      KABAR_TRY(try_again(prepared, context, targets, t, points_max, translator, knowledge, result[t], stop));
    }
  }
  return {};
}

}  // namespace kabar::translate
