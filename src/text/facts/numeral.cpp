#include "text/facts/numeral.h"

#include "text/facts/decimal.h"

namespace kabar::text {
namespace {

constexpr int kDigitsMax = 18;  // fit into 64 bits

int digit_run(const FoldedText& text, int at) {
  int i = at;
  while (is_digit(text.at(i))) ++i;
  return i - at;
}

struct Separators {
  char32_t decimal;
  char32_t group;
  bool group_by_space = false;  // also an ordinary one
};

Separators separators_of(Language language) {
  if (language == Language::id) return {U',', U'.'};
  if (language == Language::fr) return {U',', U'.', true};
  return {U'.', U','};
}

// Whether `at` holds a separator of groups in front of exactly three digits.
bool at_group(const FoldedText& text, int at, char32_t separator) {
  return text.at(at) == separator && digit_run(text, at + 1) == 3;
}

void append_digits(const FoldedText& text, int begin, int end, int64_t& digits) {
  for (int i = begin; i < end; ++i) digits = digits * 10 + static_cast<int64_t>(text.at(i) - U'0');
}

// The separator that groups the digits here ('\0' if none): that of the language, a hard space, or the other
// sign where it stands twice ("1.250.000" can be nothing else).
char32_t group_separator(const FoldedText& text, int after_first, int first_length, Language language) {
  if (first_length > 3 || text.at(after_first - first_length) == U'0') return U'\0';
  const Separators separators = separators_of(language);
  const char32_t c = text.at(after_first);
  if (!at_group(text, after_first, c)) return U'\0';
  if (c == separators.group || c == kHardSpace || c == kArabicGroup) return c;
  if (c == U' ' && separators.group_by_space) return c;
  if (c == U'،' && language == Language::ar) return c;
  if (c == separators.decimal && at_group(text, after_first + 4, c)) return c;
  return U'\0';
}

bool is_decimal_sign(char32_t c, Language language) {
  return c == U'.' || c == U',' || c == kArabicDecimal || (c == U'،' && language == Language::ar);
}

}  // namespace

int skip_gap(const FoldedText& text, int at) { return is_blank(text.at(at)) || text.at(at) == U'-' ? at + 1 : at; }

int read_plain(const FoldedText& text, int& at, int digits_max) {
  const int length = digit_run(text, at);
  if (length == 0 || length > digits_max) return -1;
  int64_t digits = 0;
  append_digits(text, at, at + length, digits);
  at += length;
  return static_cast<int>(digits);
}

std::optional<Numeral> read_digits(const FoldedText& text, int at, Language language) {
  const int first = digit_run(text, at);
  if (first == 0) return std::nullopt;
  Numeral numeral{.begin = at, .end = at + first, .plain = true};
  int64_t digits = 0;
  // Of longer ones (account numbers) the last digits make the value.
  append_digits(text, at + std::max(0, first - kDigitsMax), numeral.end, digits);

  const char32_t group = group_separator(text, numeral.end, first, language);
  int length = first;
  while (group != U'\0' && at_group(text, numeral.end, group) && length + 3 <= kDigitsMax) {
    append_digits(text, numeral.end + 1, numeral.end + 4, digits);
    numeral.end += 4;
    length += 3;
    numeral.plain = false;
  }

  const char32_t sign = text.at(numeral.end);
  const int decimals = is_decimal_sign(sign, language) && sign != group ? digit_run(text, numeral.end + 1) : 0;
  // A second sign of the same kind makes it no decimal number but a list or a version: "1.2.3".
  const bool listed = text.at(numeral.end + 1 + decimals) == sign && is_digit(text.at(numeral.end + 2 + decimals));
  const bool inside_list = text.at(at - 1) == sign && is_digit(text.at(at - 2));
  if (decimals > 0 && !listed && !inside_list && length + decimals <= kDigitsMax) {
    append_digits(text, numeral.end + 1, numeral.end + 1 + decimals, digits);
    numeral.end += 1 + decimals;
    numeral.decimals = decimals;
    numeral.plain = false;
  }
  numeral.value = make_decimal(digits, numeral.decimals);
  return numeral;
}

namespace {

// 千升, 千克, 千瓦, 兆瓦: the kilo or mega of a unit, no scale.
bool is_unit_prefix(const FoldedText& text, const WordMatch& scale) {
  constexpr std::u32string_view kUnits = U"升克米瓦卡帕伏赫字比焦欧";
  const char32_t prefix = text.at(scale.begin);
  return scale.end - scale.begin == 1 && (prefix == U'千' || prefix == U'兆') &&
         kUnits.find(text.at(scale.end)) != std::u32string_view::npos;
}

// "12 ribu", "1,2 juta", "3 800 milliards", "1万6245", "1兆2000億".
void read_scales(const FoldedText& text, const Lexicon& lexicon, const NumeralOptions& options, Numeral& numeral) {
  const Senses wanted =
      senses(Sense::scale, Sense::lone_scale) | (options.money ? senses(Sense::short_scale) : 0) |
      (lexicon.language() == Language::id || lexicon.language() == Language::en ? senses(Sense::multiplier) : 0) |
      (lexicon.language() == Language::fr ? senses(Sense::approximate) : 0);  // "28 milliers"
  Decimal total;
  Decimal part = numeral.value;
  for (int rounds = 0; rounds < 8; ++rounds) {
    const bool han = writes_han(lexicon.language());
    int gap = han ? skip_han_space(text, numeral.end) : skip_gap(text, numeral.end);
    if (han && (text.at(gap) == U'多' || text.at(gap) == U'余')) ++gap;  // 60多万
    const WordMatch scale = lexicon.match(text, gap, wanted);
    if (!scale || (han && is_unit_prefix(text, scale))) break;
    const std::optional<Decimal> scaled = multiply(part, scale.entry->value);
    if (!scaled) break;
    part = *scaled;
    numeral.end = scale.end;
    numeral.scaled = true;
    numeral.plain = false;
    if (!writes_han(lexicon.language())) continue;
    // A smaller part may follow: 1兆|2000億.
    const std::optional<Numeral> next = read_digits(text, numeral.end, lexicon.language());
    const std::optional<Decimal> sum = add(total, part);
    if (!sum) break;
    total = *sum;
    part = {};
    if (!next || compare(next->value, Decimal{scale.entry->value, 0}) != std::strong_ordering::less) break;
    numeral.end = next->end;
    part = next->value;
  }
  const std::optional<Decimal> sum = add(total, part);
  numeral.value = sum ? *sum : part;
}

bool has_suffix(const FoldedText& text, int at, std::u32string_view suffix) {
  for (size_t i = 0; i < suffix.size(); ++i) {
    if (text.at(at + static_cast<int>(i)) != suffix[i]) return false;
  }
  return is_border(suffix.back(), text.at(at + static_cast<int>(suffix.size())));
}

// "88th", "1er", "88e".
void read_ordinal_suffix(const FoldedText& text, Language language, Numeral& numeral) {
  constexpr std::u32string_view kEnglish[] = {U"st", U"nd", U"rd", U"th"};
  constexpr std::u32string_view kFrench[] = {U"ere", U"er", U"re", U"eme", U"emes", U"es", U"e", U"nd", U"nde"};
  const auto try_all = [&](std::span<const std::u32string_view> suffixes) {
    for (const std::u32string_view suffix : suffixes) {
      if (!has_suffix(text, numeral.end, suffix)) continue;
      numeral.end += static_cast<int>(suffix.size());
      numeral.ordinal = true;
      return;
    }
  };
  if (language == Language::en) try_all(kEnglish);
  if (language == Language::fr) try_all(kFrench);
}

}  // namespace

namespace {

// What a half adds to 2 is 0.5, to two millions half a million.
Decimal half_of_scale(const Decimal& value) {
  int64_t scale = 1;
  while (value.scale == 0 && value.digits != 0 && value.digits % (scale * 1'000) == 0) scale *= 1'000;
  return make_decimal(scale * 5, 1);
}

// "six and a half", "one and a half million", "deux millions et demi", مليونان ونصف المليون; "6 ans et demi" is not
// one: the half must follow at once.
void read_half(const FoldedText& text, const Lexicon& lexicon, Numeral& numeral) {
  if (lexicon.language() == Language::id || writes_han(lexicon.language())) return;
  const int gap = skip_gap(text, numeral.end);
  const WordMatch half = gap == numeral.end ? WordMatch{} : lexicon.match(text, gap, senses(Sense::half));
  if (!half) return;
  Decimal part = half_of_scale(numeral.value);
  numeral.end = half.end;
  numeral.plain = false;
  const WordMatch scale = lexicon.match(text, skip_gap(text, half.end), senses(Sense::scale, Sense::lone_scale));
  std::optional<Decimal> sum = add(numeral.value, part);
  if (scale) {
    const bool repeats = part != Decimal{5, 1};  // مليون ونصف مليون
    if (!repeats && sum) sum = multiply(*sum, scale.entry->value);
    numeral.end = scale.end;
  }
  if (sum) numeral.value = *sum;
}

bool follows(const FoldedText& text, int at, std::u32string_view before) {
  const int begin = at - static_cast<int>(before.size());
  return begin >= 0 && std::u32string_view(text.points).substr(static_cast<size_t>(begin), before.size()) == before;
}

// "1990-an", "1990s", "années 1990", 1990年代: about that year.
void read_decade(const FoldedText& text, Language language, Numeral& numeral) {
  if (numeral.value.digits % 10 != 0 || numeral.value.digits < 10) return;
  if (language == Language::fr) numeral.approximate = follows(text, numeral.begin, U"annees ");
  if (language == Language::ar) numeral.approximate = follows(text, numeral.begin, U"عقد ");
  if (writes_han(language)) numeral.approximate = has_suffix(text, numeral.end, U"年代");
  if (language == Language::ja && numeral.value.digits < 100 && text.at(numeral.end) == U'代')
    numeral.approximate = true;
  constexpr std::u32string_view kSuffixes[] = {U"-an", U"s", U"'s"};
  for (const std::u32string_view suffix : kSuffixes) {
    if ((language == Language::id) != (suffix == U"-an") || !has_suffix(text, numeral.end, suffix)) continue;
    if (language != Language::id && language != Language::en) continue;
    numeral.approximate = true;
    numeral.end += static_cast<int>(suffix.size());
    return;
  }
}

}  // namespace

std::optional<Numeral> read_numeral(const FoldedText& text, int at, const Lexicon& lexicon,
                                    const NumeralOptions& options) {
  const Language language = lexicon.language();
  std::optional<Numeral> numeral = read_digits(text, at, language);
  if (numeral) {
    read_scales(text, lexicon, options, *numeral);
    if (numeral->plain) read_decade(text, language, *numeral);
    if (numeral->plain && !numeral->approximate) read_ordinal_suffix(text, language, *numeral);
    if (!numeral->ordinal) read_half(text, lexicon, *numeral);
    return numeral;
  }
  if (writes_han(language)) {
    if ((numeral = read_han_numeral(text, at, lexicon))) return numeral;
  } else if ((numeral = read_number_words(text, at, lexicon))) {
    if (!numeral->ordinal && !numeral->approximate) read_half(text, lexicon, *numeral);
    return numeral;
  }
  return text.at(at) < 0x80 ? read_roman(text, at, language) : std::nullopt;
}

std::optional<Numeral> read_roman(const FoldedText& text, int at, Language language) {
  const auto value_of = [](char32_t c) { return c == U'i' ? 1 : c == U'v' ? 5 : c == U'x' ? 10 : 0; };
  int end = at;
  int value = 0;
  while (value_of(text.at(end)) != 0 && text.capitals[static_cast<size_t>(end)]) {
    const int here = value_of(text.at(end));
    const int next = value_of(text.at(end + 1));
    value += here < next && text.capitals[static_cast<size_t>(end + 1)] ? -here : here;
    ++end;
  }
  if (end - at < 2 || value < 2) return std::nullopt;  // a single letter is rather an initial
  Numeral numeral{.begin = at, .end = end, .value = {value, 0}, .spelled = true, .ordinal = true};
  if (language == Language::fr) read_ordinal_suffix(text, language, numeral);
  if (!is_border(U'i', text.at(numeral.end))) return std::nullopt;
  return numeral;
}

}  // namespace kabar::text
