#include "train/masking.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/utf8.h"
#include "mt/placeholder.h"
#include "text/facts/fact.h"

namespace kabar::train {
namespace {

using Candidate = Masker::Candidate;
using Texts = Masker::Texts;
using text::Fact;
using text::FactKind;

constexpr size_t kStart = 4;  // letters of a form by which terms are found

// As translate/protect.cpp does it.
char placeholder_kind(FactKind kind) {
  switch (kind) {
    case FactKind::percent:
      return 'P';
    case FactKind::money:
      return 'M';
    case FactKind::date:
      return 'D';
    case FactKind::time:
      return 'T';
    case FactKind::url:
    case FactKind::email:
    case FactKind::handle:
    case FactKind::hashtag:
      return 'C';
    case FactKind::number:
    case FactKind::score:
    case FactKind::range:
      return 'N';
  }
  return 'N';
}

bool has_figure(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The facts that the product takes out of a source sentence.
std::vector<Fact> maskable_facts(std::string_view source, Language language) {
  if (!has_figure(source) && source.find_first_of("@#:") == std::string_view::npos) return {};
  std::vector<Fact> facts = text::find_facts(source, language);
  std::erase_if(facts, [](const Fact& fact) { return placeholder_kind(fact.kind) != 'C' && !has_figure(fact.text); });
  return facts;
}

// The one fact that is the same as `fact`, or null if there is none or more than one.
const Fact* only_same(const Fact& fact, const std::vector<Fact>& facts) {
  const Fact* found = nullptr;
  for (const Fact& other : facts) {
    if (!text::same_fact(fact, other)) continue;
    if (found) return nullptr;
    found = &other;
  }
  return found;
}

bool is_letter(char32_t c) { return u_isalnum(static_cast<UChar32>(c)); }

constexpr std::u32string_view kClitics = U"وبلكف";

// The one place where `form` stands in `text` as a word; nothing if it stands there more than once. In Chinese and
// Japanese words have no borders; in Arabic a word may have one letter put before it ("and", "in", "for").
std::optional<Span> only_place(std::u32string_view text, std::u32string_view form, Language language) {
  const bool borders = language != Language::zh && language != Language::ja;
  std::optional<Span> found;
  for (size_t at = text.find(form); at != std::u32string_view::npos; at = text.find(form, at + 1)) {
    const size_t end = at + form.size();
    size_t before = at;
    if (language == Language::ar && before > 0 && kClitics.find(text[before - 1]) != kClitics.npos) --before;
    const bool whole = (before == 0 || !is_letter(text[before - 1])) && (end == text.size() || !is_letter(text[end]));
    if (borders && !whole) continue;
    if (found) return std::nullopt;
    found = Span{static_cast<int>(at), static_cast<int>(end)};
  }
  return found;
}

void add_facts(const Example& example, std::vector<Candidate>& candidates) {
  const std::vector<Fact> facts = maskable_facts(example.source, kSources[example.source_language]);
  if (facts.empty()) return;
  std::array<std::vector<Fact>, kHeads.size()> there;
  // A translation may write in words what the source writes in figures: "3 orang", "three people".
  for (size_t head = 0; head < kHeads.size(); ++head) {
    if (!example.targets[head].empty()) there[head] = text::find_facts(example.targets[head], kHeads[head]);
  }
  for (const Fact& fact : facts) {
    if (!only_same(fact, facts)) continue;
    Candidate candidate{fact.span, placeholder_kind(fact.kind), {}};
    for (size_t head = 0; head < kHeads.size(); ++head) {
      const Fact* same = only_same(fact, there[head]);
      if (!same || placeholder_kind(same->kind) != candidate.kind) continue;
      Span span = same->span;
      // 第3条 for "Pasal 3": the figure is masked and the sign that makes it an ordinal stays.
      if (!fact.ordinal && same->text.starts_with("第")) ++span.begin;
      candidate.there[head] = span;
    }
    candidates.push_back(candidate);
  }
}

// Words of two to eight capital letters, which newspapers keep in every script: "KPK".
void add_acronyms(const Texts& texts, std::vector<Candidate>& candidates) {
  const std::u32string_view source = texts.source;
  for (size_t begin = 0; begin < source.size(); ++begin) {
    if (begin > 0 && is_letter(source[begin - 1])) continue;
    size_t end = begin;
    while (end < source.size() && source[end] >= U'A' && source[end] <= U'Z') ++end;
    if (end - begin < 2 || end - begin > 8 || (end < source.size() && is_letter(source[end]))) continue;
    const std::u32string_view word = source.substr(begin, end - begin);
    Candidate candidate{{static_cast<int>(begin), static_cast<int>(end)}, 'X', {}};
    if (only_place(source, word, Language::en)) {
      for (size_t head = 0; head < kHeads.size(); ++head) {
        candidate.there[head] = only_place(texts.targets[head], word, Language::en);
      }
      candidates.push_back(candidate);
    }
    begin = end;
  }
}

std::string replace_spans(std::u32string_view text, const std::map<Span, std::string>& replacements) {
  std::string out;
  int done = 0;
  for (const auto& [span, replacement] : replacements) {
    out += encode_utf8(text.substr(static_cast<size_t>(done), static_cast<size_t>(span.begin - done)));
    out += replacement;
    done = span.end;
  }
  return out + encode_utf8(text.substr(static_cast<size_t>(done)));
}

// Of overlapping candidates the earlier in the list stays; then in source order.
void sort_out(std::vector<Candidate>& candidates) {
  std::vector<Candidate> kept;
  const auto clash = [](const Candidate& a, const Candidate& b) {
    if (a.source.overlaps(b.source)) return true;
    for (size_t head = 0; head < kHeads.size(); ++head) {
      if (a.there[head] && b.there[head] && a.there[head]->overlaps(*b.there[head])) return true;
    }
    return false;
  };
  for (const Candidate& candidate : candidates) {
    if (std::none_of(kept.begin(), kept.end(), [&](const Candidate& k) { return clash(k, candidate); })) {
      kept.push_back(candidate);
    }
  }
  std::sort(kept.begin(), kept.end(),
            [](const Candidate& a, const Candidate& b) { return a.source.begin < b.source.begin; });
  candidates = std::move(kept);
}

bool has_target(const Example& example) {
  return std::any_of(example.targets.begin(), example.targets.end(), [](const auto& text) { return !text.empty(); });
}

// Splits `example` into the heads that have all of `candidates` and the rest.
std::vector<Example> apply(const Example& example, const Texts& texts, const std::vector<Candidate>& candidates,
                           const std::vector<std::string>& placeholders) {
  Example masked = example;
  Example plain = example;
  std::map<Span, std::string> in_source;
  for (size_t i = 0; i < candidates.size(); ++i) in_source[candidates[i].source] = placeholders[i];
  masked.source = replace_spans(texts.source, in_source);
  for (size_t head = 0; head < kHeads.size(); ++head) {
    if (example.targets[head].empty()) continue;
    std::map<Span, std::string> in_target;
    for (size_t i = 0; i < candidates.size(); ++i) {
      if (candidates[i].there[head]) in_target[*candidates[i].there[head]] = placeholders[i];
    }
    if (in_target.size() == candidates.size()) {
      masked.targets[head] = replace_spans(texts.targets[head], in_target);
      plain.targets[head].clear();
    } else {
      masked.targets[head].clear();
    }
  }
  std::vector<Example> result;
  if (has_target(masked)) result.push_back(std::move(masked));
  if (has_target(plain)) result.push_back(std::move(plain));
  return result;
}

}  // namespace

Masker::Masker(std::vector<TermForms> terms) : terms_(std::move(terms)) {
  for (size_t source = 0; source < kSources.size(); ++source) {
    for (size_t term = 0; term < terms_.size(); ++term) {
      for (const std::u32string& form : terms_[term].sources[source]) {
        by_start_[source][form.substr(0, kStart)].push_back({term, form});
      }
    }
    // The longest form first: "Jawa Timur" before "Jawa".
    for (auto& [start, forms] : by_start_[source]) {
      std::stable_sort(forms.begin(), forms.end(),
                       [](const SourceForm& a, const SourceForm& b) { return a.form.size() > b.form.size(); });
    }
  }
}

void Masker::add_terms(int source_language, const Texts& texts, std::vector<Candidate>& candidates) const {
  const std::u32string_view source = texts.source;
  const Language language = kSources[static_cast<size_t>(source_language)];
  const auto& by_start = by_start_[static_cast<size_t>(source_language)];
  for (size_t begin = 0; begin < source.size(); ++begin) {
    if (begin > 0 && is_letter(source[begin - 1])) continue;
    const auto found = by_start.find(std::u32string(source.substr(begin, kStart)));
    if (found == by_start.end()) continue;
    for (const SourceForm& form : found->second) {
      const std::optional<Span> place = only_place(source, form.form, language);
      if (!place || place->begin != static_cast<int>(begin)) continue;
      Candidate candidate{*place, 'X', {}};
      for (size_t head = 0; head < kHeads.size(); ++head) {
        for (const std::u32string& rendering : terms_[form.term].targets[head]) {
          candidate.there[head] = only_place(texts.targets[head], rendering, kHeads[head]);
          if (candidate.there[head]) break;
        }
      }
      candidates.push_back(candidate);
      begin = static_cast<size_t>(place->end) - 1;
      break;
    }
  }
}

std::vector<Example> Masker::mask(const Example& example) const {
  Texts texts;
  texts.source = decode_utf8(example.source);
  for (size_t head = 0; head < kHeads.size(); ++head) texts.targets[head] = decode_utf8(example.targets[head]);

  std::vector<Candidate> candidates;
  add_facts(example, candidates);
  add_terms(example.source_language, texts, candidates);
  add_acronyms(texts, candidates);
  sort_out(candidates);

  const auto head_count = std::count_if(example.targets.begin(), example.targets.end(),
                                        [](const std::string& text) { return !text.empty(); });
  std::map<char, int> used;
  std::vector<std::string> placeholders;
  std::erase_if(candidates, [&](const Candidate& candidate) {
    const auto with = std::count_if(candidate.there.begin(), candidate.there.end(), [](const auto& t) { return !!t; });
    if (with * 2 < head_count || used[candidate.kind] == mt::kPlaceholdersPerKind) return true;
    placeholders.push_back(mt::to_string({candidate.kind, used[candidate.kind]++}));
    return false;
  });
  if (candidates.empty()) return {example};
  return apply(example, texts, candidates, placeholders);
}

bool has_placeholder(std::string_view text) {
  for (size_t at = text.find("\u27E6"); at != std::string_view::npos; at = text.find("\u27E6", at + 1)) {
    if (mt::parse_placeholder(text.substr(at))) return true;
  }
  return false;
}

}  // namespace kabar::train
