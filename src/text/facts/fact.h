// Facts: what a translation must not change. Recognised in a text by value and written for a reader's language.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/span.h"

namespace kabar::text {

enum class FactKind {
  number,  // also with a scale word: "1,2 juta", "selusin"; ordinals set `ordinal`
  percent,
  money,  // value and currency
  date,   // year, month, day, weekday: those that are stated
  time,   // hour, minute, zone
  score,  // "2-1", value and value2
  range,  // "10-15", value and value2
  url,
  email,
  handle,  // @name
  hashtag,
};

// A decimal number without rounding: digits * 10^-scale.
struct Decimal {
  int64_t digits = 0;
  int scale = 0;  // >= 0; kept minimal, so equal values compare equal
  auto operator<=>(const Decimal&) const = default;
};

struct Fact {
  FactKind kind = FactKind::number;
  Span span;                 // code points of the text it was found in
  std::string text;          // as written there
  Decimal value;             // number, percent, money, score, range (first)
  Decimal value2;            // score, range (second); of percent and money the upper end of a range, else 0
  int decimals = 0;          // digits after the decimal sign as written: "1,50" has 2
  bool approximate = false;  // "puluhan", "dozens", 数十: `value` is the order of magnitude
  bool ordinal = false;
  bool spelled = false;              // written in words: "dua puluh lima"; a good translation may drop a small one
  std::string currency;              // ISO 4217 for money: "IDR", "USD"
  int year = 0, month = 0, day = 0;  // date; 0 = not stated
  int weekday = 0;                   // date: 1 Monday … 7 Sunday, 0 = not stated
  bool year_completed = false;       // `year` comes from the FactContext and is not written
  int hour = -1, minute = -1;        // time
  std::string zone;                  // time: "WIB", "WITA", "WIT", "GMT", …; empty if not stated
};

struct FactContext {
  int year = 0;  // of publication, to complete "(6/8)"; 0 = unknown
};

// All facts of `text` in order, not overlapping. Words like "pukul", "at" before a time and units stay outside.
// Signs are not part of a value. Languages other than the six are read for digits and links only. Thread-safe.
std::vector<Fact> find_facts(std::string_view text, Language language, const FactContext& context = {});

// The same fact for a reader, whatever the language it was found in: a field that only one of the two states
// (year, weekday, zone) does not matter. compare.h compares all facts of two sentences.
bool same_fact(const Fact& a, const Fact& b);

// `fact` as good newspapers of `language` write it: "1.2 trillion rupiah", 1兆2000億ルピア, "85 %".
std::string write_fact(const Fact& fact, Language language);

}  // namespace kabar::text
