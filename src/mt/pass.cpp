#include "mt/pass.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "base/utf8.h"

namespace kabar::mt {
namespace {

// What the source tokens of a target token stand for in the text: its span, unless it is the end symbol or a blank.
Hypothesis to_hypothesis(const SearchResult& result, const Vocabulary& vocabulary,
                         std::span<const EncodedPiece> pieces) {
  std::vector<int32_t> tokens = result.tokens;
  if (!tokens.empty() && tokens.back() == vocabulary.end()) tokens.pop_back();
  DecodedText decoded = vocabulary.decode(tokens);

  Hypothesis hypothesis;
  hypothesis.log_probability = result.log_probability;
  hypothesis.cut = result.cut;
  hypothesis.text = to_nfc(decoded.text);
  if (hypothesis.text != decoded.text) return hypothesis;  // the spans are of another text
  for (size_t t = 0; t < tokens.size(); ++t) {
    const size_t source = static_cast<size_t>(result.aligned[t]);
    if (source >= pieces.size() || pieces[source].span.empty() || decoded.spans[t].empty()) continue;
    hypothesis.alignment.push_back({pieces[source].span, decoded.spans[t], result.aligned_probability[t]});
  }
  return hypothesis;
}

DecodedHypothesis to_decoded(const SearchResult& result, const Vocabulary& vocabulary) {
  DecodedHypothesis hypothesis;
  hypothesis.text = vocabulary.decode(result.tokens).text;
  hypothesis.log_probability = result.log_probability;
  for (size_t t = 0; t < result.aligned.size(); ++t) {
    hypothesis.alignment.emplace_back(result.aligned[t], static_cast<int>(t));
  }
  std::sort(hypothesis.alignment.begin(), hypothesis.alignment.end());
  hypothesis.path_score = result.path_score;
  hypothesis.score = result.score;
  hypothesis.cut = result.cut;
  return hypothesis;
}

// The sentences as token ids with the end symbol.
Result<std::vector<std::vector<int32_t>>> token_ids(const Vocabulary& vocabulary,
                                                    std::span<const std::vector<EncodedPiece>> pieces) {
  std::vector<std::vector<int32_t>> ids;
  ids.reserve(pieces.size());
  for (size_t s = 0; s < pieces.size(); ++s) {
    if (pieces[s].size() >= static_cast<size_t>(kSourceTokensMax)) {
      return fail(ErrorKind::limit, fmt::format("sentence {}", s + 1),
                  fmt::format("{} tokens, more than {}", pieces[s].size(), kSourceTokensMax - 1));
    }
    std::vector<int32_t>& one = ids.emplace_back();
    one.reserve(pieces[s].size() + 1);
    for (const EncodedPiece& piece : pieces[s]) one.push_back(piece.id);
    one.push_back(vocabulary.end());
  }
  return ids;
}

// The ids that the output layer offers a sentence; empty = all. `excluded` (ascending) are left out, `required` are
// added.
std::vector<int32_t> candidates_of(const ModelHead& head, std::span<const int32_t> source,
                                   std::span<const int32_t> required, std::span<const int32_t> excluded = {}) {
  if (!head.shortlist && excluded.empty()) return {};
  std::vector<int32_t> ids;
  if (head.shortlist) {
    ids = head.shortlist->candidates(source, head.shares_source_vocabulary);
  } else {
    ids.resize(static_cast<size_t>(head.vocabulary.size()));
    std::iota(ids.begin(), ids.end(), 0);
  }
  std::erase_if(ids, [&](int32_t id) { return std::binary_search(excluded.begin(), excluded.end(), id); });
  const auto listed = static_cast<ptrdiff_t>(ids.size());
  ids.insert(ids.end(), required.begin(), required.end());
  ids.push_back(head.vocabulary.end());
  std::sort(ids.begin() + listed, ids.end());
  std::inplace_merge(ids.begin(), ids.begin() + listed, ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

using Found = std::vector<std::vector<std::vector<SearchResult>>>;  // [job][sentence][hypothesis]

// Where something had to be put at the end, a second try lets the alignment head alone place it. The second is taken
// if it came out better placed.
Result<void> try_again(Scheduler& scheduler, const PackedModel& model, std::span<const std::vector<int32_t>> sources,
                       std::span<const HeadJob> jobs, const SearchOptions& options, std::stop_token stop,
                       Found& found) {
  for (size_t j = 0; j < jobs.size(); ++j) {
    std::vector<HeadJob> again(1);
    again[0].head = jobs[j].head;
    std::vector<std::vector<int32_t>> again_sources;
    std::vector<size_t> places;
    for (size_t s = 0; s < sources.size(); ++s) {
      if (!found[j][s].front().late) continue;
      places.push_back(s);
      again_sources.push_back(sources[s]);
      again[0].sentences.push_back(jobs[j].sentences[s]);
      again[0].sentences.back().rules->make_eager();
    }
    if (places.empty()) continue;
    KABAR_ASSIGN(Found second, scheduler.run(model, again_sources, again, options, stop));
    for (size_t i = 0; i < places.size(); ++i) {
      if (!second[0][i].front().late) found[j][places[i]] = std::move(second[0][i]);
    }
  }
  return {};
}

}  // namespace

Result<std::vector<std::vector<Hypothesis>>> run_pass(Scheduler& scheduler, const PackedModel& model,
                                                      std::span<const Sentence> sentences,
                                                      std::span<const PassTarget> targets, const SearchOptions& options,
                                                      int others, std::stop_token stop) {
  const Vocabulary& vocabulary = model.model->source_vocabulary;
  std::vector<std::vector<EncodedPiece>> pieces(sentences.size());
  for (size_t s = 0; s < sentences.size(); ++s) pieces[s] = vocabulary.encode(sentences[s].text);
  KABAR_ASSIGN(const std::vector<std::vector<int32_t>> sources, token_ids(vocabulary, pieces));

  const SentenceConstraints none;
  std::vector<HeadJob> jobs;
  for (const PassTarget& target : targets) {
    const ModelHead& head = model.model->heads[static_cast<size_t>(target.head)];
    HeadJob& job = jobs.emplace_back();
    job.head = target.head;
    const PackedModel::ReadyHead& ready = model.ready_head(target.head);
    for (size_t s = 0; s < sentences.size(); ++s) {
      const SentenceConstraints& constraints = target.constraints.empty() ? none : target.constraints[s];
      auto rules =
          SentenceRules::make(sentences[s], constraints, pieces[s], head.vocabulary, ready.placeholders, head.language);
      if (!rules) return fail(rules.error().kind, fmt::format("sentence {}", s + 1), rules.error().message);
      SearchSentence& sentence = job.sentences.emplace_back();
      sentence.empty = pieces[s].empty();
      sentence.hints = token_hints(constraints.hints, pieces[s], head.vocabulary, head.language);
      std::vector<int32_t> needed = rules->tokens();
      append_tokens(sentence.hints, needed);
      sentence.candidates =
          candidates_of(head, sources[s], needed, sentences[s].figures ? std::span<const int32_t>() : ready.digits);
      if (!rules->empty()) sentence.rules = std::move(*rules);
    }
  }

  KABAR_ASSIGN(Found found, scheduler.run(model, sources, jobs, options, stop));
  KABAR_TRY(try_again(scheduler, model, sources, jobs, options, stop, found));
  std::vector<std::vector<Hypothesis>> hypotheses(targets.size());
  for (size_t t = 0; t < targets.size(); ++t) {
    const ModelHead& head = model.model->heads[static_cast<size_t>(targets[t].head)];
    for (size_t s = 0; s < sentences.size(); ++s) {
      Hypothesis& best = hypotheses[t].emplace_back();
      if (pieces[s].empty()) continue;
      const std::vector<SearchResult>& results = found[t][s];
      best = to_hypothesis(results.front(), head.vocabulary, pieces[s]);
      for (size_t i = 1; i < results.size() && i <= static_cast<size_t>(others); ++i) {
        best.others.push_back(to_hypothesis(results[i], head.vocabulary, pieces[s]));
      }
    }
  }
  return hypotheses;
}

Result<std::vector<std::vector<std::vector<DecodedHypothesis>>>> decode_lines(
    Scheduler& scheduler, const PackedModel& model, std::span<const int> heads, std::span<const std::string> lines,
    std::span<const std::string> prefixes, const SearchOptions& options, std::stop_token stop) {
  const Vocabulary& vocabulary = model.model->source_vocabulary;
  std::vector<std::vector<EncodedPiece>> pieces;
  for (const std::string& line : lines) pieces.push_back(vocabulary.encode(line));
  KABAR_ASSIGN(const std::vector<std::vector<int32_t>> sources, token_ids(vocabulary, pieces));
  std::vector<HeadJob> jobs;
  for (const int head : heads) {
    const ModelHead& model_head = model.model->heads[static_cast<size_t>(head)];
    HeadJob& job = jobs.emplace_back();
    job.head = head;
    for (size_t s = 0; s < sources.size(); ++s) {
      SearchSentence& sentence = job.sentences.emplace_back();
      if (s < prefixes.size()) {
        for (const EncodedPiece& piece : model_head.vocabulary.encode(prefixes[s])) sentence.prefix.push_back(piece.id);
      }
      sentence.candidates = candidates_of(model_head, sources[s], sentence.prefix);
      sentence.empty = sources[s].size() == 1;
    }
  }

  KABAR_ASSIGN(const Found found, scheduler.run(model, sources, jobs, options, stop));
  std::vector<std::vector<std::vector<DecodedHypothesis>>> decoded(jobs.size());
  for (size_t j = 0; j < jobs.size(); ++j) {
    const Vocabulary& target = model.model->heads[static_cast<size_t>(jobs[j].head)].vocabulary;
    decoded[j].resize(lines.size());
    for (size_t s = 0; s < lines.size(); ++s) {
      for (const SearchResult& result : found[j][s]) decoded[j][s].push_back(to_decoded(result, target));
    }
  }
  return decoded;
}

}  // namespace kabar::mt
