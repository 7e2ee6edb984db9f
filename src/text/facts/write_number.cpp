#include "text/facts/write_number.h"

#include <array>
#include <optional>
#include <span>

#include "text/facts/decimal.h"

namespace kabar::text {
namespace {

constexpr std::string_view kNarrowSpace = "\u202F";
constexpr std::string_view kHardSpaceUtf8 = "\u00A0";

struct Scale {
  int64_t value;
  std::string_view one;
  std::string_view many;  // French plural from 2; Arabic after 3 to 10
  int64_t least;          // of the number that is written with this scale
};

constexpr Scale kIndonesian[] = {{1'000'000'000'000, "triliun", "triliun", 1'000'000'000'000},
                                 {1'000'000'000, "miliar", "miliar", 1'000'000'000},
                                 {1'000'000, "juta", "juta", 1'000'000}};
constexpr Scale kEnglish[] = {{1'000'000'000'000, "trillion", "trillion", 1'000'000'000'000},
                              {1'000'000'000, "billion", "billion", 1'000'000'000},
                              {1'000'000, "million", "million", 1'000'000}};
// French papers count in thousands of milliards: "billion" would be misread.
constexpr Scale kFrench[] = {{1'000'000'000, "milliard", "milliards", 1'000'000'000},
                             {1'000'000, "million", "millions", 1'000'000}};
constexpr Scale kArabic[] = {{1'000'000'000'000, "تريليون", "تريليونات", 1'000'000'000'000},
                             {1'000'000'000, "مليار", "مليارات", 1'000'000'000},
                             {1'000'000, "مليون", "ملايين", 1'000'000},
                             {1'000, "ألف", "آلاف", 10'000}};
constexpr Scale kChinese[] = {{1'000'000'000'000, "万亿", "万亿", 1'000'000'000'000},
                              {100'000'000, "亿", "亿", 100'000'000},
                              {10'000, "万", "万", 10'000}};

struct Style {
  std::string_view decimal;
  std::string_view group;
  std::string_view scale_gap;
  std::span<const Scale> scales;
  int scale_decimals;  // more digits behind the sign are written out in full instead
};

Style style_of(Language language) {
  if (language == Language::id) return {",", ".", " ", kIndonesian, 3};
  if (language == Language::fr) return {",", kNarrowSpace, kHardSpaceUtf8, kFrench, 3};
  if (language == Language::ar) return {".", ",", " ", kArabic, 3};
  if (language == Language::zh) return {".", "", "", kChinese, 2};
  if (language == Language::ja) return {".", "", "", {}, 0};
  return {".", ",", " ", kEnglish, 3};
}

std::string group_digits(std::string_view digits, std::string_view separator) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += separator;
    out += digits[i];
  }
  return out;
}

std::string plain_number(Decimal value, int decimals, bool grouped, const Style& style) {
  std::string digits = std::to_string(value.digits);
  std::string fraction;
  if (value.scale > 0) {
    const size_t scale = static_cast<size_t>(value.scale);
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    fraction = digits.substr(digits.size() - scale);
    digits.resize(digits.size() - scale);
  }
  if (fraction.size() < static_cast<size_t>(std::max(decimals, 0))) fraction.resize(static_cast<size_t>(decimals), '0');
  std::string out = grouped ? group_digits(digits, style.group) : digits;
  if (!fraction.empty()) out += std::string(style.decimal) + fraction;
  return out;
}

// value / by, if that needs at most `decimals_max` digits behind the sign.
std::optional<Decimal> divide(Decimal value, int64_t by, int decimals_max) {
  int scale = value.scale;
  for (; by > 1; by /= 10) ++scale;  // every scale is a power of ten
  const Decimal quotient = make_decimal(value.digits, scale);
  if (quotient.scale > decimals_max) return std::nullopt;
  return quotient;
}

// 1兆2000億, 1万6245: Japanese mixes digits and scales.
std::string japanese_number(Decimal value, int decimals, const Style& style) {
  if (value.scale > 0) return plain_number(value, decimals, false, style);
  constexpr std::array<std::pair<int64_t, std::string_view>, 4> kParts = {
      {{1'000'000'000'000, "兆"}, {100'000'000, "億"}, {10'000, "万"}, {1, ""}}};
  std::string out;
  int64_t rest = value.digits;
  for (const auto& [scale, name] : kParts) {
    if (rest >= scale) out += std::to_string(rest / scale) + std::string(name);
    rest %= scale;
  }
  return out.empty() ? "0" : out;
}

bool is_plural(Decimal value, Language language) {
  if (language == Language::ar) {
    const std::optional<int64_t> whole = integer(value);
    return whole && *whole % 100 >= 3 && *whole % 100 <= 10;
  }
  return compare(value, {2, 0}) >= 0;
}

}  // namespace

std::string write_number(Decimal value, int decimals, bool grouped, Scales scales, Language language) {
  const Style style = style_of(language);
  if (language == Language::ja) {
    return scales == Scales::words ? japanese_number(value, decimals, style)
                                   : plain_number(value, decimals, false, style);
  }
  if (scales == Scales::words) {
    for (const Scale& scale : style.scales) {
      if (compare(value, {scale.least, 0}) < 0) continue;
      const std::optional<Decimal> part = divide(value, scale.value, style.scale_decimals);
      if (!part) continue;
      if (scale.value == 1'000 && part->scale > 0) break;  // 16,245 stays as it is
      return plain_number(*part, 0, true, style) + std::string(style.scale_gap) +
             std::string(is_plural(*part, language) ? scale.many : scale.one);
    }
  }
  return plain_number(value, decimals, grouped, style);
}

bool ends_in_scale_noun(std::string_view number, Language language) {
  if (language != Language::fr) return false;
  for (const Scale& scale : kFrench) {
    if (number.ends_with(scale.one) || number.ends_with(scale.many)) return true;
  }
  return false;
}

}  // namespace kabar::text
