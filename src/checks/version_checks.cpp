// Checks over a whole version.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "checks/messages.h"
#include "checks/reading.h"
#include "checks/score.h"

namespace kabar::checks {
namespace {

// Renderings of one term that an article uses, with the segments where they stand.
struct Use {
  size_t segment = 0;
  int variant = 0;
  Span span;
};

// A term said in one way here and in another there. First-mention forms and acronyms are no second way.
void check_consistency(Version& version, const Knowledge& knowledge, Language editor_language) {
  std::map<const terms::Term*, std::vector<Use>> uses;
  for (size_t i = 0; i < version.segments.size(); ++i) {
    const TranslatedSegment& segment = version.segments[i];
    const std::vector<terms::TermMatch> matches =
        knowledge.termbase().find_terms(terms::fold(segment.source, Language::id));
    if (matches.empty()) continue;
    const std::vector<terms::RenderingMatch> renderings =
        knowledge.termbase().find_renderings(terms::fold(segment.text, version.language), version.language);
    for (const terms::RenderingMatch& rendering : renderings) {
      const bool in_source = std::any_of(matches.begin(), matches.end(),
                                         [&](const terms::TermMatch& match) { return match.term == rendering.term; });
      const terms::TermKind kind = rendering.term->kind;
      const bool named =
          kind == terms::TermKind::organisation || kind == terms::TermKind::office || kind == terms::TermKind::law;
      if (in_source && named && !rendering.wrong && rendering.variant >= 0) {
        uses[rendering.term].push_back({i, rendering.variant, rendering.span});
      }
    }
  }
  for (const auto& [term, places] : uses) {
    const std::vector<std::string>& right = term->rendering(version.language).right;
    const std::vector<std::string>& acronyms = term->acronyms;
    const auto is_acronym = [&](int variant) {
      return std::find(acronyms.begin(), acronyms.end(), right[static_cast<size_t>(variant)]) != acronyms.end();
    };
    std::optional<int> first;
    for (const Use& use : places) {
      if (is_acronym(use.variant)) continue;
      if (!first) first = use.variant;
      if (use.variant == *first) continue;
      // One form inside the other ("Commission", "la Commission électorale") is one way of saying it.
      const std::string& a = right[static_cast<size_t>(*first)];
      const std::string& b = right[static_cast<size_t>(use.variant)];
      if (a.find(b) != std::string::npos || b.find(a) != std::string::npos) continue;
      Finding finding;
      finding.check = "consistency";
      finding.severity = Severity::info;
      finding.target_span = use.span;
      finding.message = message("consistency.two", editor_language, term->term, fmt::format("{} / {}", a, b));
      finding.fix = Fix{use.span, a};
      version.segments[use.segment].findings.push_back(std::move(finding));
      break;
    }
  }
}

}  // namespace

void check_version(Version& version, const Knowledge& knowledge, Language editor_language) {
  check_consistency(version, knowledge, editor_language);
  version.score = version_score(version);
}

}  // namespace kabar::checks
