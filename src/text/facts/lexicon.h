// The words that facts are made of, per language: numbers, scales, months, weekdays, currencies, zones.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "text/facts/folded.h"

namespace kabar::text {

enum class Sense : uint8_t {
  unit,           // "lima" 5, "twelve" 12, "vingt" 20: adds to a number
  teen,           // "belas": adds 10 to the unit before it
  multiplier,     // "puluh" 10, "hundred" 100: multiplies the unit before it
  scale,          // "juta" 10^6: multiplies all before it; also after digits
  lone_scale,     // "seribu", "mille", ألف: a scale that also stands alone for one
  short_scale,    // "M", "bn": a scale only after digits, in amounts of money
  article,        // "a", "un": stands for 1 before a scale only
  fixed,          // "selusin" 12, "une vingtaine" 20: a whole number by itself
  half,           // "setengah" after a unit: adds one half
  ordinal,        // "kedua" 2
  approximate,    // "puluhan" 10: an order of magnitude
  and_word,       // "and", "et" inside a number
  link_word,      // "de", "of" between a number and what it counts
  counter,        // 人, 回: what makes a single Han numeral a number
  percent,        // after the value
  currency,       // after the value; code: ISO 4217
  currency_sign,  // before the value
  month,
  weekday,
  clock,   // "pukul", "at", الساعة: a time follows
  period,  // "malam", "p.m.", 午後: value is a DayPeriod
  zone,    // code: "WIB"
};

enum class DayPeriod : int64_t { morning, noon, afternoon, evening };

// One entry or several with the same meaning.
struct Words {
  std::string_view forms;  // UTF-8, divided by '|'; a form may hold spaces
  Sense sense = Sense::unit;
  int64_t value = 0;
  std::string_view code = {};
};

struct Entry {
  std::u32string form;  // folded
  Sense sense = Sense::unit;
  int64_t value = 0;
  std::string_view code;
};

using Senses = uint32_t;
constexpr Senses senses(Sense sense) { return Senses{1} << static_cast<int>(sense); }
template <typename... More>
constexpr Senses senses(Sense sense, More... more) {
  return senses(sense) | senses(more...);
}

struct WordMatch {
  const Entry* entry = nullptr;  // null: no match
  int begin = 0;                 // after an attached Arabic prefix
  int end = 0;
  explicit operator bool() const { return entry != nullptr; }
};

class Lexicon {
 public:
  Lexicon(Language language, std::span<const std::span<const Words>> lists);

  // False if no entry begins here: most words of a text end there.
  bool may_match(const FoldedText& text, int at) const;
  // The longest entry with one of `wanted` at `at`, which must be the start of a word or follow a number.
  WordMatch match(const FoldedText& text, int at, Senses wanted) const;
  Language language() const { return language_; }

 private:
  struct Bucket {
    std::vector<Entry> entries;  // longest first
    Senses senses = 0;           // of all of them
  };
  static void match_bucket(const Bucket& bucket, const FoldedText& text, int at, Senses wanted, WordMatch& best);
  WordMatch match_here(const FoldedText& text, int at, Senses wanted) const;

  Language language_;
  std::vector<Bucket> buckets_;   // by the first two code points; a single one is filed with U+0000
  std::vector<bool> beginnings_;  // hashes of the first one to three code points of the entries
};

// Built on first use, then shared. A language without a list of its own gets digits, symbols and nothing else.
const Lexicon& lexicon_of(Language language);

// The lists, one file each.
std::span<const Words> indonesian_words();
std::span<const Words> english_words();
std::span<const Words> french_words();
std::span<const Words> arabic_words();
std::span<const Words> chinese_words();
std::span<const Words> japanese_words();
std::span<const Words> common_words();  // symbols and codes that all languages use

}  // namespace kabar::text
