// The one list of checks. A check is data: id, words for people, a pure function, examples that the list test runs.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "article/version.h"
#include "base/language.h"

namespace kabar::checks {

struct Reading;
class Report;

enum class Finds { nothing, info, warning, error };

// «» marks the span that must be reported on that side; they are taken out before the check runs.
struct Example {
  Language language;   // of the target
  const char* source;  // Indonesian
  const char* target;
  Finds finds;
};

struct Check {
  std::string_view id;   // for ever: stored in databases and suppressions
  std::string_view doc;  // one sentence: what it finds
  void (*run)(const Reading& reading, Report& report);
  std::span<const Example> examples;
};

// In the order in which findings are shown: what cannot be read first, then facts, meaning, words, form.
std::span<const Check* const> all_checks();

// Ids of findings that no check of a single pair makes: over a version, and of the source (source_lint.h).
std::span<const std::string_view> other_ids();

extern const Check kLanguage, kLeftover, kRepetition, kGarbled, kPlaceholder;
extern const Check kNumber, kPercent, kMoney, kDate, kWeekday, kTime, kUnit, kScore, kLink;
extern const Check kNegation, kPolarity, kStatus, kModality, kLoaded;
extern const Check kNation, kAgency, kInstitution, kTerm, kSense, kIdiom, kCompound, kKind, kName, kPronoun;
extern const Check kPlace, kRoles, kDirection;
extern const Check kQuote, kMarkup, kOmission, kAddition, kTypography;

}  // namespace kabar::checks
