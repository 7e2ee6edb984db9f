#include "checks/letters.h"

#include <algorithm>
#include <cmath>

#include "base/utf8.h"

namespace kabar::checks {
namespace {

constexpr uint8_t kOther = 63;
// Additive smoothing, over about forty letters.
constexpr float kUnseen = 0.05f;
constexpr float kAlphabet = 40;

}  // namespace

LetterModel::LetterModel(std::string_view words)
    : bigrams_(kLetters * kLetters), trigrams_(kLetters * kLetters * kLetters) {
  uint8_t known = 0;
  while (!words.empty()) {
    const size_t end = words.find('\n');
    const std::string_view line = words.substr(0, end);
    words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
    if (line.empty() || line[0] == '#') continue;
    size_t first = 0, second = 0;
    const auto add = [&](size_t letter) {
      if (first != 0 || second != 0) {
        ++bigrams_[first * kLetters + second];
        ++trigrams_[(first * kLetters + second) * kLetters + letter];
      }
      first = second, second = letter;
    };
    for (char32_t letter : decode_utf8(line)) {
      if (letter < numbers_.size() && numbers_[letter] == 0 && known + 1 < kOther) numbers_[letter] = ++known;
      add(number_of(letter));
    }
    add(0);
  }
}

uint8_t LetterModel::number_of(char32_t letter) const {
  const uint8_t number = letter < numbers_.size() ? numbers_[letter] : 0;
  return number == 0 ? kOther : number;
}

LetterModel::Rating LetterModel::rate(std::u32string_view word) const {
  Rating rating;
  if (word.empty() || empty()) return rating;
  size_t first = 0, second = number_of(word[0]);
  for (size_t i = 1; i <= word.size(); ++i) {
    const size_t letter = i < word.size() ? number_of(word[i]) : 0;
    const size_t context = first * kLetters + second;
    const float seen = static_cast<float>(trigrams_[context * kLetters + letter]) + kUnseen;
    const float probability = std::log(seen / (static_cast<float>(bigrams_[context]) + kUnseen * kAlphabet));
    rating.mean += probability / static_cast<float>(word.size());
    rating.least = std::min(rating.least, probability);
    first = second, second = letter;
  }
  return rating;
}

}  // namespace kabar::checks
