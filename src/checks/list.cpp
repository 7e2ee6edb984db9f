#include "checks/list.h"

#include "checks/reading.h"

namespace kabar::checks {
namespace {

constexpr const Check* kChecks[] = {
    &kLanguage, &kLeftover, &kRepetition,  &kPlaceholder,  // cannot be read
    &kNumber,   &kPercent,  &kMoney,       &kDate,        &kWeekday,    &kTime,  &kUnit, &kScore,   &kLink,  // facts
    &kNegation, &kPolarity, &kStatus,      &kModality,    &kLoaded,                                          // meaning
    &kNation,   &kAgency,   &kInstitution, &kTerm,        &kSense,      &kIdiom, &kName, &kPronoun,  // words and names
    &kQuote,    &kMarkup,   &kOmission,    &kAddition,    &kTypography,                              // form
};

}  // namespace

std::span<const Check* const> all_checks() { return kChecks; }

void run_checks(const Pair& pair, const Knowledge& knowledge, std::vector<Finding>& findings) {
  const Reading reading = read_pair(pair, knowledge.data());
  Report report(pair.editor_language, findings);
  for (const Check* check : kChecks) check->run(reading, report);
}

}  // namespace kabar::checks
