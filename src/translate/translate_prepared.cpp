#include "translate/translate_prepared.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "text/facts/fact.h"
#include "translate/clauses.h"

namespace kabar::translate {
namespace {

// The sentences of a call to the translator and which prepared segment each is a piece of.
struct Request {
  std::vector<mt::Sentence> sentences;
  std::vector<size_t> owner;
  std::vector<int> begin;  // first code point of the piece in the owner's prepared text
};

// Indonesian words that other languages write with figures ("10年", "2人") though they are no numbers by themselves.
constexpr std::string_view kFigureWords[] = {"dekade", "abad",     "windu",    "lusin",
                                             "pasang", "semester", "triwulan", "kuartal"};

// Whether Indonesian text says a number other than by a placeholder.
bool says_figures(std::string_view text) {
  const std::u32string points = decode_utf8(text);
  bool held = false;
  for (const char32_t c : points) {
    if (c == U'⟦' || c == U'⟧') held = c == U'⟦';
    if (!held && u_isdigit(static_cast<UChar32>(c))) return true;
  }
  const std::vector<text::Fact> facts = text::find_facts(text, Language::id);
  const std::string folded = fold_case(text);
  return std::any_of(facts.begin(), facts.end(), [](const text::Fact& fact) { return fact.spelled || fact.ordinal; }) ||
         std::any_of(std::begin(kFigureWords), std::end(kFigureWords),
                     [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

// Adds to `constraints` (one per target, or none yet) what the lexicon knows of the words of a sentence.
void add_hints(std::string_view text, Language source, std::span<const Language> targets, const terms::Lexicon& lexicon,
               std::vector<mt::SentenceConstraints>& constraints) {
  for (size_t t = 0; t < targets.size(); ++t) {
    const std::vector<terms::LexiconMatch> matches = lexicon.find(text, source, targets[t]);
    if (matches.empty()) continue;
    constraints.resize(targets.size());
    for (const terms::LexiconMatch& match : matches) {
      mt::Hint& hint = constraints[t].hints.emplace_back();
      hint.source = match.source;
      for (const terms::LexiconRendering& rendering : match.renderings) {
        hint.renderings.push_back({rendering.text, rendering.share});
      }
    }
  }
}

Request make_request(std::span<const Prepared> prepared, Language source, std::span<const Language> targets,
                     const terms::Lexicon& lexicon, int clause_points_max) {
  Request request;
  for (size_t i = 0; i < prepared.size(); ++i) {
    if (prepared[i].wordless) continue;
    for (const Span& piece : cut_clauses(prepared[i].text(), clause_points_max)) {
      mt::Sentence& sentence = request.sentences.emplace_back();
      sentence.text = std::string(slice_points(prepared[i].text(), piece));
      sentence.context_before = prepared[i].context_before;
      sentence.constraints = constraints_of(prepared[i], piece);
      add_hints(sentence.text, source, targets, lexicon, sentence.constraints);
      sentence.figures = !prepared[i].placeholders || source != Language::id || says_figures(sentence.text);
      request.owner.push_back(i);
      request.begin.push_back(piece.begin);
    }
  }
  return request;
}

// Puts a piece behind `whole`; `begin` is its first code point in the source.
void append(mt::Hypothesis& whole, const mt::Hypothesis& piece, int begin, bool spaced) {
  if (!whole.text.empty() && spaced) whole.text += ' ';
  const int shift = count_points(whole.text);
  whole.text += piece.text;
  for (AlignmentLink link : piece.alignment) {
    link.source = {link.source.begin + begin, link.source.end + begin};
    link.target = {link.target.begin + shift, link.target.end + shift};
    whole.alignment.push_back(link);
  }
  whole.log_probability.insert(whole.log_probability.end(), piece.log_probability.begin(), piece.log_probability.end());
  whole.cut = whole.cut || piece.cut;
}

// The hypotheses of the pieces of each segment as one. Its others are made of the pieces' others of the same rank; a
// piece that has none of it gives its best.
std::vector<mt::Hypothesis> join_pieces(const Request& request, const std::vector<mt::Hypothesis>& pieces,
                                        size_t segments, Language target) {
  const bool spaced = target != Language::zh && target != Language::ja;
  std::vector<mt::Hypothesis> joined(segments);
  for (size_t k = 0; k < pieces.size(); ++k) {
    std::vector<mt::Hypothesis>& others = joined[request.owner[k]].others;
    others.resize(std::max(others.size(), pieces[k].others.size()));
  }
  for (size_t k = 0; k < pieces.size(); ++k) {
    mt::Hypothesis& whole = joined[request.owner[k]];
    append(whole, pieces[k], request.begin[k], spaced);
    for (size_t i = 0; i < whole.others.size(); ++i) {
      const bool has_rank = i < pieces[k].others.size();
      append(whole.others[i], has_rank ? pieces[k].others[i] : pieces[k], request.begin[k], spaced);
    }
  }
  return joined;
}

}  // namespace

Result<std::vector<std::vector<mt::Hypothesis>>> translate_prepared(std::span<const Prepared> prepared, Language source,
                                                                    std::span<const Language> targets,
                                                                    const mt::Translator& translator,
                                                                    const terms::Lexicon& lexicon,
                                                                    const mt::TranslateOptions& options,
                                                                    int clause_points_max, std::stop_token stop) {
  const Request request = make_request(prepared, source, targets, lexicon, clause_points_max);
  std::vector<std::vector<mt::Hypothesis>> pieces(targets.size());
  if (!request.sentences.empty()) {
    KABAR_ASSIGN(pieces, translator.translate(request.sentences, source, targets, options, stop));
  }
  std::vector<std::vector<mt::Hypothesis>> joined;
  for (size_t t = 0; t < targets.size(); ++t) {
    joined.push_back(join_pieces(request, pieces[t], prepared.size(), targets[t]));
  }
  return joined;
}

}  // namespace kabar::translate
