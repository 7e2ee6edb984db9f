#include "checks/reading.h"

#include <algorithm>

#include "base/utf8.h"
#include "checks/messages.h"

namespace kabar::checks {
namespace {

bool is_latin_point(char32_t point) {
  return (point >= U'A' && point <= U'Z') || (point >= U'a' && point <= U'z') || (point >= 0xC0 && point <= 0x24F);
}

bool ends_sentence(char32_t point) {
  return std::u32string_view(U".!?:\"“«‘(—–•؟。！？「『（").find(point) != std::u32string_view::npos;
}

std::vector<Word> words_of(const terms::Folded& folded) {
  std::vector<Word> words;
  const std::u32string_view points = folded.points;
  bool start = true;
  for (size_t at = 0; at < points.size();) {
    if (!terms::is_word_point(points[at]) || terms::is_unspaced_point(points[at])) {
      const char32_t raw = folded.text[static_cast<size_t>(folded.origin[at])];
      if (ends_sentence(raw)) start = true;
      if (terms::is_unspaced_point(points[at])) start = false;
      ++at;
      continue;
    }
    size_t end = at;
    while (end < points.size() && terms::is_word_point(points[end]) && !terms::is_unspaced_point(points[end])) ++end;
    Word word;
    word.span = folded.span(at, end);
    word.folded = points.substr(at, end - at);
    word.starts_sentence = start;
    int capitals = 0, letters = 0;
    for (int i = word.span.begin; i < word.span.end; ++i) {
      const char32_t raw = folded.text[static_cast<size_t>(i)];
      capitals += terms::is_upper_point(raw);
      letters += !terms::is_digit_point(raw);
      word.latin = word.latin || is_latin_point(raw);
    }
    word.capital = terms::is_upper_point(folded.text[static_cast<size_t>(word.span.begin)]);
    word.all_capitals = letters >= 2 && capitals == letters;
    words.push_back(word);
    start = false;
    at = end;
  }
  return words;
}

bool is_title_case(const std::vector<Word>& words) {
  const auto capital = std::count_if(words.begin(), words.end(), [](const Word& word) { return word.capital; });
  return words.size() >= 3 && capital * 10 >= static_cast<long>(words.size()) * 6;
}

void fill(Side& side, std::string_view text, Language language, const Pair& pair, const KnowledgeData& knowledge) {
  side.text = text;
  side.language = language;
  side.folded = terms::fold(text, language);
  side.facts = text::find_facts(text, language, {.year = pair.year});
  side.concepts = knowledge.concepts.hits(side.folded, language);
  side.nations = knowledge.nations.find(side.folded, language);
  side.words = words_of(side.folded);
  side.title_case = is_title_case(side.words);
}

}  // namespace

const WordList* KnowledgeData::word_list(Language language) const {
  const auto found = lists.words.find(language);
  return found == lists.words.end() ? nullptr : &found->second.get();
}

std::string Side::slice(Span span) const {
  const std::u32string_view view = folded.text;
  const size_t begin = std::min(static_cast<size_t>(std::max(span.begin, 0)), view.size());
  return encode_utf8(view.substr(begin, static_cast<size_t>(std::max(span.size(), 0))));
}

bool Side::has_fact(Span span) const {
  return std::any_of(facts.begin(), facts.end(), [&](const text::Fact& fact) { return fact.span.overlaps(span); });
}

bool Side::has_nation(Span span) const {
  return std::any_of(nations.begin(), nations.end(), [&](const NationHit& hit) { return hit.span.overlaps(span); });
}

bool Side::has_nation_number(int nation) const {
  return std::any_of(nations.begin(), nations.end(), [&](const NationHit& hit) { return hit.nation == nation; });
}

bool Side::has_concept(Span span) const {
  return std::any_of(concepts.begin(), concepts.end(), [&](const ConceptHit& hit) { return hit.span.overlaps(span); });
}

bool Reading::has_term(Span span) const {
  return std::any_of(terms.begin(), terms.end(),
                     [&](const terms::TermMatch& match) { return match.span.overlaps(span); });
}

bool Reading::is_rendered_term(Span span) const {
  return std::any_of(renderings.begin(), renderings.end(), [&](const terms::RenderingMatch& match) {
    return !match.wrong && match.span.contains(span) &&
           std::any_of(terms.begin(), terms.end(),
                       [&](const terms::TermMatch& term) { return term.term == match.term; });
  });
}

bool Reading::is_explained(Span span, Span except) const {
  return knowledge.lexical.explains(source.folded, source.language, except, target.slice(span), target.language);
}

bool Reading::is_rendered_by(Span span, Span by) const {
  const auto inside = [&](Span word) { return word.overlaps(span); };
  return knowledge.lexical.renders(source.folded, source.language, inside, target.slice(by), target.language);
}

bool Reading::is_usual(Span span, Span except) const {
  const auto outside = [&](Span word) { return !word.overlaps(except); };
  return knowledge.lexical.renders(source.folded, source.language, outside, target.slice(span), target.language);
}

Reading read_pair(const Pair& pair, const KnowledgeData& knowledge) {
  Reading reading{.pair = pair,
                  .knowledge = knowledge,
                  .source = {},
                  .target = {},
                  .terms = {},
                  .renderings = {},
                  .facts = {},
                  .coverage = {},
                  .words = {},
                  .has_concept = {}};
  fill(reading.source, pair.source, pair.source_language, pair, knowledge);
  fill(reading.target, pair.target, pair.target_language, pair, knowledge);
  const terms::Termbase& termbase = knowledge.termbase_for(pair.source_language);
  reading.terms = termbase.find_terms(reading.source.folded,
                                      {.before = pair.context_before, .section = pair.section, .year = pair.year});
  reading.renderings = termbase.find_renderings(reading.target.folded, pair.target_language);
  reading.facts = text::compare_facts(reading.source.facts, reading.target.facts, pair.target_language);
  reading.coverage = knowledge.lexical.coverage(reading.source.folded, pair.source_language, reading.target.folded,
                                                pair.target_language);
  reading.words = cover_words(reading);
  reading.has_concept.resize(knowledge.concepts.list().size());
  for (const Side* side : {&reading.source, &reading.target}) {
    for (const ConceptHit& hit : side->concepts) reading.has_concept[static_cast<size_t>(hit.concept_number)] = true;
  }
  return reading;
}

Finding& Report::add(std::string_view check, Severity severity, std::optional<Span> source, std::optional<Span> target,
                     std::string_view key, std::string_view first, std::string_view second) {
  Finding finding;
  finding.check = check;
  finding.severity = severity;
  finding.source_span = source;
  finding.target_span = target;
  finding.message = message(key, editor_, first, second);
  findings_.push_back(std::move(finding));
  return findings_.back();
}

}  // namespace kabar::checks
