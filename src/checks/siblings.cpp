#include "checks/siblings.h"

#include <algorithm>
#include <map>
#include <set>

#include "checks/messages.h"
#include "text/facts/fact.h"

namespace kabar::checks {
namespace {

using text::Decimal;
using text::Fact;
using text::FactKind;

// A figure that every language writes: kind is left out, since 7 hours may be a time in one language.
using Figures = std::multiset<Decimal>;

Figures figures_of(const TranslatedSegment& segment, Language language, int year) {
  Figures figures;
  for (const Fact& fact : text::find_facts(segment.text, language, {.year = year})) {
    if (fact.approximate || fact.spelled || fact.ordinal) continue;  // small numbers in words differ by style
    if (fact.kind == FactKind::number || fact.kind == FactKind::percent || fact.kind == FactKind::money ||
        fact.kind == FactKind::score || fact.kind == FactKind::range) {
      if (fact.value.scale == 0 && fact.value.digits < 13) continue;
      figures.insert(fact.value);
    }
  }
  return figures;
}

}  // namespace

void compare_siblings(std::span<Version> versions, Language editor_language, int year) {
  if (versions.size() < 3) return;
  struct Place {
    TranslatedSegment* segment;
    Figures figures;
  };
  std::map<std::string, std::vector<Place>> rows;
  for (Version& version : versions) {
    for (TranslatedSegment& segment : version.segments) {
      rows[segment.id].push_back({&segment, figures_of(segment, version.language, year)});
    }
  }
  for (auto& [id, row] : rows) {
    if (row.size() < 3) continue;
    std::map<Figures, int> votes;
    for (const Place& place : row) ++votes[place.figures];
    const auto most =
        std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most->second * 2 <= static_cast<int>(row.size())) continue;  // no majority, no judgement
    for (Place& place : row) {
      if (place.figures == most->first) continue;
      Figures odd;
      std::set_difference(most->first.begin(), most->first.end(), place.figures.begin(), place.figures.end(),
                          std::inserter(odd, odd.end()));
      if (odd.empty()) continue;
      const Decimal figure = *odd.begin();
      std::string shown = std::to_string(figure.digits);
      if (figure.scale > 0 && static_cast<size_t>(figure.scale) < shown.size()) {
        shown.insert(shown.size() - static_cast<size_t>(figure.scale), ".");
      }
      Finding finding;
      finding.check = "sibling";
      finding.severity = Severity::warning;
      finding.message = message("sibling.outlier", editor_language, shown, {});
      place.segment->findings.push_back(std::move(finding));
    }
  }
}

}  // namespace kabar::checks
