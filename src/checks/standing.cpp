#include "checks/standing.h"

#include <algorithm>

namespace kabar::checks {
namespace {

using Points = std::u32string_view;

constexpr size_t kStemMin = 4;    // letters of a Latin stem
constexpr size_t kEndingMax = 3;  // letters that an ending may change
constexpr size_t kArabicStemMin = 3;
constexpr size_t kArabicEndingMax = 2;
constexpr size_t kWordMin = 3;  // shorter words of a rendering are particles, if it has longer ones

// Without "and", prepositions of one letter and what they leave of the article.
Points arabic_stem(Points word) {
  static constexpr Points kPrefixes[] = {U"وال", U"بال", U"فال", U"كال", U"لل", U"ال", U"و", U"ف", U"ب", U"ل", U"س"};
  for (const Points prefix : kPrefixes) {
    if (word.starts_with(prefix) && word.size() >= prefix.size() + kArabicStemMin) return word.substr(prefix.size());
  }
  return word;
}

std::vector<Points> words_of(Points text) {
  std::vector<Points> words;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && terms::is_word_point(text[end])) ++end;
    if (end > at) words.push_back(text.substr(at, end - at));
    at = std::max(end, at + 1);
  }
  return words;
}

// Without articles and particles, unless there is nothing else.
std::vector<Points> full_words_of(Points text) {
  std::vector<Points> words = words_of(text);
  const auto is_short = [](Points word) { return word.size() < kWordMin; };
  if (!std::all_of(words.begin(), words.end(), is_short)) std::erase_if(words, is_short);
  return words;
}

Points stem_of(Points word, Language language) {
  if (language == Language::ar) {
    word = arabic_stem(word);
    return word.substr(0, std::max(kArabicStemMin, word.size() - std::min(word.size(), kArabicEndingMax)));
  }
  return word.substr(0, std::max(kStemMin, word.size() - std::min(word.size(), kEndingMax)));
}

bool is_han(char32_t point) { return point >= 0x3400 && point <= 0x9FFF; }

// 地震発生 stands in 発生した地震.
bool has_most_of(Points text, Points rendering) {
  if (text.find(rendering) != Points::npos) return true;
  const auto han = std::count_if(rendering.begin(), rendering.end(), is_han);
  const auto found = std::count_if(rendering.begin(), rendering.end(),
                                   [&](char32_t point) { return is_han(point) && text.find(point) != Points::npos; });
  return han > 0 && found * 3 >= han * 2;
}

}  // namespace

Standing::Standing(const terms::Folded& text, Language language) : text_(text), language_(language) {
  if (terms::is_unspaced(language)) return;
  const Points points = text.points;
  for (Points word : words_of(points)) {
    const auto begin = static_cast<size_t>(word.data() - points.data());
    spans_.push_back(text.span(begin, begin + word.size()));
    words_.push_back(language == Language::ar ? arabic_stem(word) : word);
  }
}

bool Standing::has(std::string_view rendering) const {
  const terms::Folded folded = terms::fold(rendering, language_);
  if (terms::is_unspaced(language_)) return has_most_of(text_.points, folded.points);
  const std::vector<Points> words = full_words_of(folded.points);
  return !words.empty() && std::all_of(words.begin(), words.end(), [&](Points word) {
    const Points stem = stem_of(word, language_);
    return std::any_of(words_.begin(), words_.end(), [&](Points other) { return other.starts_with(stem); });
  });
}

std::vector<Span> Standing::places(std::string_view rendering) const {
  std::vector<Span> places;
  const terms::Folded folded = terms::fold(rendering, language_);
  if (terms::is_unspaced(language_)) {
    const std::u32string& text = text_.points;
    for (size_t at = text.find(folded.points); at != std::u32string::npos; at = text.find(folded.points, at + 1)) {
      places.push_back(text_.span(at, at + folded.points.size()));
    }
    return places;
  }
  const std::vector<Points> words = full_words_of(folded.points);
  if (words.size() != 1) return places;
  const Points stem = stem_of(words[0], language_);
  for (size_t i = 0; i < words_.size(); ++i) {
    // "house" stands in "houses" but not in "household".
    if (words_[i].starts_with(stem) && words_[i].size() <= words[0].size() + kEndingMax) places.push_back(spans_[i]);
  }
  return places;
}

bool Standing::share_word(std::string_view a, std::string_view b, Language language) {
  const terms::Folded first = terms::fold(a, language), second = terms::fold(b, language);
  if (terms::is_unspaced(language)) {
    return std::any_of(first.points.begin(), first.points.end(), [&](char32_t point) {
      return terms::is_word_point(point) && second.points.find(point) != std::u32string::npos;
    });
  }
  const std::vector<Points> words = full_words_of(first.points), others = full_words_of(second.points);
  return std::any_of(words.begin(), words.end(), [&](Points word) {
    return std::any_of(others.begin(), others.end(), [&](Points other) {
      // "board" is said in "scoreboard".
      return other.find(stem_of(word, language)) != Points::npos || word.starts_with(stem_of(other, language));
    });
  });
}

}  // namespace kabar::checks
