// The JSON of an article and its versions; the shape is a promise (docs/formats/translate-json.md).
#pragma once
#include <optional>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "article/article.h"
#include "article/version.h"
#include "checks/source_lint.h"

namespace kabar::app {

struct VersionWithMarkup {
  Version version;
  std::string markup;  // the whole version in the article's format
};

// One object, two blanks of indentation, keys in the documented order, a line end.
std::string article_json(const Article& article, std::span<const checks::LintFinding> source_findings,
                         std::span<const VersionWithMarkup> versions);

// What was found in the source itself: the finding and the segment that it concerns.
nlohmann::ordered_json source_findings_json(std::span<const checks::LintFinding> findings);

// One element of "segments", and a score as it stands everywhere: three decimals or null.
nlohmann::ordered_json segment_json(const TranslatedSegment& segment);
nlohmann::ordered_json score_json(const std::optional<float>& score);

}  // namespace kabar::app
