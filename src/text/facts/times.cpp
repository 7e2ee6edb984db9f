#include "text/facts/numeral.h"
#include "text/facts/readers.h"

namespace kabar::text {
namespace {

struct Clock {
  int hour = -1, minute = 0;
  int begin = 0, end = 0;
  bool certain = false;  // written as only a time of day is: "21:00", "21 h 15", 21時
};

// "21.00", "07:30", "3 h 27", "21h", "21 heures"
std::optional<Clock> read_clock(const Reader& reader, int at) {
  const FoldedText& text = reader.text;
  const Language language = reader.lexicon.language();
  Clock clock{.begin = at};
  int i = at;
  clock.hour = read_plain(text, i, 2);
  if (clock.hour < 0 || clock.hour > 24) return std::nullopt;
  clock.end = i;
  const char32_t sign = text.at(i);
  if (sign == U':' || sign == U'.') {
    int j = i + 1;
    const int minute = read_plain(text, j, 2);
    if (j - i != 3 || minute > 59) return sign == U'.' || j > i + 1 ? std::nullopt : std::optional(clock);
    clock.minute = minute;
    clock.end = j;
    clock.certain = sign == U':';
    if (text.at(j) == sign && is_digit(text.at(j + 1)) && is_digit(text.at(j + 2))) clock.end = j + 3;  // seconds
    return is_digit(text.at(clock.end)) ? std::nullopt : std::optional(clock);
  }
  if (language == Language::fr) {
    const int h = is_blank(sign) ? i + 1 : i;
    if (text.at(h) != U'h' || letter_class(text.at(h + 1)) == LetterClass::latin) return clock;
    clock.end = h + 1;
    int j = is_blank(text.at(h + 1)) ? h + 2 : h + 1;
    const int before = j;
    const int minute = read_plain(text, j, 2);
    if (j - before == 2 && minute < 60) {
      clock.minute = minute;
      clock.end = j;
      clock.certain = true;
    }
  }
  return clock;
}

// 午後9時30分, 21時, 9点半
std::optional<Clock> read_han_clock(const Reader& reader, int at, bool with_period) {
  const FoldedText& text = reader.text;
  Clock clock{.begin = at};
  int i = at;
  clock.hour = read_plain(text, i, 2);
  if (clock.hour < 0) {
    const std::optional<Numeral> han = read_han_numeral(text, at, reader.lexicon);
    if (!han || han->approximate || han->ordinal || han->value.scale != 0 || han->value.digits > 24)
      return std::nullopt;
    clock.hour = static_cast<int>(han->value.digits);
    i = han->end;
  }
  if (clock.hour < 0 || clock.hour > 24) return std::nullopt;
  const char32_t sign = text.at(i);
  if (sign == U':') return read_clock(reader, at);
  const bool japanese = reader.lexicon.language() == Language::ja;
  const bool hour_sign =
      japanese
          ? sign == U'時'
          : sign == U'时' || (sign == U'点' && (with_period || is_digit(text.at(i + 1)) || text.at(i + 1) == U'半'));
  if (!hour_sign || text.at(i + 1) == U'間' || text.at(i + 1) == U'间') return std::nullopt;
  clock.end = i + 1;
  clock.certain = true;
  int j = clock.end;
  const int minute = read_plain(text, j, 2);
  if (minute >= 0 && minute < 60 && text.at(j) == U'分' && text.at(j + 1) != U'之') {
    clock.minute = minute;
    clock.end = j + 1;
  } else if (text.at(clock.end) == U'半') {
    clock.minute = 30;
    ++clock.end;
  }
  return clock;
}

// "9 malam" is 21, "12 malam" is 0, "1 siang" is 13.
int hour_of_day(int hour, DayPeriod period) {
  if (hour > 12) return hour % 24;
  switch (period) {
    case DayPeriod::morning:
      return hour == 12 ? 0 : hour;
    case DayPeriod::noon:
      return hour < 10 ? hour + 12 : hour;
    case DayPeriod::afternoon:
      return hour == 12 ? 12 : hour + 12;
    case DayPeriod::evening:
      return hour == 12 ? 0 : hour < 5 ? hour : hour + 12;
  }
  return hour;
}

// ", heure de l'ouest", " WIB", "(WIB)" behind a time.
void read_zone_behind(const Reader& reader, Fact& fact) {
  const FoldedText& text = reader.text;
  int i = fact.span.end;
  if (text.at(i) == U',') ++i;
  while (is_blank(text.at(i))) ++i;
  const bool bracket = text.at(i) == U'(';
  if (bracket) ++i;
  const WordMatch zone = reader.lexicon.match(text, i, senses(Sense::zone));
  if (!zone || (bracket && text.at(zone.end) != U')')) return;
  fact.zone = zone.entry->code;
  fact.span.end = zone.end + (bracket ? 1 : 0);
  // "Western Indonesia Time (WIB)"
  i = fact.span.end;
  if (is_blank(text.at(i))) ++i;
  if (text.at(i) != U'(') return;
  const WordMatch short_name = reader.lexicon.match(text, i + 1, senses(Sense::zone));
  if (short_name && text.at(short_name.end) == U')') fact.span.end = short_name.end + 1;
}

// 西部时间（WIB） before a time.
int skip_zone_before(const Reader& reader, int at, std::string_view& zone) {
  const WordMatch found = reader.lexicon.match(reader.text, at, senses(Sense::zone));
  if (!found) return at;
  int i = found.end;
  if (reader.text.at(i) == U'(') {
    const WordMatch short_name = reader.lexicon.match(reader.text, i + 1, senses(Sense::zone));
    if (!short_name || reader.text.at(short_name.end) != U')') return at;
    i = short_name.end + 1;
  }
  while (is_blank(reader.text.at(i))) ++i;
  zone = found.entry->code;
  return i;
}

Fact make_time(const Clock& clock) {
  Fact fact;
  fact.kind = FactKind::time;
  fact.span = {clock.begin, clock.end};
  fact.hour = clock.hour;
  fact.minute = clock.minute;
  return fact;
}

std::optional<Fact> read_han_time(const Reader& reader, int at) {
  std::string_view zone;
  int i = skip_zone_before(reader, at, zone);
  const WordMatch period = reader.lexicon.match(reader.text, i, senses(Sense::period));
  if (period) i = period.end;
  while (is_blank(reader.text.at(i))) ++i;
  const std::optional<Clock> clock = read_han_clock(reader, i, static_cast<bool>(period));
  if (!clock || !clock->certain) return std::nullopt;
  Fact fact = make_time(*clock);
  fact.span.begin = at;
  if (period) fact.hour = hour_of_day(clock->hour, static_cast<DayPeriod>(period.entry->value));
  fact.zone = zone;
  if (fact.zone.empty()) read_zone_behind(reader, fact);
  return fact;
}

// Whether the word before `at` announces a time: "pukul", "à", الساعة.
bool after_clock_word(const Reader& reader, int at) {
  int begin = at;
  while (is_blank(reader.text.at(begin - 1))) --begin;
  if (begin == at) return false;
  const int end = begin;
  while (letter_class(reader.text.at(begin - 1)) != LetterClass::none) --begin;
  const WordMatch word = reader.lexicon.match(reader.text, begin, senses(Sense::clock));
  return word && word.end == end;
}

// "2 jam 5 menit", "24 jam 7 hari": the Indonesian word for the hour of the day counts hours, too. `at` is the number
// behind it.
bool counts_hours(const Reader& reader, int at) {
  static constexpr std::u32string_view kUnits[] = {U"menit", U"detik", U"hari"};
  const FoldedText& text = reader.text;
  int i = at;
  while (is_digit(text.at(i))) ++i;
  while (is_blank(text.at(i))) ++i;
  for (const std::u32string_view unit : kUnits) {
    size_t length = 0;
    while (length < unit.size() && text.at(i + static_cast<int>(length)) == unit[length]) ++length;
    if (length == unit.size()) return true;
  }
  i = at;
  while (is_blank(text.at(i - 1))) --i;
  while (letter_class(text.at(i - 1)) != LetterClass::none) --i;
  const int word = i;
  while (is_blank(text.at(i - 1))) --i;
  return i < word && is_digit(text.at(i - 1)) && text.at(word) == U'j';
}

// Arabic names the hour: الساعة التاسعة والنصف.
std::optional<Clock> read_arabic_hour(const Reader& reader, int at) {
  const std::optional<Numeral> hour = read_number_words(reader.text, at, reader.lexicon);
  if (!hour || !hour->ordinal || hour->value.digits > 12) return std::nullopt;
  Clock clock{.hour = static_cast<int>(hour->value.digits), .begin = at, .end = hour->end};
  constexpr std::u32string_view kHalf = U" والنصف";
  for (size_t i = 0; i < kHalf.size(); ++i) {
    if (reader.text.at(clock.end + static_cast<int>(i)) != kHalf[i]) return clock;
  }
  clock.minute = 30;
  clock.end += static_cast<int>(kHalf.size());
  return clock;
}

std::optional<Clock> read_heures(const Reader& reader, Clock clock) {
  constexpr std::u32string_view kHeures = U"heures";
  int i = clock.end;
  if (!is_blank(reader.text.at(i))) return std::nullopt;
  ++i;
  size_t length = 0;
  while (length < kHeures.size() && reader.text.at(i + static_cast<int>(length)) == kHeures[length]) ++length;
  if (length < 5) return std::nullopt;
  clock.end = i + static_cast<int>(length);
  int j = clock.end;
  if (is_blank(reader.text.at(j))) ++j;
  const int minute = read_plain(reader.text, j, 2);
  if (minute >= 10 && minute < 60) {
    clock.minute = minute;
    clock.end = j;
  }
  return clock;
}

}  // namespace

std::optional<Fact> read_time(const Reader& reader, int at) {
  const FoldedText& text = reader.text;
  const Language language = reader.lexicon.language();
  if (writes_han(language)) return read_han_time(reader, at);
  std::optional<Clock> clock;
  const bool announced = (is_digit(text.at(at)) || language == Language::ar) && after_clock_word(reader, at) &&
                         !(language == Language::id && counts_hours(reader, at));
  if (is_digit(text.at(at))) {
    clock = read_clock(reader, at);
  } else if (language == Language::ar && announced) {
    clock = read_arabic_hour(reader, at);
  }
  if (!clock) return std::nullopt;
  if (language == Language::fr && announced) {
    if (const std::optional<Clock> heures = read_heures(reader, *clock)) clock = heures;
  }

  Fact fact = make_time(*clock);
  bool certain = clock->certain;
  int i = clock->end;
  while (is_blank(text.at(i))) ++i;
  const WordMatch period = reader.lexicon.match(text, i, senses(Sense::period));
  const bool duration = language == Language::id && !announced;  // "9 malam" without "pukul" counts nights
  // An Arabic prefix makes another word: كم is a kilometre, not "like p.m.".
  if (period && period.begin == i && !duration) {
    fact.hour = hour_of_day(fact.hour, static_cast<DayPeriod>(period.entry->value));
    fact.span.end = period.end;
    certain = true;
  }
  read_zone_behind(reader, fact);
  certain = certain || !fact.zone.empty();
  // "at 20" may be an age; "pukul 20" and "الساعة 20" are times, and so are "à 20 heures", "at 20.30".
  const bool strong_word = announced && (language == Language::id || language == Language::ar);
  const bool has_minutes = clock->end - clock->begin >= 4;
  certain = certain || strong_word || (announced && has_minutes && language == Language::fr);
  if (language == Language::fr && announced && text.at(clock->end - 1) != U'h' && !has_minutes) certain = false;
  if (language == Language::fr && announced && clock->end > clock->begin + 2 &&
      letter_class(text.at(clock->end - 1)) == LetterClass::latin) {
    certain = true;
  }
  if (!certain || fact.hour > 24) return std::nullopt;
  return fact;
}

}  // namespace kabar::text
