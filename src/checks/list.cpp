#include "checks/list.h"

#include <algorithm>
#include <iterator>

#include "checks/reading.h"
#include "checks/score.h"

namespace kabar::checks {
namespace {

constexpr const Check* kChecks[] = {
    &kLanguage, &kLeftover, &kRepetition,  &kGarbled,   &kPlaceholder,  // cannot be read
    &kNumber,   &kPercent,  &kMoney,       &kDate,      &kWeekday,     &kTime,  &kUnit,     &kScore, &kLink,  // facts
    &kNegation, &kPolarity, &kStatus,      &kModality,  &kLoaded,                                             // meaning
    &kNation,   &kAgency,   &kInstitution, &kTerm,      &kSense,       &kIdiom, &kCompound, &kKind,  &kName,
    &kPlace,    &kPronoun,  &kRoles,       &kDirection,                // words and names
    &kQuote,    &kMarkup,   &kOmission,    &kAddition,  &kTypography,  // form
};

constexpr std::string_view kOtherIds[] = {"consistency",  "sibling",         "lint-weekday",  "lint-sum",
                                          "lint-percent", "lint-two-values", "lint-spelling", "lint-quotes"};

// Their words are told apart as Indonesian uses them: "most" is also "almost all", "bars" are also a prison. From
// another language what they find is a doubt.
constexpr std::string_view kOfIndonesianWords[] = {"polarity", "loaded"};

void soften(std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    if (std::find(std::begin(kOfIndonesianWords), std::end(kOfIndonesianWords), finding.check) ==
        std::end(kOfIndonesianWords)) {
      continue;
    }
    if (finding.severity == Severity::error) finding.severity = Severity::warning;
    finding.blocking = false;
  }
}

}  // namespace

std::span<const Check* const> all_checks() { return kChecks; }
std::span<const std::string_view> other_ids() { return kOtherIds; }

float run_checks(const Pair& pair, const Knowledge& knowledge, std::vector<Finding>& findings) {
  const Reading reading = read_pair(pair, knowledge.data());
  std::vector<Finding> found;
  Report report(pair.editor_language, found);
  for (const Check* check : kChecks) check->run(reading, report);
  if (pair.source_language != Language::id) soften(found);
  const float result = score(pair, found, reading.words);
  std::move(found.begin(), found.end(), std::back_inserter(findings));
  return result;
}

}  // namespace kabar::checks
