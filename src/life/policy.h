// Who looks at a version before readers do.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "article/version.h"
#include "base/language.h"
#include "base/result.h"

namespace kabar::life {

enum class Policy {
  publish,           // at once, labelled; only a blocking finding or a very low score holds it
  hold_on_findings,  // a person looks if a check has found something at warning or above, or at a low score
  hold_always,
};

// A machine's sentence below these scores (docs/score.md) is held by the two policies.
constexpr float kPublishScoreMin = 0.3f;
constexpr float kFindingsScoreMin = 0.6f;
std::string_view name_of(Policy policy);

// The policies of one site. First publication and updates are treated alike.
class Policies {
 public:
  // `fallback` is "publish", "hold on findings" or "hold always"; a rule is "SECTION/LANGUAGE: POLICY" with * for
  // any, and the first that fits counts. bad_input with the rule for anything else.
  static Result<Policies> parse(std::string_view fallback, const std::vector<std::string>& rules);

  Policy of(std::string_view section, Language language) const;

 private:
  struct Rule {
    std::string section;  // empty: any
    Language language;    // none: any
    Policy policy;
  };
  Policy fallback_ = Policy::hold_on_findings;
  std::vector<Rule> rules_;
};

// What is known of a version when it is to be decided.
struct Case {
  Policy policy = Policy::hold_on_findings;
  // `stale` only where the sentence says something else now than what a person translated.
  std::vector<TranslatedSegment> segments;
  std::string held;         // a person keeps it from readers: who and why; empty if nobody does
  std::string reviewed_by;  // a person approved this version, or the one before a typo was mended
};

struct Verdict {
  bool approved = false;
  std::string reason;  // for editors, one sentence
};

// A pure function of the case.
Verdict decide(const Case& version);

}  // namespace kabar::life
