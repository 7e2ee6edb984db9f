#include "checks/word_coverage.h"

#include <algorithm>
#include <string_view>

#include "base/utf8.h"
#include "checks/reading.h"

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

Points stem_of(Points word, Language language) {
  if (language == Language::ar) {
    word = arabic_stem(word);
    return word.substr(0, std::max(kArabicStemMin, word.size() - std::min(word.size(), kArabicEndingMax)));
  }
  return word.substr(0, std::max(kStemMin, word.size() - std::min(word.size(), kEndingMax)));
}

bool is_han(char32_t point) { return point >= 0x3400 && point <= 0x9FFF; }

// The translation as renderings are looked for in it.
class Target {
 public:
  Target(Points text, Language language) : text_(text), language_(language) {
    if (terms::is_unspaced(language)) return;
    words_ = words_of(text);
    if (language == Language::ar) std::transform(words_.begin(), words_.end(), words_.begin(), arabic_stem);
  }

  bool has(std::string_view rendering) const {
    const terms::Folded folded = terms::fold(rendering, language_);
    if (terms::is_unspaced(language_)) return has_most_of(folded.points);
    std::vector<Points> words = words_of(folded.points);
    const auto is_short = [](Points word) { return word.size() < kWordMin; };
    if (!std::all_of(words.begin(), words.end(), is_short)) std::erase_if(words, is_short);
    return !words.empty() && std::all_of(words.begin(), words.end(), [&](Points word) { return has_stem(word); });
  }

 private:
  bool has_stem(Points word) const {
    const Points stem = stem_of(word, language_);
    return std::any_of(words_.begin(), words_.end(), [&](Points other) { return other.starts_with(stem); });
  }
  // 地震発生 stands in 発生した地震.
  bool has_most_of(Points rendering) const {
    if (text_.find(rendering) != Points::npos) return true;
    const auto han = std::count_if(rendering.begin(), rendering.end(), is_han);
    const auto found = std::count_if(rendering.begin(), rendering.end(), [&](char32_t point) {
      return is_han(point) && text_.find(point) != Points::npos;
    });
    return han > 0 && found * 3 >= han * 2;
  }

  Points text_;
  Language language_;
  std::vector<Points> words_;
};

}  // namespace

WordCoverage cover_words(const Reading& reading) {
  WordCoverage coverage;
  const Language language = reading.target.language;
  const Target target(reading.target.folded.points, language);
  for (const terms::LexiconMatch& match :
       reading.knowledge.lexicon.find(reading.source.text, reading.source.language, language)) {
    const auto begins = [&](const Word& word) { return word.span.begin == match.source.begin; };
    const auto first = std::find_if(reading.source.words.begin(), reading.source.words.end(), begins);
    const bool name = first != reading.source.words.end() && first->capital && !first->starts_sentence;
    if ((name && !reading.source.title_case) || reading.source.has_fact(match.source) ||
        reading.has_term(match.source) || reading.source.has_nation(match.source)) {
      continue;
    }
    ++coverage.known;
    const bool stands =
        std::any_of(match.renderings.begin(), match.renderings.end(),
                    [&](const terms::LexiconRendering& rendering) { return target.has(rendering.text); });
    if (stands) continue;
    const terms::Folded word = terms::fold(reading.source.slice(match.source), reading.source.language);
    const auto other =
        reading.knowledge.lexical.coverage(word, reading.source.language, reading.target.folded, language);
    if (!other || other->covered == 0) coverage.lost.push_back(match.source);
  }
  return coverage;
}

}  // namespace kabar::checks
