#include "checks/actors.h"

#include "checks/reading.h"

namespace kabar::checks {
namespace {

// Where the target writes the name in its own script.
std::vector<Span> places_by_table(const Reading& reading, const Word& word) {
  std::vector<Span> places;
  const std::string_view form = reading.knowledge.names.form(reading.source.slice(word.span), reading.target.language);
  if (form.empty()) return places;
  const std::u32string name = terms::fold(form, reading.target.language).points;
  const std::u32string& text = reading.target.folded.points;
  for (size_t at = text.find(name); at != std::u32string::npos; at = text.find(name, at + 1)) {
    places.push_back(reading.target.folded.span(at, at + name.size()));
  }
  return places;
}

}  // namespace

std::vector<Actor> named_actors(const Reading& reading) {
  std::vector<Actor> actors;
  const auto add = [&](Span source, const std::vector<Span>& targets) {
    if (targets.size() == 1) actors.push_back({source, targets.front()});
  };
  for (const terms::TermMatch& match : reading.terms) {
    const terms::TermKind kind = match.term->kind;
    if (kind != terms::TermKind::person && kind != terms::TermKind::organisation && kind != terms::TermKind::place) {
      continue;
    }
    std::vector<Span> targets;
    for (const terms::RenderingMatch& rendering : reading.renderings) {
      if (rendering.term != match.term || rendering.wrong) continue;
      if (targets.empty() || !targets.back().overlaps(rendering.span)) targets.push_back(rendering.span);
    }
    add(match.span, targets);
  }
  for (const NationHit& hit : reading.source.nations) {
    std::vector<Span> targets;
    for (const NationHit& other : reading.target.nations) {
      if (other.nation == hit.nation && (targets.empty() || !targets.back().overlaps(other.span)))
        targets.push_back(other.span);
    }
    add(hit.span, targets);
  }
  for (const Word& word : reading.source.words) {
    if (!word.capital || word.folded.size() < 3 || reading.has_term(word.span)) continue;
    std::vector<Span> targets;
    for (const Word& other : reading.target.words) {
      if (other.latin && other.folded == word.folded) targets.push_back(other.span);
    }
    if (targets.empty()) targets = places_by_table(reading, word);
    add(word.span, targets);
  }
  return actors;
}

}  // namespace kabar::checks
