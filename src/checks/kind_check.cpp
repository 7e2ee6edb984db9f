// One thing taken for another of its kind: a tiger that became an elephant, a nurse who became a doctor.
//
// The lists of data/checks/kinds/ say for each thing all words by which a translator may call it. Only where none of
// them stands in the translation, and another thing of the kind does that the source does not have, is it an error.
#include <algorithm>
#include <iterator>
#include <vector>

#include "checks/list.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

using Hits = std::vector<ConceptHit>;

// Of things of one kind the longer phrase knows better: "kuda nil" is no horse.
Hits hits_of(const Concepts& kinds, const Side& side) {
  Hits hits = kinds.hits(side.folded, side.language);
  const auto theme = [&](const ConceptHit& hit) -> const std::string& {
    return kinds.list()[static_cast<size_t>(hit.concept_number)].theme;
  };
  Hits kept;
  for (const ConceptHit& hit : hits) {
    const bool inside = std::any_of(hits.begin(), hits.end(), [&](const ConceptHit& other) {
      return other.span.size() > hit.span.size() && other.span.contains(hit.span) && theme(other) == theme(hit);
    });
    if (!inside) kept.push_back(hit);
  }
  return kept;
}

bool has(const Hits& hits, int concept_number) {
  return std::any_of(hits.begin(), hits.end(),
                     [&](const ConceptHit& hit) { return hit.concept_number == concept_number; });
}

// "Pasar Minggu", "Kampung Rambutan": what a name is made of is not spoken of.
bool is_part_of_name(const Reading& reading, Span span) {
  const auto within = [&](const terms::TermMatch& match) {
    return match.span.contains(span) && match.span != span && match.term->kind != terms::TermKind::sense;
  };
  if (std::any_of(reading.terms.begin(), reading.terms.end(), within)) return true;
  const std::vector<Word>& words = reading.source.words;
  const auto word = std::find_if(words.begin(), words.end(), [&](const Word& one) { return one.span.overlaps(span); });
  if (word == words.end() || !word->capital || reading.source.title_case) return false;
  return !word->starts_sentence || (word + 1 != words.end() && (word + 1)->capital);
}

// Whether the lexicon knows a rendering of it that stands in the translation.
bool is_said(const Reading& reading, Span span) {
  return std::any_of(reading.words.said.begin(), reading.words.said.end(),
                     [&](Span said) { return said.contains(span); });
}

void run_kind(const Reading& reading, Report& report) {
  const auto source_kinds = reading.knowledge.kinds.find(reading.source.language);
  const auto target_kinds = reading.knowledge.kinds.find(reading.target.language);
  if (source_kinds == reading.knowledge.kinds.end() || target_kinds == reading.knowledge.kinds.end()) return;
  const Concepts& kinds = source_kinds->second.get();
  const Hits sources = hits_of(kinds, reading.source);
  Hits things;  // that the translation may lack: most are said, and the target is not looked at
  std::copy_if(sources.begin(), sources.end(), std::back_inserter(things), [&](const ConceptHit& hit) {
    return hit.weight == Weight::hard && !is_said(reading, hit.span) && !is_part_of_name(reading, hit.span);
  });
  if (things.empty()) return;
  const Hits targets = hits_of(target_kinds->second.get(), reading.target);
  std::vector<Span> reported;
  for (const ConceptHit& thing : things) {
    if (has(targets, thing.concept_number)) continue;
    const std::string& kind = kinds.list()[static_cast<size_t>(thing.concept_number)].theme;
    const auto other = std::find_if(targets.begin(), targets.end(), [&](const ConceptHit& hit) {
      return hit.weight == Weight::hard && kinds.list()[static_cast<size_t>(hit.concept_number)].theme == kind &&
             !has(sources, hit.concept_number) && !reading.is_rendered_term(hit.span) &&
             !reading.is_explained(hit.span) && std::find(reported.begin(), reported.end(), hit.span) == reported.end();
    });
    if (other == targets.end()) continue;
    reported.push_back(other->span);
    report.add("kind", Severity::warning, thing.span, other->span, "kind.changed", reading.source.slice(thing.span),
               reading.target.slice(other->span));
  }
}

constexpr Example kKindExamples[] = {
    {Language::en, "Seekor «harimau» masuk kampung.", "An «elephant» entered the village.", Finds::warning},
    {Language::en, "Seekor harimau masuk kampung.", "A tiger entered the village.", Finds::nothing},
    {Language::en, "Seekor harimau masuk kampung.", "The big cat entered the village.", Finds::nothing},
    {Language::fr, "Dua «perawat» dipukul pasien.", "Deux «médecins» ont été frappés par un patient.", Finds::warning},
    {Language::fr, "Dua perawat dipukul pasien.", "Deux infirmiers ont été frappés par un patient.", Finds::nothing},
    {Language::zh, "Harga «jagung» naik.", "«大米»价格上涨。", Finds::warning},
    {Language::zh, "Harga jagung naik.", "玉米价格上涨。", Finds::nothing},
    {Language::ja, "Kasus «campak» bertambah.", "«マラリア»の症例が増えた。", Finds::warning},
    {Language::ja, "Kasus campak bertambah.", "はしかの症例が増えた。", Finds::nothing},
    {Language::ar, "Sebuah «bus» terbalik.", "انقلبت «شاحنة».", Finds::warning},
    {Language::ar, "Sebuah bus terbalik.", "انقلبت حافلة.", Finds::nothing},
};

}  // namespace

const Check kKind = {"kind", "A thing was taken for another of its kind: a tiger for an elephant.", run_kind,
                     kKindExamples};

}  // namespace kabar::checks
