// How likely a run of letters is as a word of a language: letter trigrams counted over a list of words.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kabar::checks {

// For alphabets of at most 62 letters below U+0250; other letters count as one. Immutable; any number of threads.
class LetterModel {
 public:
  LetterModel() = default;
  // One word a line, small letters; lines that begin with # are comments.
  explicit LetterModel(std::string_view words);

  // Mean and least log-probability (nats) of the word's letters, each given the two before it.
  struct Rating {
    float mean = 0;
    float least = 0;
  };
  Rating rate(std::u32string_view word) const;
  bool empty() const { return trigrams_.empty(); }

 private:
  static constexpr size_t kLetters = 64;  // 0 is the edge of a word, 63 any other letter

  uint8_t number_of(char32_t letter) const;

  std::array<uint8_t, 0x250> numbers_{};
  std::vector<uint32_t> bigrams_;
  std::vector<uint32_t> trigrams_;
};

}  // namespace kabar::checks
