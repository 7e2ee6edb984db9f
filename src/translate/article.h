// A whole article through the pipeline: every segment, every language, and what can only be seen over a version.
#pragma once
#include <span>
#include <stop_token>
#include <vector>

#include "article/article.h"
#include "article/version.h"
#include "base/language.h"
#include "base/result.h"
#include "checks/source_lint.h"
#include "translate/context.h"
#include "translate/pipeline.h"

namespace kabar::translate {

// The year of publication, else of nothing known: 0.
Context context_of(const Article& article);

// What the reporter should look at before anybody translates; nothing for texts that are not Indonesian.
std::vector<checks::LintFinding> lint(const Article& article, std::span<const Segment> segments);

// One version per target, in their order, with title, segments, findings and scores, compared with each other by their
// facts; status and disclosure are for the caller to say. Errors: those of the translator.
Result<std::vector<Version>> translate_article(const Article& article, std::span<const Segment> segments,
                                               std::span<const Language> targets, const Pipeline& pipeline,
                                               std::stop_token stop = {});

// The text of the headline's segments.
std::string title_of(std::span<const Segment> segments, std::span<const TranslatedSegment> translation,
                     Language language);

}  // namespace kabar::translate
