// Numbers in a text: digits by the rules of a language, words, Han numerals, scales.
#pragma once
#include <optional>

#include "text/facts/fact.h"
#include "text/facts/lexicon.h"

namespace kabar::text {

struct Numeral {
  int begin = 0;
  int end = 0;  // folded code points
  Decimal value{};
  int decimals = 0;
  bool spelled = false;
  bool approximate = false;
  bool ordinal = false;
  bool scaled = false;  // a scale word was read: "1,2 juta"
  bool plain = false;   // nothing but digits
};

// What surrounds a number decides how it is read.
struct NumeralOptions {
  bool money = false;  // "M", "bn" are scales
};

// A number that begins at `at`, or nothing. The caller makes sure that `at` is the start of a word.
std::optional<Numeral> read_numeral(const FoldedText& text, int at, const Lexicon& lexicon,
                                    const NumeralOptions& options = {});

// Only the digits with their separators.
std::optional<Numeral> read_digits(const FoldedText& text, int at, Language language);
// 1 to `digits_max` digits without separators; -1 if there are none or more.
int read_plain(const FoldedText& text, int& at, int digits_max);

// Parts of read_numeral, one per way of writing.
std::optional<Numeral> read_number_words(const FoldedText& text, int at, const Lexicon& lexicon);
std::optional<Numeral> read_han_numeral(const FoldedText& text, int at, const Lexicon& lexicon);
std::optional<Numeral> read_roman(const FoldedText& text, int at, Language language);

// The position behind one space, if `at` holds one and the language may put it between digits and signs.
int skip_han_space(const FoldedText& text, int at);
// The position behind one space or hyphen between a number and the word that belongs to it.
int skip_gap(const FoldedText& text, int at);
// A sign that a Han numeral may begin with, also 第.
bool is_han_numeral(char32_t point);
inline bool writes_han(Language language) { return language == Language::zh || language == Language::ja; }

}  // namespace kabar::text
