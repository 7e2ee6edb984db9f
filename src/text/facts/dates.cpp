#include "text/facts/numeral.h"
#include "text/facts/readers.h"

namespace kabar::text {
namespace {

struct Date {
  int year = 0, month = 0, day = 0, weekday = 0;
  int begin = 0, end = 0;
  bool year_completed = false;
};

bool is_year(int year) { return year >= 1000 && year <= 2999; }
bool is_day(int month, int day) { return month >= 1 && month <= 12 && day >= 1 && day <= 31; }

int skip_blanks(const FoldedText& text, int at) {
  while (is_blank(text.at(at))) ++at;
  return at;
}

// A year that follows with one space, with a comma before it in English.
void read_year(const FoldedText& text, Date& date) {
  int at = date.end;
  if (text.at(at) == U',') ++at;
  if (!is_blank(text.at(at))) return;
  at = skip_blanks(text, at);
  // "Januari tahun 2004", من عام 2017
  for (const std::u32string_view word : {std::u32string_view(U"tahun "), std::u32string_view(U"من عام "),
                                         std::u32string_view(U"عام "), std::u32string_view(U"سنه ")}) {
    if (std::u32string_view(text.points).substr(static_cast<size_t>(at), word.size()) != word) continue;
    at += static_cast<int>(word.size());
    break;
  }
  const int year = read_plain(text, at, 4);
  if (!is_year(year) || letter_class(text.at(at)) == LetterClass::latin) return;
  if ((text.at(at) == U'.' || text.at(at) == U',') && is_digit(text.at(at + 1))) return;
  date.year = year;
  date.end = at;
}

// The full stop of "Aug." belongs to the month only when the date goes on.
int skip_abbreviation(const FoldedText& text, int at) {
  return text.at(at) == U'.' && is_digit(text.at(skip_blanks(text, at + 1))) ? at + 1 : at;
}

WordMatch match_month(const Reader& reader, int at) {
  return reader.lexicon.match(reader.text, at, senses(Sense::month));
}

// A second name of the same month, as Arabic papers give it: أغسطس/آب, أغسطس (آب).
int skip_second_name(const Reader& reader, int end, int64_t month) {
  const FoldedText& text = reader.text;
  int at = end;
  if (text.at(at) == U' ') ++at;
  const bool bracket = text.at(at) == U'(';
  if (!bracket && text.at(at) != U'/') return end;
  const WordMatch second = match_month(reader, at + 1);
  if (!second || second.entry->value != month) return end;
  if (bracket && text.at(second.end) != U')') return end;
  return second.end + (bracket ? 1 : 0);
}

// A word that is a month's name only with a capital letter and in company: "May", "March", "Mei".
bool is_surely_month(const Reader& reader, const WordMatch& month) {
  const FoldedText& text = reader.text;
  const Language language = reader.lexicon.language();
  if (language == Language::fr) return !text.capitals[static_cast<size_t>(month.begin)];  // Mars is the planet
  if (language == Language::ar) return month.entry->value != 3;  // مارس also means "he practised"
  if (!text.capitals[static_cast<size_t>(month.begin)]) return false;
  if (month.end - month.begin <= 3 && month.entry->value != 5) return false;  // "Jan", "Mar", "Des": names and words
  return language != Language::en || (month.entry->value != 3 && month.entry->value != 5);
}

// "August" without a day, "Agustus 2026".
std::optional<Date> read_month(const Reader& reader, int at) {
  const WordMatch month = match_month(reader, at);
  if (!month) return std::nullopt;
  Date date{.month = static_cast<int>(month.entry->value), .begin = month.begin};
  date.end = skip_second_name(reader, month.end, month.entry->value);
  read_year(reader.text, date);
  if (date.year == 0 && !is_surely_month(reader, month)) return std::nullopt;
  return date;
}

// English "August 6", "Aug. 6, 2026", "August 6th".
std::optional<Date> read_month_day(const Reader& reader, int at) {
  const WordMatch month = match_month(reader, at);
  if (!month) return std::nullopt;
  int i = skip_abbreviation(reader.text, month.end);
  const int gap = skip_blanks(reader.text, i);
  if (gap == i) return std::nullopt;
  const std::optional<Numeral> day = read_numeral(reader.text, gap, reader.lexicon);
  if (!day || day->spelled || !(day->plain || day->ordinal) || !is_day(1, static_cast<int>(day->value.digits)) ||
      day->value.digits > 31) {
    return std::nullopt;
  }
  Date date{.month = static_cast<int>(month.entry->value),
            .day = static_cast<int>(day->value.digits),
            .begin = month.begin,
            .end = day->end};
  read_year(reader.text, date);
  return date;
}

// "6 Agustus 2026", "1er juillet", "4th of July", السادس من أغسطس.
std::optional<Date> read_day_month(const Reader& reader, int at) {
  const FoldedText& text = reader.text;
  if (is_digit(text.at(at)) && is_digit(text.at(at + 1)) && is_digit(text.at(at + 2))) return std::nullopt;
  const Language language = reader.lexicon.language();
  std::optional<Numeral> day;
  if (is_digit(text.at(at))) {
    day = read_digits(text, at, Language::en);
    if (!day || !day->plain) return std::nullopt;
    if (language == Language::en || language == Language::fr) {
      if (const std::optional<Numeral> ordinal = read_numeral(text, at, reader.lexicon); ordinal && ordinal->ordinal) {
        day = ordinal;
      }
    }
  } else if (language == Language::ar) {
    day = read_number_words(text, at, reader.lexicon);
    if (day && !day->ordinal) return std::nullopt;
  }
  if (!day || day->value.scale != 0 || day->value.digits < 1 || day->value.digits > 31) return std::nullopt;
  int i = skip_gap(text, day->end);
  if (i == day->end) return std::nullopt;
  if (const WordMatch link = reader.lexicon.match(text, i, senses(Sense::link_word))) i = skip_blanks(text, link.end);
  if (language == Language::ar && text.at(i) == U'م' && text.at(i + 1) == U'ن' && text.at(i + 2) == U' ') i += 3;
  const WordMatch month = match_month(reader, i);
  if (!month) return std::nullopt;
  Date date{.month = static_cast<int>(month.entry->value),
            .day = static_cast<int>(day->value.digits),
            .begin = day->begin,
            .end = skip_second_name(reader, month.end, month.entry->value)};
  read_year(text, date);
  return date;
}

// "6/8/2026", "6-8-2026", "2026-08-06"; with `bracketed` also "(6/8)".
std::optional<Date> read_numeric(const Reader& reader, int at, bool bracketed) {
  const FoldedText& text = reader.text;
  int i = at;
  const int first = read_plain(text, i, 4);
  const char32_t sign = text.at(i);
  if (first < 0 || (sign != U'/' && sign != U'-' && sign != U'.')) return std::nullopt;
  const int second = read_plain(text, ++i, 2);
  if (second < 0) return std::nullopt;
  Date date{.begin = at, .end = i};
  const bool month_first = reader.lexicon.language() == Language::en && first <= 12;
  date.day = month_first ? second : first;
  date.month = month_first ? first : second;
  const bool more = text.at(i) == sign && is_digit(text.at(i + 1));
  if (more) {
    const int third = read_plain(text, ++i, 4);
    if (is_year(first) && sign != U'.') {
      date = {.year = first, .month = second, .day = third, .begin = at, .end = i};
    } else if (is_year(third)) {
      date.year = third;
      date.end = i;
    } else {
      return std::nullopt;
    }
    if (sign == U'.' && reader.lexicon.language() == Language::id) return std::nullopt;
  } else if (!bracketed || sign != U'/') {
    return std::nullopt;
  }
  if (!is_day(date.month, date.day) || is_digit(text.at(date.end))) return std::nullopt;
  return date;
}

// 2026年8月6日, 8月6日, 8月, 6日; Han numerals too.
std::optional<Date> read_han_date(const Reader& reader, int at) {
  const FoldedText& text = reader.text;
  Date date{.begin = at, .end = at};
  const auto read = [&](char32_t sign, int& field, int least, int most) {
    int i = skip_han_space(text, date.end);
    int value = read_plain(text, i, 4);
    if (value >= 0) {
      i = skip_han_space(text, i);
    } else if (sign == U'日' && date.month == 0) {
      return false;  // 六日 is rather six days
    } else {
      const std::optional<Numeral> han = read_han_numeral(text, i, reader.lexicon);
      if (!han || han->ordinal || han->approximate || han->value.digits > most) return false;
      value = static_cast<int>(han->value.digits);
      i = han->end;
    }
    if (text.at(i) != sign || value < least || value > most) return false;
    field = value;
    date.end = i + 1;
    return true;
  };
  read(U'年', date.year, 1000, 2999);
  const bool month = read(U'月', date.month, 1, 12);
  const char32_t after_month = text.at(date.end);
  if (month && (after_month == U'間' || after_month == U'号')) return std::nullopt;
  if (date.year != 0 && !month) return std::nullopt;
  if (read(U'日', date.day, 1, 31) || (month && read(U'号', date.day, 1, 31))) {
    const char32_t next = text.at(date.end);
    if (!month && (next == U'間' || next == U'目' || next == U'数' || next == U'以')) return std::nullopt;
  }
  if (!month && date.day == 0) return std::nullopt;
  return date;
}

std::optional<Date> read_core(const Reader& reader, int at, bool bracketed) {
  const Language language = reader.lexicon.language();
  std::optional<Date> date;
  if (is_digit(reader.text.at(at))) date = read_numeric(reader, at, bracketed);
  if (!date && writes_han(language)) return read_han_date(reader, at);
  if (!date) date = read_day_month(reader, at);
  if (!date && language == Language::en) date = read_month_day(reader, at);
  return date ? date : read_month(reader, at);
}

// "(日)", "（周四）", "(木)" behind a date. Japanese gives the first sign only.
void read_weekday_behind(const Reader& reader, Date& date) {
  const FoldedText& text = reader.text;
  int i = date.end;
  const bool bracket = text.at(i) == U'(';
  if (bracket) ++i;
  if (const WordMatch weekday = reader.lexicon.match(text, i, senses(Sense::weekday))) {
    if (bracket && text.at(weekday.end) != U')') return;
    date.weekday = static_cast<int>(weekday.entry->value);
    date.end = weekday.end + (bracket ? 1 : 0);
  } else if (bracket && text.at(i + 1) == U')') {
    constexpr std::u32string_view kJapanese = U"月火水木金土日";
    constexpr std::u32string_view kChinese = U"一二三四五六日";
    const size_t day = (reader.lexicon.language() == Language::ja ? kJapanese : kChinese).find(text.at(i));
    if (day == std::u32string_view::npos) return;
    date.weekday = static_cast<int>(day) + 1;
    date.end = i + 2;
  }
}

// "minggu" is also the week, "Minggu Depan" in a headline still is; 一周一次 is no Monday.
bool is_surely_weekday(const Reader& reader, const WordMatch& weekday) {
  const FoldedText& text = reader.text;
  const Language language = reader.lexicon.language();
  const char32_t before = text.at(weekday.begin - 1);
  if (language == Language::zh) {
    constexpr std::u32string_view kCounts = U"一二三四五六七八九十两几每数第本";
    return !is_digit(before) && (kCounts.find(before) == std::u32string_view::npos || before == U'本');
  }
  if (language == Language::en || language == Language::id) {
    if (!text.capitals[static_cast<size_t>(weekday.begin)]) return false;
    if (language == Language::en) return weekday.end - weekday.begin > 4;  // "Sat", "Sun", "Mon" are words and names
    if (weekday.entry->value != 7) return true;
    const bool title_case = text.at(weekday.end) == U' ' && text.capitals[static_cast<size_t>(weekday.end + 1)];
    return !is_digit(text.at(weekday.begin - 2)) && !title_case;
  }
  if (language == Language::ar && weekday.entry->value == 1) {
    constexpr std::u32string_view kBoth = U"بين ";  // "between the two"
    for (size_t i = 0; i < kBoth.size(); ++i) {
      if (text.at(weekday.begin - static_cast<int>(kBoth.size() - i)) != kBoth[i]) return true;
    }
    return false;
  }
  return true;
}

// "Kamis (6/8)", "Thursday, Aug. 6", "jeudi 6 août", 周四（8月6日）.
std::optional<Date> read_with_weekday(const Reader& reader, int at) {
  const FoldedText& text = reader.text;
  const WordMatch weekday = reader.lexicon.match(text, at, senses(Sense::weekday));
  if (!weekday) return std::nullopt;
  Date date{.weekday = static_cast<int>(weekday.entry->value), .begin = weekday.begin, .end = weekday.end};
  int i = weekday.end;
  if (text.at(i) == U',' || text.at(i) == U'،') ++i;
  i = skip_blanks(text, i);
  const bool bracket = text.at(i) == U'(';
  if (bracket) ++i;
  std::optional<Date> core = read_core(reader, i, bracket);
  if (core && core->day != 0 && (!bracket || text.at(core->end) == U')')) {
    core->weekday = date.weekday;
    core->begin = date.begin;
    core->end += bracket ? 1 : 0;
    return core;
  }
  if (!is_surely_weekday(reader, weekday)) return std::nullopt;
  return date;
}

}  // namespace

std::optional<Fact> read_date(const Reader& reader, int at) {
  std::optional<Date> date = read_with_weekday(reader, at);
  if (!date) {
    const bool bracketed = reader.text.at(at - 1) == U'(';
    date = read_core(reader, at, bracketed);
    if (bracketed && date && date->year == 0 && is_digit(reader.text.at(at)) && reader.text.at(date->end) != U')' &&
        date->end - at <= 5 && reader.text.at(date->end - 1) < 0x80 && is_digit(reader.text.at(date->end - 1))) {
      return std::nullopt;  // "(6/8 …" may be anything
    }
    if (date && date->day != 0) read_weekday_behind(reader, *date);
  }
  if (!date) return std::nullopt;
  Fact fact;
  fact.kind = FactKind::date;
  fact.span = {date->begin, date->end};
  fact.year = date->year;
  fact.month = date->month;
  fact.day = date->day;
  fact.weekday = date->weekday;
  if (fact.year == 0 && fact.month != 0 && fact.day != 0 && reader.context.year != 0) {
    fact.year = reader.context.year;
    fact.year_completed = true;
  }
  return fact;
}

}  // namespace kabar::text
