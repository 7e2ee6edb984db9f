#include "checks/siblings.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "checks/messages.h"
#include "text/facts/fact.h"

namespace kabar::checks {
namespace {

using text::Decimal;
using text::Fact;
using text::FactKind;

// What every language writes in figures. The kind of a figure is left out: 7 hours may be a time in one language.
struct Statement {
  bool date = false;
  Decimal value;  // of a date: month and day as one number
  auto operator<=>(const Statement&) const = default;
};

struct Stated {
  Statement statement;
  Span span;
  std::string text;
};

struct Place {
  TranslatedSegment* segment;
  std::vector<Stated> stated;         // in order of the text
  std::vector<Statement> statements;  // the same, sorted, to be compared
};

std::vector<Stated> statements_of(const std::string& text, Language language, int year) {
  std::vector<Stated> stated;
  for (const Fact& fact : text::find_facts(text, language, {.year = year})) {
    if (fact.kind == FactKind::date && fact.day != 0 && fact.month != 0) {
      stated.push_back({{true, Decimal{fact.month * 100 + fact.day, 0}}, fact.span, fact.text});
      continue;
    }
    if (fact.approximate || fact.spelled || fact.ordinal) continue;  // small numbers in words differ by style
    const bool figure = fact.kind == FactKind::number || fact.kind == FactKind::percent ||
                        fact.kind == FactKind::money || fact.kind == FactKind::score || fact.kind == FactKind::range;
    const bool small = fact.value.scale == 0 && fact.value.digits < 13;
    if (figure && !small) stated.push_back({{false, fact.value}, fact.span, fact.text});
  }
  return stated;
}

// The first of `a` that `b` has not, or nothing.
std::optional<Statement> first_missing(const std::vector<Statement>& a, const std::vector<Statement>& b) {
  std::vector<Statement> missing;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(missing));
  return missing.empty() ? std::nullopt : std::optional(missing.front());
}

const Stated* find(const Place& place, const Statement& statement) {
  const auto found = std::find_if(place.stated.begin(), place.stated.end(),
                                  [&](const Stated& stated) { return stated.statement == statement; });
  return found == place.stated.end() ? nullptr : &*found;
}

void compare(std::vector<Place>& row, Language editor_language) {
  std::map<std::vector<Statement>, int> votes;
  for (const Place& place : row) ++votes[place.statements];
  const auto most =
      std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most->second * 2 <= static_cast<int>(row.size())) return;  // no majority, no judgement
  const auto usual = std::find_if(row.begin(), row.end(), [&](const Place& p) { return p.statements == most->first; });
  for (Place& place : row) {
    if (place.statements == most->first) continue;
    const std::optional<Statement> odd = first_missing(place.statements, most->first);
    const std::optional<Statement> lacking = first_missing(most->first, place.statements);
    const Stated* shown = odd ? find(place, *odd) : find(*usual, *lacking);
    Finding finding;
    finding.check = "sibling";
    finding.severity = Severity::warning;
    finding.message = message(odd ? "sibling.outlier" : "sibling.lacks", editor_language, shown->text, {});
    if (odd) finding.target_span = shown->span;
    place.segment->findings.push_back(std::move(finding));
  }
}

}  // namespace

void compare_siblings(std::span<Version> versions, Language editor_language, int year) {
  constexpr size_t kVersionsMin = 3;  // two that disagree do not say which is wrong
  if (versions.size() < kVersionsMin) return;
  std::map<std::string, std::vector<Place>> rows;
  for (Version& version : versions) {
    for (TranslatedSegment& segment : version.segments) {
      Place& place = rows[segment.id].emplace_back();
      place.segment = &segment;
      place.stated = statements_of(segment.text, version.language, year);
      for (const Stated& stated : place.stated) place.statements.push_back(stated.statement);
      std::sort(place.statements.begin(), place.statements.end());
    }
  }
  for (auto& [id, row] : rows) {
    if (row.size() >= kVersionsMin) compare(row, editor_language);
  }
}

}  // namespace kabar::checks
