#include "checks/nations.h"

#include <algorithm>

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "base/utf8.h"

namespace kabar::checks {
namespace {

constexpr Language kLanguages[] = {Language::id, Language::en, Language::zh, Language::ja, Language::ar, Language::fr};

// Countries whose names are also everyday words, first names or parts of other names somewhere.
constexpr std::string_view kAmbiguous[] = {"chad",   "mali",     "niger",  "togo",  "jordan", "georgia", "cuba", "oman",
                                           "guinea", "dominica", "monaco", "malta", "مالي",   "日",      "中",   "米"};

std::string country_name(const std::string& code, Language language) {
  icu::UnicodeString name;
  icu::Locale("", code.c_str()).getDisplayCountry(icu::Locale(language.code().c_str()), name);
  std::string out;
  name.toUTF8String(out);
  return out == code ? std::string() : out;
}

bool is_hard(const std::string& word) {
  if (count_points(word) < 2) return false;  // 美, 米
  const std::u32string folded = terms::fold(word, Language()).points;
  return std::none_of(std::begin(kAmbiguous), std::end(kAmbiguous),
                      [&](std::string_view other) { return terms::fold(other, Language()).points == folded; });
}

bool starts_with_capital(const std::string& word) {
  const std::u32string points = decode_utf8(word);
  return !points.empty() && terms::is_upper_point(points[0]);
}

bool is_capitals(const std::string& word) {
  return word.size() >= 2 &&
         std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; });
}

}  // namespace

Result<Nations> Nations::make(const terms::Table& table, std::string_view name) {
  Nations nations;
  const int code_column = table.column("code");
  if (code_column < 0) return fail(ErrorKind::bad_input, std::string(name), "column 'code' is missing");
  std::map<std::string, int> numbers;
  const auto number_of = [&](const std::string& code) {
    const auto [entry, added] = numbers.try_emplace(code, static_cast<int>(nations.codes_.size()));
    if (added) nations.codes_.push_back(code);
    return entry->second;
  };
  const auto add = [&](Language language, int nation, std::string word) {
    // "~": may be something else as well. Our own country is understood and never missed.
    const bool soft = word[0] == '~' || nations.codes_[static_cast<size_t>(nation)] == "ID";
    if (word[0] == '~') word.erase(0, 1);
    Words& words = nations.words_.try_emplace(language, language).first->second;
    // "turkey", "us" and "la réunion" in small letters are no countries.
    const bool same_case = is_capitals(word) || starts_with_capital(word);
    words.index.add(word, static_cast<int>(words.words.size()), same_case && word.find('*') == std::string::npos);
    words.words.push_back({nation, !soft && is_hard(word)});
  };
  for (const char* const* country = icu::Locale::getISOCountries(); *country != nullptr; ++country) {
    const std::string code(*country);
    if (code == "AQ") continue;  // Antarctica is no nation
    for (Language language : kLanguages) {
      std::string word = country_name(code, language);
      // CLDR's clarifications in brackets: "Myanmar (Burma)".
      const size_t bracket = std::min({word.find(" ("), word.find("（"), word.find("(")});
      word = word.substr(0, bracket);
      if (!word.empty()) add(language, number_of(code), word);
    }
  }
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const int nation = number_of(table.rows[row][static_cast<size_t>(code_column)]);
    for (size_t column = 0; column < table.columns.size(); ++column) {
      if (static_cast<int>(column) == code_column) continue;
      const std::optional<Language> language = Language::parse(table.columns[column]);
      if (!language) {
        return fail(ErrorKind::bad_input, std::string(name), fmt::format("unknown column '{}'", table.columns[column]));
      }
      for (const std::string& word : terms::split_values(table.rows[row][column])) add(*language, nation, word);
    }
  }
  for (auto& [language, words] : nations.words_) words.index.build();
  return nations;
}

std::vector<NationHit> Nations::find(const terms::Folded& text, Language language) const {
  const auto here = words_.find(language);
  if (here == words_.end()) return {};
  const std::vector<terms::PhraseMatch> matches = here->second.index.find(text);
  std::vector<NationHit> hits;
  for (const terms::PhraseMatch& match : matches) {
    const Word& word = here->second.words[static_cast<size_t>(match.id)];
    // "Guinea" inside "Papua New Guinea": the longer name wins, over all nations.
    const bool covered = std::any_of(matches.begin(), matches.end(), [&](const terms::PhraseMatch& other) {
      return other.begin < match.end && match.begin < other.end && other.end - other.begin > match.end - match.begin;
    });
    hits.push_back({word.nation, word.hard && !covered, text.span(match.begin, match.end)});
  }
  return hits;
}

}  // namespace kabar::checks
