// Chinese and Japanese numbers in Han characters: 二十五, 三百, 第二, 数千, 二〇二六.
#include "text/facts/decimal.h"
#include "text/facts/numeral.h"

namespace kabar::text {
namespace {

int digit_of(char32_t c) {
  constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  if (c == U'零') return 0;
  if (c == U'两') return 2;
  const size_t found = kDigits.find(c);
  return found == std::u32string_view::npos ? -1 : static_cast<int>(found);
}

int64_t unit_of(char32_t c) {
  switch (c) {
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1'000;
    case U'万':
      return 10'000;
    case U'亿':
      return 100'000'000;
    case U'兆':
      return 1'000'000'000'000;
    default:
      return 0;
  }
}

struct Run {
  int end = 0;
  int64_t value = 0;
  bool has_unit = false;
  int digits = 0;  // Han digits read
  bool overflow = false;
};

Run read_run(const FoldedText& text, int at) {
  Run run{.end = at};
  int64_t total = 0;    // parts above 万 that are done
  int64_t section = 0;  // below the next 万, 亿, 兆
  int64_t digit = -1;
  int64_t positional = 0;
  for (; run.end - at < 24; ++run.end) {
    const char32_t c = text.at(run.end);
    if (const int d = digit_of(c); d >= 0) {
      run.overflow = run.overflow || run.digits > 17;
      if (!run.overflow) positional = positional * 10 + d;
      digit = d;
      ++run.digits;
      continue;
    }
    int64_t unit = unit_of(c);
    if (c == U'多' && run.has_unit && unit_of(text.at(run.end + 1)) >= 10'000)
      unit = unit_of(text.at(++run.end));  // 一百多万
    if (unit == 0) break;
    run.has_unit = true;
    if (unit < 10'000) {
      section += (digit < 0 ? 1 : digit) * unit;
    } else {
      const int64_t here = section + std::max<int64_t>(digit, 0);
      int64_t scaled = 0;
      run.overflow =
          run.overflow || __builtin_mul_overflow(here, unit, &scaled) || __builtin_add_overflow(total, scaled, &total);
      section = 0;
    }
    digit = -1;
  }
  run.value = run.has_unit ? total + section + std::max<int64_t>(digit, 0) : positional;
  return run;
}

// Words that begin like a number: 一万 is one, 万一 ("in case") and 千万 ("by all means") are not; 约百名 and 百万公顷
// are.
bool may_begin(const FoldedText& text, int at, bool before_counter, Language language) {
  const char32_t c = text.at(at);
  if (digit_of(c) >= 0 || c == U'十') return true;
  if (language == Language::ja) return before_counter && (c == U'百' || c == U'千');
  const bool about = std::u32string_view(U"约近每超逾达过满").find(text.at(at - 1)) != std::u32string_view::npos;
  return c == U'百' && (about || text.at(at + 1) == U'万') && before_counter;
}

// 十分 ("very") and 不十分, 二度と ("never again"): no numbers.
bool is_idiom(const FoldedText& text, int at) {
  const char32_t first = text.at(at), second = text.at(at + 1), third = text.at(at + 2);
  if (first == U'二' && second == U'度') return third == U'と';
  return first == U'十' && second == U'分' &&
         (text.at(at - 1) == U'不' || std::u32string_view(U"になだで足").find(third) != std::u32string_view::npos);
}

}  // namespace

bool is_han_numeral(char32_t c) { return c == U'第' || digit_of(c) >= 0 || unit_of(c) != 0; }

int skip_han_space(const FoldedText& text, int at) { return is_blank(text.at(at)) ? at + 1 : at; }

std::optional<Numeral> read_han_numeral(const FoldedText& text, int at, const Lexicon& lexicon) {
  if (const WordMatch about = lexicon.match(text, at, senses(Sense::approximate))) {
    return Numeral{
        .begin = at, .end = about.end, .value = {about.entry->value, 0}, .spelled = true, .approximate = true};
  }
  int begin = at;
  const bool ordinal = text.at(at) == U'第';
  if (ordinal) begin = skip_han_space(text, begin + 1);
  if (ordinal && is_digit(text.at(begin))) {
    std::optional<Numeral> digits = read_digits(text, begin, lexicon.language());
    digits->begin = at;
    digits->ordinal = true;
    return digits;
  }
  if ((digit_of(text.at(begin)) < 0 && unit_of(text.at(begin)) == 0) || is_idiom(text, begin)) return std::nullopt;
  const Run run = read_run(text, begin);
  if (run.overflow || run.value < 2) return std::nullopt;
  // 八百長 (a fixed match), 八百屋 (a greengrocer)
  if (text.at(run.end) == U'長' || text.at(run.end) == U'屋') return std::nullopt;
  int after = run.end;
  if (std::u32string_view(U"多余几来").find(text.at(after)) != std::u32string_view::npos) ++after;
  const bool counted = static_cast<bool>(lexicon.match(text, after, senses(Sense::counter, Sense::currency)));
  const bool year = !run.has_unit && run.digits == 4 && text.at(run.end) == U'年';
  // One sign without a counter is a part of some word (四川, 五角大楼); digits in a row without units are a list.
  const bool is_number = run.has_unit ? run.end - begin >= 2 || counted : run.digits == 1 && counted;
  if (!ordinal && !year && !(is_number && may_begin(text, begin, counted, lexicon.language()))) return std::nullopt;
  return Numeral{.begin = at, .end = run.end, .value = {run.value, 0}, .spelled = true, .ordinal = ordinal};
}

}  // namespace kabar::text
