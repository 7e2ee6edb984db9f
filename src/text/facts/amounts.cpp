#include "text/facts/decimal.h"
#include "text/facts/numeral.h"
#include "text/facts/readers.h"

namespace kabar::text {
namespace {

Fact make_number(const Numeral& numeral) {
  Fact fact;
  fact.span = {numeral.begin, numeral.end};
  fact.value = numeral.value;
  fact.decimals = numeral.decimals;
  fact.approximate = numeral.approximate;
  fact.ordinal = numeral.ordinal;
  fact.spelled = numeral.spelled;
  return fact;
}

// The upper end of "10-15", "10–15 juta", 3比1, 500万～1000万; the scale behind it counts for both ends.
std::optional<Numeral> read_upper(const Reader& reader, const Numeral& lower, const NumeralOptions& options) {
  const char32_t sign = reader.text.at(lower.end);
  const bool versus = sign == U'比' || sign == U'対';
  const bool to = reader.lexicon.language() == Language::zh && (sign == U'至' || sign == U'到');
  if (sign != U'-' && sign != U'~' && !versus && !to) return std::nullopt;
  if (!is_digit(reader.text.at(lower.end + 1))) return std::nullopt;
  std::optional<Numeral> upper = read_numeral(reader.text, lower.end + 1, reader.lexicon, options);
  if (!upper || upper->spelled || reader.text.at(upper->end) == U'-') return std::nullopt;  // "1-2-3", a telephone
  return upper;
}

// Small numbers and a falling pair are rather a result; a rising pair of larger ones is a range.
bool looks_like_score(const Numeral& first, const Numeral& second) {
  const std::optional<int64_t> a = integer(first.value);
  const std::optional<int64_t> b = integer(second.value);
  return a && b && first.plain && second.plain && *a < 200 && *b < 200 && (*a >= *b || (*a < 10 && *b < 10));
}

// The word behind a number that makes it percent or money. Also over a link: "milliards de roupies".
WordMatch match_kind(const Reader& reader, int end, bool scaled) {
  const FoldedText& text = reader.text;
  constexpr Senses kWanted = senses(Sense::percent, Sense::currency);
  int at = end;
  const bool han = writes_han(reader.lexicon.language());
  if (han && text.at(at) == U' ') ++at;
  if (han && (text.at(at) == U'多' || text.at(at) == U'余')) ++at;
  at = skip_gap(text, at);
  if (const WordMatch found = reader.lexicon.match(text, at, kWanted)) {
    // بين is "between", not "by the yen", and للدولار "for a dollar": no currency of the figure before it.
    return found.begin > at && found.entry->sense == Sense::currency ? WordMatch{} : found;
  }
  if (!scaled || at == end) return {};
  const WordMatch link = reader.lexicon.match(text, at, senses(Sense::link_word));
  if (!link) return {};
  return reader.lexicon.match(text, is_blank(text.at(link.end)) ? link.end + 1 : link.end, kWanted);
}

void apply_kind(Fact& fact, const WordMatch& kind) {
  fact.kind = kind.entry->sense == Sense::percent ? FactKind::percent : FactKind::money;
  fact.currency = kind.entry->code;
  fact.span.end = kind.end;
}

// 百分之十二, 百分之12
std::optional<Fact> read_han_percent(const Reader& reader, int at) {
  constexpr std::u32string_view kPrefix = U"百分之";
  for (size_t i = 0; i < kPrefix.size(); ++i) {
    if (reader.text.at(at + static_cast<int>(i)) != kPrefix[i]) return std::nullopt;
  }
  const int begin = at + static_cast<int>(kPrefix.size());
  std::optional<Numeral> numeral = read_digits(reader.text, begin, Language::zh);
  // The sign 分 before it counts like a counter behind it.
  if (!numeral) {
    FoldedText rest{reader.text.points.substr(static_cast<size_t>(begin), 8), {}, {}};
    size_t length = 0;
    while (length < rest.points.size() &&
           std::u32string_view(U"一二三四五六七八九十百").find(rest.points[length]) != std::u32string_view::npos) {
      ++length;
    }
    rest.points.resize(length);
    rest.points += U"个";
    numeral = read_han_numeral(rest, 0, reader.lexicon);
    if (!numeral) return std::nullopt;
    numeral->end += begin;
  }
  numeral->begin = at;
  Fact fact = make_number(*numeral);
  fact.kind = FactKind::percent;
  return fact;
}

// 3割 is 30 percent, 2割5分 is 25.
std::optional<Fact> read_wari(const Reader& reader, const Numeral& numeral) {
  const FoldedText& text = reader.text;
  if (reader.lexicon.language() != Language::ja || text.at(numeral.end) != U'割' || numeral.value.scale != 0 ||
      numeral.value.digits > 10) {
    return std::nullopt;
  }
  Fact fact = make_number(numeral);
  fact.kind = FactKind::percent;
  fact.approximate = true;  // also said of fractions
  int64_t percent = numeral.value.digits * 10;
  int i = numeral.end + 1;
  fact.span.end = i;
  const int tenth = read_plain(text, i, 1);
  if (tenth >= 0 && text.at(i) == U'分') {
    percent += tenth;
    fact.span.end = i + 1;
  }
  fact.value = {percent, 0};
  return fact;
}

// 8折 is 20 percent off, 三成 is 30 percent. Both are said loosely, also of fractions.
std::optional<Fact> read_tenths(const Reader& reader, int at) {
  const FoldedText& text = reader.text;
  if (reader.lexicon.language() != Language::zh) return std::nullopt;
  constexpr std::u32string_view kDigits = U"一二三四五六七八九";
  const size_t han = kDigits.find(text.at(at));
  const bool digit = is_digit(text.at(at)) && !is_digit(text.at(at - 1)) && text.at(at - 1) != U'.';
  const int tenths = han != std::u32string_view::npos ? static_cast<int>(han) + 1
                     : digit                          ? static_cast<int>(text.at(at) - U'0')
                                                      : 0;
  const char32_t sign = text.at(at + 1);
  const bool is_share = sign == U'成' && std::u32string_view(U"为立功员年长果本了份一").find(text.at(at + 2)) ==
                                             std::u32string_view::npos;
  if (tenths == 0 || (sign != U'折' && !is_share)) return std::nullopt;
  Fact fact;
  fact.kind = FactKind::percent;
  fact.span = {at, at + 2};
  fact.value = {10 * (sign == U'折' ? 10 - tenths : tenths), 0};
  fact.approximate = fact.spelled = true;
  return fact;
}

// "Rp5-10 juta": both ends are millions, although one of them says so.
void share_scale(const Reader& reader, const Numeral& lower, const Numeral& upper, Fact& fact) {
  if (!upper.scaled || lower.scaled) return;
  const std::optional<Numeral> bare = read_digits(reader.text, upper.begin, reader.lexicon.language());
  if (!bare) return;
  for (int64_t factor = 10; factor <= 1'000'000'000'000; factor *= 10) {
    const std::optional<Decimal> scaled = multiply(bare->value, factor);
    if (!scaled || compare(*scaled, upper.value) != 0) continue;
    if (const std::optional<Decimal> value = multiply(lower.value, factor)) fact.value = *value;
    return;
  }
}

std::optional<Fact> read_prefixed_money(const Reader& reader, int at) {
  const FoldedText& text = reader.text;
  const WordMatch sign = reader.lexicon.match(text, at, senses(Sense::currency_sign));
  if (!sign) return std::nullopt;
  int i = sign.end;
  while (is_blank(text.at(i))) ++i;
  if (!is_digit(text.at(i))) return std::nullopt;
  const bool letters = letter_class(text.at(at)) == LetterClass::latin;
  if (letters && !text.capitals[static_cast<size_t>(at)] && text.at(at) != U'r') return std::nullopt;
  constexpr NumeralOptions kMoney{.money = true};
  std::optional<Numeral> lower = read_numeral(text, i, reader.lexicon, kMoney);
  if (!lower) return std::nullopt;
  Fact fact = make_number(*lower);
  fact.kind = FactKind::money;
  fact.currency = sign.entry->code;
  fact.span.begin = at;
  if (const std::optional<Numeral> upper = read_upper(reader, *lower, kMoney)) {
    fact.value2 = upper->value;
    fact.span.end = upper->end;
    share_scale(reader, *lower, *upper, fact);
  }
  // "Rp5 juta rupiah", "$5 million dollars" say it twice.
  const WordMatch again = reader.lexicon.match(text, skip_gap(text, fact.span.end), senses(Sense::currency));
  if (again && again.entry->code == fact.currency && letter_class(text.at(again.begin)) != LetterClass::none) {
    fact.span.end = again.end;
  }
  return fact;
}

// "ke-88": the prefix belongs to the number.
std::optional<Numeral> read_indonesian_ordinal(const Reader& reader, int at) {
  const FoldedText& text = reader.text;
  if (reader.lexicon.language() != Language::id || text.at(at) != U'k' || text.at(at + 1) != U'e' ||
      text.at(at + 2) != U'-') {
    return std::nullopt;
  }
  std::optional<Numeral> numeral =
      is_digit(text.at(at + 3)) ? read_digits(text, at + 3, Language::id) : read_roman(text, at + 3, Language::id);
  if (!numeral) return std::nullopt;
  numeral->begin = at;
  numeral->ordinal = true;
  return numeral;
}

// 20世纪90年代 is 1990.
std::optional<Fact> read_decade(const Reader& reader, const Numeral& century) {
  const FoldedText& text = reader.text;
  constexpr std::u32string_view kCentury = U"世纪";
  int i = skip_han_space(text, century.end);
  if (reader.lexicon.language() != Language::zh || text.at(i) != kCentury[0] || text.at(i + 1) != kCentury[1]) {
    return std::nullopt;
  }
  i = skip_han_space(text, i + 2);
  const int decade = read_plain(text, i, 2);
  i = skip_han_space(text, i);
  if (decade < 0 || text.at(i) != U'年' || text.at(i + 1) != U'代' || century.value.digits > 30) return std::nullopt;
  Fact fact = make_number(century);
  fact.value = {(century.value.digits - 1) * 100 + decade, 0};
  fact.approximate = true;
  fact.span.end = i + 2;
  return fact;
}

bool is_fraction(const Reader& reader, int at) {
  const char32_t second = reader.text.at(at + 1);
  return writes_han(reader.lexicon.language()) && reader.text.at(at) == U'分' && (second == U'の' || second == U'之');
}

}  // namespace

std::optional<Fact> read_amount(const Reader& reader, int at) {
  if (std::optional<Fact> money = read_prefixed_money(reader, at)) return money;
  if (reader.text.at(at) == U'百') {
    if (std::optional<Fact> percent = read_han_percent(reader, at)) return percent;
  }
  if (const std::optional<Numeral> ordinal = read_indonesian_ordinal(reader, at)) return make_number(*ordinal);
  if (std::optional<Fact> tenths = read_tenths(reader, at)) return tenths;
  const std::optional<Numeral> numeral = read_numeral(reader.text, at, reader.lexicon);
  if (!numeral) return std::nullopt;
  // "one", "satu", 一 are figures only as percent, money or before a scale.
  const bool lone_one = numeral->spelled && !numeral->ordinal && is_integer(numeral->value, 1);
  if (lone_one && !match_kind(reader, numeral->end, false)) return std::nullopt;
  if (std::optional<Fact> wari = read_wari(reader, *numeral)) return wari;
  if (std::optional<Fact> decade = read_decade(reader, *numeral)) return decade;

  Fact fact = make_number(*numeral);
  // 3分の1, 三分之一: a fraction is read as a word about its denominator, so that nobody takes it for a figure.
  if (is_fraction(reader, numeral->end)) fact.spelled = fact.approximate = true;
  bool scaled = numeral->scaled || numeral->spelled;
  const std::optional<Numeral> upper =
      numeral->spelled || numeral->ordinal ? std::nullopt : read_upper(reader, *numeral, {});
  if (upper) {
    fact.kind = looks_like_score(*numeral, *upper) ? FactKind::score : FactKind::range;
    fact.value2 = upper->value;
    fact.span.end = upper->end;
    scaled = upper->scaled;
    share_scale(reader, *numeral, *upper, fact);
  }
  if (const WordMatch kind = match_kind(reader, fact.span.end, scaled); kind && !fact.ordinal) {
    apply_kind(fact, kind);
  }
  return fact;
}

}  // namespace kabar::text
