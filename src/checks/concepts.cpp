#include "checks/concepts.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"

namespace kabar::checks {
namespace {

constexpr std::string_view kNeededColumns[] = {"concept", "theme"};
constexpr std::string_view kFixedColumns[] = {"concept", "theme", "lost", "added", "opposite"};

// A name such as "Antara" must not be found in small letters, where it means "between".
bool has_capital(std::string_view phrase) {
  return std::any_of(phrase.begin(), phrase.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Weight weight_of(char mark) {
  switch (mark) {
    case '+':
      return Weight::firm;
    case '!':
      return Weight::noted;
    case '~':
      return Weight::soft;
    case '-':
      return Weight::mask;
    default:
      return Weight::hard;
  }
}

bool has_letter(std::string_view phrase) {
  const std::u32string points = decode_utf8(phrase);
  return std::any_of(points.begin(), points.end(), [](char32_t point) { return terms::is_word_point(point); });
}

}  // namespace

int Concepts::find(std::string_view id) const {
  const auto found = numbers_.find(id);
  return found == numbers_.end() ? -1 : found->second;
}

Result<void> Concepts::add(const terms::Table& table, std::string_view name, std::optional<Language> only) {
  for (std::string_view column : kNeededColumns) {
    if (table.column(column) < 0) {
      return fail(ErrorKind::bad_input, std::string(name), fmt::format("column '{}' is missing", column));
    }
  }
  for (size_t i = 0; i < table.rows.size(); ++i) {
    const std::string place = fmt::format("{}:{}", name, table.lines[i]);
    const auto cell = [&](std::string_view column) {
      const int number = table.column(column);
      return number < 0 ? std::string() : table.rows[i][static_cast<size_t>(number)];
    };
    Concept item;
    item.id = cell("concept");
    item.theme = cell("theme");
    item.lost = parse_severity(cell("lost"));
    item.added = parse_severity(cell("added"));
    if (item.id.empty() || find(item.id) >= 0) {
      return fail(ErrorKind::bad_input, place, fmt::format("concept '{}' is empty or occurs twice", item.id));
    }
    const int number = static_cast<int>(concepts_.size());
    for (const std::string& opposite : terms::split_values(cell("opposite"))) opposites_.emplace_back(number, opposite);
    numbers_.emplace(item.id, number);
    concepts_.push_back(std::move(item));
    for (size_t column = 0; column < table.columns.size(); ++column) {
      const std::string& heading = table.columns[column];
      if (std::find(std::begin(kFixedColumns), std::end(kFixedColumns), heading) != std::end(kFixedColumns)) continue;
      const std::optional<Language> language = Language::parse(heading);
      if (!language) return fail(ErrorKind::bad_input, std::string(name), fmt::format("unknown column '{}'", heading));
      if (only && language != only) continue;
      Words& words = words_.try_emplace(*language, *language).first->second;
      for (std::string phrase : terms::split_values(table.rows[i][column])) {
        const Weight weight = weight_of(phrase[0]);
        if (weight != Weight::hard) phrase.erase(0, 1);
        if (!has_letter(phrase)) return fail(ErrorKind::bad_input, place, fmt::format("'{}' has no letter", phrase));
        words.index.add(phrase, static_cast<int>(words.phrases.size()), has_capital(phrase));
        const auto stars = static_cast<size_t>(std::count(phrase.begin(), phrase.end(), '*'));
        words.phrases.push_back({number, weight, phrase.size() - stars});
      }
    }
  }
  return {};
}

Result<void> Concepts::build() {
  for (const auto& [number, name] : opposites_) {
    const int opposite = find(name);
    if (opposite < 0)
      return fail(ErrorKind::bad_input, concepts_[static_cast<size_t>(number)].id,
                  fmt::format("there is no concept '{}' to be its opposite", name));
    concepts_[static_cast<size_t>(number)].opposites.push_back(opposite);
  }
  for (auto& [language, words] : words_) words.index.build();
  return {};
}

std::vector<ConceptHit> Concepts::hits(const terms::Folded& text, Language language) const {
  const auto here = words_.find(language);
  if (here == words_.end()) return {};
  const std::vector<Phrase>& phrases = here->second.phrases;
  std::vector<terms::PhraseMatch> matches = here->second.index.find(text);
  std::vector<ConceptHit> hits;
  size_t longest = 0;
  for (const terms::PhraseMatch& match : matches) longest = std::max(longest, match.end - match.begin);
  for (auto match = matches.begin(); match != matches.end(); ++match) {
    const Phrase& phrase = phrases[static_cast<size_t>(match->id)];
    if (phrase.weight == Weight::mask) continue;
    const size_t size = match->end - match->begin;
    const auto covers = [&](const terms::PhraseMatch& other) {
      const Phrase& over = phrases[static_cast<size_t>(other.id)];
      if (over.concept_number != phrase.concept_number || match->begin >= other.end) return false;
      // "bukannya" is also "bukan" with an ending, "notes" also "not": the phrase that says more of it knows better.
      const size_t other_size = other.end - other.begin;
      return other_size > size || (other_size == size && over.size > phrase.size);
    };
    // They are in order of their begin: only neighbours overlap.
    bool covered = false;
    for (auto other = match; !covered && other != matches.end() && other->begin < match->end; ++other) {
      covered = covers(*other);
    }
    for (auto other = match; !covered && other != matches.begin() && (other - 1)->begin + longest > match->begin;) {
      covered = covers(*--other);
    }
    if (covered) continue;
    hits.push_back({phrase.concept_number, phrase.weight, text.span(match->begin, match->end)});
  }
  return hits;
}

}  // namespace kabar::checks
