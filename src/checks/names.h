// Names across scripts: is this piece of the translation that name, copied or transliterated?
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"

namespace kabar::checks {

// Words that are written in small letters somewhere: what is capital and not among them is a name.
class WordList {
 public:
  WordList() = default;
  // One word a line, small letters.
  explicit WordList(std::string_view text);
  bool contains(std::u32string_view folded) const;
  bool empty() const { return slots_.empty(); }

 private:
  std::vector<uint64_t> slots_;  // open addressing over hashes, 0 = free; a rare collision only hides a name
  uint64_t mask_ = 0;
};

// The sounds of a word in Latin, kana, Han (by Mandarin pinyin) or Arabic letters, one letter a sound class:
// P (b p f v), T (t d), K (k g q kh), S (s z sh j c), R (r l), M, N (n ng) and the vowels a i u e o.
// h, w, y and doubled letters are left out: transliterations agree least on them.
std::string sound_key(std::u32string_view word);

// 0 (same) … 1 (nothing in common): weighted edit distance; a vowel counts little.
float sound_distance(std::string_view key, std::string_view other);

// The smallest distance of `key` to any part of `text_key` (the sounds of a longer text without word divisions).
float sound_distance_within(std::string_view key, std::string_view text_key);

// Edit distance in letters, at most `limit` + 1.
int letter_distance(std::u32string_view a, std::u32string_view b, int limit);

}  // namespace kabar::checks
