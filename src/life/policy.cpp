#include "life/policy.h"

#include <optional>
#include <utility>

#include <fmt/format.h>

namespace kabar::life {
namespace {

constexpr std::pair<Policy, std::string_view> kPolicies[] = {
    {Policy::publish, "publish"}, {Policy::hold_on_findings, "hold on findings"}, {Policy::hold_always, "hold always"}};

Result<Policy> parse_policy(std::string_view name, std::string_view place) {
  for (const auto& [policy, candidate] : kPolicies) {
    if (candidate == name) return policy;
  }
  return fail(ErrorKind::bad_input, std::string(place),
              fmt::format("\"{}\" is no policy; there are publish, hold on findings, hold always", name));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::string_view name_of(Policy policy) {
  for (const auto& [value, name] : kPolicies) {
    if (value == policy) return name;
  }
  return "";
}

Result<Policies> Policies::parse(std::string_view fallback, const std::vector<std::string>& rules) {
  Policies policies;
  KABAR_ASSIGN(policies.fallback_, parse_policy(fallback, "policy.default"));
  for (const std::string& text : rules) {
    const std::string place = fmt::format("policy.rules \"{}\"", text);
    const size_t slash = text.find('/');
    const size_t colon = text.find(':', slash == std::string::npos ? 0 : slash);
    if (slash == std::string::npos || colon == std::string::npos) {
      return fail(ErrorKind::bad_input, place, "a rule is written SECTION/LANGUAGE: POLICY");
    }
    Rule rule{.section = std::string(trimmed(std::string_view(text).substr(0, slash))), .language = {}, .policy = {}};
    if (rule.section == "*") rule.section.clear();
    const std::string_view code = trimmed(std::string_view(text).substr(slash + 1, colon - slash - 1));
    if (code != "*") {
      const std::optional<Language> language = Language::parse(code);
      if (!language) return fail(ErrorKind::bad_input, place, fmt::format("\"{}\" is no language", code));
      rule.language = *language;
    }
    KABAR_ASSIGN(rule.policy, parse_policy(trimmed(std::string_view(text).substr(colon + 1)), place));
    policies.rules_.push_back(std::move(rule));
  }
  return policies;
}

Policy Policies::of(std::string_view section, Language language) const {
  for (const Rule& rule : rules_) {
    if ((rule.section.empty() || rule.section == section) && (rule.language.empty() || rule.language == language)) {
      return rule.policy;
    }
  }
  return fallback_;
}

namespace {

// The worst sentence that no person wrote or confirmed.
const TranslatedSegment* worst_of_machine(const std::vector<TranslatedSegment>& segments) {
  const TranslatedSegment* worst = nullptr;
  for (const TranslatedSegment& segment : segments) {
    const bool machine = segment.origin == Origin::machine || segment.origin == Origin::repaired;
    if (machine && segment.score && (worst == nullptr || *segment.score < *worst->score)) worst = &segment;
  }
  return worst;
}

}  // namespace

Verdict decide(const Case& version) {
  if (!version.held.empty()) return {false, version.held};
  int findings = 0;
  for (const TranslatedSegment& segment : version.segments) {
    if (segment.stale) {
      return {false, fmt::format("segment {} was written by {} for an older sentence", segment.id, segment.editor)};
    }
    for (const Finding& finding : segment.findings) {
      if (finding.blocking) return {false, fmt::format("segment {}: {}", segment.id, finding.message)};
      if (finding.severity != Severity::info) ++findings;
    }
  }
  if (!version.reviewed_by.empty()) return {true, fmt::format("reviewed by {}", version.reviewed_by)};
  if (version.policy == Policy::hold_always) return {false, "the policy asks for a person"};
  if (version.policy == Policy::hold_on_findings && findings > 0) {
    return {false, fmt::format("{} {} to look at", findings, findings == 1 ? "finding" : "findings")};
  }
  const float score_min = version.policy == Policy::publish ? kPublishScoreMin : kFindingsScoreMin;
  const TranslatedSegment* const worst = worst_of_machine(version.segments);
  if (worst != nullptr && *worst->score < score_min) {
    return {false, fmt::format("segment {} has a score of {:.2f}", worst->id, *worst->score)};
  }
  return {true, fmt::format("policy: {}", name_of(version.policy))};
}

}  // namespace kabar::life
