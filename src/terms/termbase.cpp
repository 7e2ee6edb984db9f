#include "terms/termbase.h"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "base/utf8.h"

namespace kabar::terms {
namespace {

bool has_capital(std::string_view text) {
  while (!text.empty()) {
    if (is_upper_point(take_point(text))) return true;
  }
  return false;
}

// "WHO" must not be found in "who": abbreviations keep their capitals in every language.
bool is_abbreviation(std::string_view text) {
  int letters = 0;
  while (!text.empty()) {
    const char32_t point = take_point(text);
    if (is_upper_point(point)) {
      ++letters;
    } else if (is_word_point(point) && !is_digit_point(point)) {
      return false;
    }
  }
  return letters >= 2;
}

}  // namespace

Termbase::Termbase() : terms_(std::make_shared<const TermList>()), forms_(Language::id), context_words_(Language::id) {
  forms_.build();
  context_words_.build();
}

Result<Termbase> Termbase::make(TermList list, Language source) {
  Termbase base;
  base.source_ = source;
  base.terms_ = std::make_shared<const TermList>(std::move(list));
  base.forms_ = PhraseIndex(source);
  base.context_words_ = PhraseIndex(source);
  std::vector<std::pair<size_t, size_t>> ids;  // the hash of an id, the number of its entry
  ids.reserve(base.terms_->size());
  TermForms entry;
  for (size_t number = 0; number < base.terms_->size(); ++number) {
    base.terms_->read_forms(number, entry);
    ids.emplace_back(std::hash<std::string_view>()(entry.id), number);
    for (std::string_view form : entry.forms) {
      const bool capital = has_capital(form);
      base.forms_.add(form, static_cast<int>(base.form_terms_.size()), capital);
      base.form_terms_.push_back({static_cast<int>(number), capital});
    }
    for (std::string_view word : entry.context) base.context_words_.add(word, static_cast<int>(number), false);
  }
  std::sort(ids.begin(), ids.end());
  for (size_t i = 1; i < ids.size(); ++i) {
    if (ids[i].first != ids[i - 1].first || base.terms()[ids[i].second].id != base.terms()[ids[i - 1].second].id)
      continue;
    return fail(ErrorKind::bad_input, base.terms_->place(ids[i].second),
                fmt::format("the id '{}' occurs twice", base.terms()[ids[i].second].id));
  }
  for (Language language : base.terms_->languages()) {
    base.renderings_[language] = std::make_shared<const Lazy<Renderings>>(
        [terms = base.terms_, language] { return index_renderings(*terms, language); });
  }
  base.forms_.build();
  base.context_words_.build();
  return base;
}

Termbase::Renderings Termbase::index_renderings(const TermList& terms, Language language) {
  Renderings renderings{PhraseIndex(language), {}};
  TermRenderings entry;
  for (size_t number = 0; number < terms.size(); ++number) {
    terms.read_renderings(number, language, entry);
    const auto add = [&](std::string_view text, int variant, bool wrong) {
      renderings.index.add(text, static_cast<int>(renderings.variants.size()), is_abbreviation(text));
      renderings.variants.push_back({static_cast<int>(number), variant, wrong});
    };
    for (size_t i = 0; i < entry.right.size(); ++i) add(entry.right[i], static_cast<int>(i), false);
    for (size_t i = 0; i < entry.wrong.size(); ++i) add(entry.wrong[i], static_cast<int>(i), true);
    if (!entry.first.empty()) add(entry.first, -1, false);
  }
  renderings.index.build();
  return renderings;
}

bool Termbase::holds(const Term& term, const TermContext& context) const {
  if (context.year != 0 && term.since != 0 && context.year < term.since) return false;
  if (context.year != 0 && term.until != 0 && context.year > term.until) return false;
  return term.scope.empty() || context.section.empty() ||
         std::find(term.scope.begin(), term.scope.end(), context.section) != term.scope.end();
}

std::vector<TermMatch> Termbase::find_terms(const Folded& source, const TermContext& context) const {
  std::vector<PhraseMatch> matches = forms_.find(source);
  if (matches.empty()) return {};
  // The longest first; of equally long ones the earlier.
  std::sort(matches.begin(), matches.end(), [](const PhraseMatch& a, const PhraseMatch& b) {
    const size_t a_size = a.end - a.begin, b_size = b.end - b.begin;
    return a_size != b_size ? a_size > b_size : a.begin != b.begin ? a.begin < b.begin : a.id < b.id;
  });
  std::vector<PhraseMatch> words = context_words_.find(source);
  const size_t own_words = words.size();
  if (!context.before.empty()) {
    const std::vector<PhraseMatch> before = context_words_.find(fold(context.before, source_));
    words.insert(words.end(), before.begin(), before.end());
  }
  std::vector<TermMatch> found;
  std::vector<PhraseMatch> taken;
  for (size_t i = 0; i < matches.size();) {
    size_t same = i + 1;
    const PhraseMatch& place = matches[i];
    while (same < matches.size() && matches[same].begin == place.begin && matches[same].end == place.end) ++same;
    const bool covered = std::any_of(taken.begin(), taken.end(), [&](const PhraseMatch& other) {
      return place.begin < other.end && other.begin < place.end;
    });
    // "Minggu malam": in the middle of a sentence a capital means the entry that is written with one.
    const auto form_of = [&](size_t match) -> const Form& {
      return form_terms_[static_cast<size_t>(matches[match].id)];
    };
    bool capital = false;
    for (size_t candidate = i; candidate < same; ++candidate) capital = capital || form_of(candidate).capital;
    const Term* best = nullptr;
    int best_score = -1;
    int senses = 0;
    for (size_t candidate = i; candidate < same && !covered; ++candidate) {
      if (capital && place.begin > 0 && !form_of(candidate).capital) continue;
      const int number = form_of(candidate).term;
      const Term& term = (*terms_)[static_cast<size_t>(number)];
      if (!holds(term, context) || &term == best) continue;
      ++senses;
      int score = 0;
      for (size_t word = 0; word < words.size(); ++word) {
        const bool itself = word < own_words && words[word].begin < place.end && place.begin < words[word].end;
        if (words[word].id == number && !itself) ++score;
      }
      if (score == 0 && !term.context.empty()) continue;
      if (score > best_score) best = &term, best_score = score;
    }
    if (!covered) taken.push_back(place);
    if (best != nullptr) {
      found.push_back({best, source.span(place.begin, place.end), senses == 1 || best_score > 0});
    }
    i = same;
  }
  std::sort(found.begin(), found.end(), [](const TermMatch& a, const TermMatch& b) { return a.span < b.span; });
  return found;
}

std::vector<RenderingMatch> Termbase::find_renderings(const Folded& target, Language language) const {
  const auto here = renderings_.find(language);
  if (here == renderings_.end()) return {};
  const Renderings& renderings = here->second->get();
  std::vector<RenderingMatch> found;
  for (const PhraseMatch& match : renderings.index.find(target)) {
    const Variant& variant = renderings.variants[static_cast<size_t>(match.id)];
    found.push_back({&(*terms_)[static_cast<size_t>(variant.term)], variant.wrong, variant.number,
                     target.span(match.begin, match.end)});
  }
  return found;
}

}  // namespace kabar::terms
