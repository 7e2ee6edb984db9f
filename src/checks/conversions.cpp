#include "checks/conversions.h"

#include <algorithm>
#include <cmath>

namespace kabar::checks {
namespace {

using text::Decimal;
using text::Fact;
using text::FactKind;

// Units that a translator converts, and by how much.
struct Factor {
  std::u32string_view word;
  int64_t factor;
};
constexpr Factor kFactors[] = {{U"kuintal", 100}, {U"kiloliter", 1000}, {U"kodi", 20}};
// Units of data/checks/units.tsv in the base unit of their dimension. A month is no number of days here.
enum class Dimension { length, mass, area, volume, time, calendar };
struct Measure {
  std::string_view unit;
  Dimension dimension;
  double factor;
};
constexpr Measure kMeasures[] = {
    {"unit-km", Dimension::length, 1000},
    {"unit-kmh", Dimension::length, 1000},
    {"unit-mile", Dimension::length, 1609.344},
    {"unit-nautical-mile", Dimension::length, 1852},
    {"unit-metre", Dimension::length, 1},
    {"unit-centimetre", Dimension::length, 0.01},
    {"unit-millimetre", Dimension::length, 1e-3},
    {"unit-foot", Dimension::length, 0.3048},
    {"unit-inch", Dimension::length, 0.0254},
    {"unit-kg", Dimension::mass, 1},
    {"unit-gram", Dimension::mass, 1e-3},
    {"unit-ton", Dimension::mass, 1000},
    {"unit-quintal", Dimension::mass, 100},
    {"unit-pound", Dimension::mass, 0.4536},
    {"unit-m2", Dimension::area, 1},
    {"unit-km2", Dimension::area, 1e6},
    {"unit-hectare", Dimension::area, 1e4},
    {"unit-acre", Dimension::area, 4046.86},
    {"unit-litre", Dimension::volume, 1},
    {"unit-m3", Dimension::volume, 1000},
    {"unit-gallon", Dimension::volume, 3.785},
    {"unit-barrel", Dimension::volume, 158.99},
    {"unit-second", Dimension::time, 1},
    {"unit-minute", Dimension::time, 60},
    {"unit-hour", Dimension::time, 3600},
    {"unit-day", Dimension::time, 86400},
    {"unit-week", Dimension::time, 604800},
    {"unit-month", Dimension::calendar, 1},
    {"unit-year", Dimension::calendar, 12},
    {"unit-decade", Dimension::calendar, 120},
    {"unit-century", Dimension::calendar, 1200},
};
constexpr double kRounding = 0.04;  // relative: translators round what they convert

// The measures that the words behind the figure may mean: キロ is a kilometre or a kilogram.
std::vector<const Measure*> measures_of(const Fact& fact, const Side& side, const Concepts& concepts) {
  std::vector<const Measure*> measures;
  if (fact.kind != FactKind::number && fact.kind != FactKind::range) return measures;
  for (const ConceptHit& hit : side.concepts) {
    if (hit.weight != Weight::hard || !stands_behind(fact, hit.span)) continue;
    const std::string& id = concepts.list()[static_cast<size_t>(hit.concept_number)].id;
    for (const Measure& measure : kMeasures) {
      if (measure.unit == id) measures.push_back(&measure);
    }
  }
  return measures;
}

double to_double(const Decimal& value) { return static_cast<double>(value.digits) * std::pow(10.0, -value.scale); }

// What follows a figure, without the blank.
std::u32string_view behind(std::u32string_view text, const Fact& fact) {
  std::u32string_view rest = text.substr(std::min(static_cast<size_t>(fact.span.end), text.size()));
  if (rest.starts_with(U" ")) rest.remove_prefix(1);
  return rest;
}

constexpr long kDozen = 12;
constexpr int64_t kDigitsMax = 1'000'000'000;  // keeps the products in range

Decimal times(Decimal value, int64_t factor) {
  value.digits *= factor;
  while (value.scale > 0 && value.digits % 10 == 0) value.digits /= 10, --value.scale;
  return value;
}

// "2 x 24": the two numbers have only an x between them.
bool are_multiplied(const Fact& a, const Fact& b, std::u32string_view text) {
  const Fact& left = a.span.begin < b.span.begin ? a : b;
  const Fact& right = a.span.begin < b.span.begin ? b : a;
  const int gap = right.span.begin - left.span.end;
  if (gap < 1 || gap > 3) return false;
  const std::u32string_view between = text.substr(static_cast<size_t>(left.span.end), static_cast<size_t>(gap));
  return between.find(U'x') != std::u32string_view::npos;
}

bool says_half(const Side& target) {
  static constexpr std::string_view kHalves[] = {"half",  "demi", "半",       "6か月",
                                                 "6カ月", "نصف",  "six mois", "six months"};
  return std::any_of(std::begin(kHalves), std::end(kHalves),
                     [&](std::string_view word) { return target.text.find(word) != std::string_view::npos; });
}

}  // namespace

std::optional<Decimal> figure(const Fact& fact) {
  if (fact.kind == FactKind::time && fact.minute <= 0) return Decimal{fact.hour, 0};
  if (fact.kind == FactKind::date || fact.kind == FactKind::time ||
      fact.currency.empty() != (fact.kind != FactKind::money)) {
    return std::nullopt;
  }
  return fact.value;
}

bool has_figure(const std::vector<Fact>& facts, const Decimal& value) {
  return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) { return figure(fact) == value; });
}

bool stands_behind(const Fact& fact, Span unit) {
  const int gap = unit.begin - fact.span.end;
  return gap >= 0 && gap <= 2;
}

bool is_same_measure(const Fact& source_fact, const Fact& target_fact, const Reading& reading) {
  const Concepts& concepts = reading.knowledge.concepts;
  if (source_fact.kind != target_fact.kind) return false;
  for (const Measure* from : measures_of(source_fact, reading.source, concepts)) {
    for (const Measure* to : measures_of(target_fact, reading.target, concepts)) {
      const auto agree = [&](const Decimal& source_value, const Decimal& target_value) {
        const double expected = to_double(source_value) * from->factor;
        return std::abs(to_double(target_value) * to->factor - expected) <= kRounding * expected;
      };
      if (from == to || from->dimension != to->dimension || source_fact.value.digits <= 0) continue;
      if (agree(source_fact.value, target_fact.value) && agree(source_fact.value2, target_fact.value2)) return true;
    }
  }
  return false;
}

bool is_same_saying(const Fact& source_fact, const Fact& target_fact, const Reading& reading) {
  const double from = to_double(source_fact.value), to = to_double(target_fact.value);
  const std::u32string_view source = reading.source.folded.text, target = reading.target.folded.text;
  // Arabic names a decade by its tens alone.
  if (source_fact.approximate && target_fact.approximate && from > 1000 && std::fmod(from, 100) == to) return true;
  // Chinese counts what was added.
  const bool times = behind(target, target_fact).starts_with(U"倍") && behind(source, source_fact).find(U"kali") < 3;
  if (times && to == from - 1) return true;
  // The scale word stands behind the last of a row: "14, 19, dan 23 juta", "deux à trois millions".
  const auto shares_scale = [](const Fact& fact, double scale, const std::vector<Fact>& row) {
    return std::any_of(row.begin(), row.end(), [&](const Fact& other) {
      const int gap = other.span.begin - fact.span.end;
      return gap > 0 && gap < 24 && to_double(other.value) >= scale;
    });
  };
  for (double scale : {1e3, 1e6, 1e9, 1e12}) {
    if (to == from * scale) return shares_scale(source_fact, scale, reading.source.facts);
    if (from == to * scale) return target_fact.spelled && shares_scale(target_fact, scale, reading.target.facts);
  }
  return false;
}

bool is_said_in_words(const Fact& fact, const Reading& reading) {
  const Side& source = reading.source;
  const auto says = [&](std::string_view word) { return source.text.find(word) != std::string_view::npos; };
  const double value = to_double(fact.value);
  if (fact.kind == FactKind::time) {
    if (fact.hour % 24 == 0 && fact.minute <= 0 && says("tengah malam")) return true;
    return fact.minute <= 0 && std::any_of(source.facts.begin(), source.facts.end(), [&](const Fact& other) {
             if (!other.spelled || other.kind != FactKind::number || other.value.scale != 0) return false;
             const std::string before = source.slice({std::max(0, other.span.begin - 6), other.span.begin});
             const bool hour = before.ends_with("pukul ") || before.ends_with("jam ");
             return hour && other.value.digits <= 12 && other.value.digits % 12 == fact.hour % 12;
           });
  }
  if (says("setengah") || says("separuh")) {
    // Half an hour, a year, a metre, a kilogram.
    for (double half : {0.5, 6.0, 30.0, 50.0, 500.0}) {
      if (value == half) return true;
    }
  }
  if (fact.kind != FactKind::number) return false;
  const std::u32string_view text = reading.target.folded.text;
  const std::u32string_view after = behind(text, fact);
  const bool century =
      after.starts_with(U"世") || after.starts_with(U"th cent") || after.starts_with(U"e siècle") ||
      reading.target.slice({std::max(0, fact.span.begin - 9), fact.span.begin}).find("القرن") != std::string::npos;
  return std::any_of(source.facts.begin(), source.facts.end(), [&](const Fact& other) {
    const double stated = other.kind == FactKind::date ? other.year : to_double(other.value);
    if (century && std::floor(stated / 100) + 1 == value) return true;
    return other.approximate && stated >= 10 && value >= stated / 2 && value <= stated * 2;
  });
}

bool is_stage(const Fact& fact, const Reading& reading) {
  static constexpr std::string_view kStages[] = {"uitième", "quart", "demi", "نهائي", "决赛", "決勝", "final"};
  return behind(reading.source.folded.text, fact).starts_with(U"besar") &&
         std::any_of(std::begin(kStages), std::end(kStages),
                     [&](std::string_view stage) { return reading.target.text.find(stage) != std::string_view::npos; });
}

std::optional<Decimal> converted_figure(const Fact& fact, const Side& source, const Side& target) {
  if (fact.kind != FactKind::number || fact.value.digits <= 0 || fact.value.digits > kDigitsMax) return std::nullopt;
  const auto stated = [&](const Decimal& value) -> std::optional<Decimal> {
    return has_figure(target.facts, value) ? std::optional(value) : std::nullopt;
  };
  const std::u32string_view text = source.folded.text;
  for (const Factor& factor : kFactors) {
    if (behind(text, fact).starts_with(factor.word)) return stated(times(fact.value, factor.factor));
  }
  // "dua lusin", "tujuh dasawarsa": the number of dozens or decades.
  for (const auto& [word, size] : {std::pair("lusin", kDozen), std::pair("dasawarsa", 10L), std::pair("dekade", 10L)}) {
    if (fact.text.find(word) != std::string::npos && fact.value.digits % size == 0) {
      if (const auto number = stated({fact.value.digits / size, fact.value.scale})) return number;
    }
  }
  for (const Fact& other : source.facts) {
    const bool whole = other.kind == FactKind::number && other.value.scale == 0 && fact.value.scale == 0;
    if (&other == &fact || !whole || other.value.digits > 10'000 || !are_multiplied(fact, other, text)) continue;
    if (const auto product = stated(times(fact.value, other.value.digits))) return product;
  }
  const bool half = fact.value.scale == 1 && fact.value.digits % 10 == 5;
  return half && says_half(target) ? stated({fact.value.digits / 10, 0}) : std::nullopt;
}

}  // namespace kabar::checks
