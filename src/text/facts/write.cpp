// Facts as good newspapers of each language write them.
#include <fmt/format.h>

#include "base/utf8.h"
#include "text/facts/calendar.h"
#include "text/facts/currency.h"
#include "text/facts/decimal.h"
#include "text/facts/fact.h"
#include "text/facts/write_number.h"

namespace kabar::text {
namespace {

constexpr std::string_view kHardSpaceText = "\u00A0";
constexpr std::string_view kNarrowSpaceText = "\u202F";

std::string_view form(std::string_view forms, size_t index) {
  for (; index > 0; --index) {
    const size_t bar = forms.find('|');
    if (bar == std::string_view::npos) return forms;
    forms.remove_prefix(bar + 1);
  }
  return forms.substr(0, forms.find('|'));
}

bool is_all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Years, telephone and account numbers have no separators in the source and get none.
bool is_code(const Fact& fact) { return is_all_digits(fact.text); }

std::string write_magnitude(const Fact& fact, Language language) {
  const int64_t value = fact.value.digits;
  const auto pick = [&](std::string_view ten, std::string_view hundred, std::string_view thousand,
                        std::string_view ten_thousand, std::string_view hundred_thousand, std::string_view million,
                        std::string_view more) {
    return std::string(value < 100             ? ten
                       : value < 1'000         ? hundred
                       : value < 10'000        ? thousand
                       : value < 100'000       ? ten_thousand
                       : value < 1'000'000     ? hundred_thousand
                       : value < 1'000'000'000 ? million
                                               : more);
  };
  if (language == Language::fr) {
    return pick("des dizaines", "des centaines", "des milliers", "des dizaines de milliers",
                "des centaines de milliers", "des millions", "des milliards");
  }
  if (language == Language::zh) return pick("数十", "数百", "数千", "数万", "数十万", "数百万", "数十亿");
  if (language == Language::ja) return pick("数十", "数百", "数千", "数万", "数十万", "数百万", "数十億");
  if (language == Language::ar) {
    return pick("عشرات", "مئات", "آلاف", "عشرات الآلاف", "مئات الآلاف", "ملايين", "مليارات");
  }
  if (language == Language::id)
    return pick("puluhan", "ratusan", "ribuan", "puluhan ribu", "ratusan ribu", "jutaan", "miliaran");
  return pick("dozens", "hundreds", "thousands", "tens of thousands", "hundreds of thousands", "millions", "billions");
}

std::string english_ordinal(int64_t value) {
  const int64_t tens = value / 10 % 10;
  const int64_t units = value % 10;
  const std::string_view suffix = tens == 1 ? "th" : units == 1 ? "st" : units == 2 ? "nd" : units == 3 ? "rd" : "th";
  return fmt::format("{}{}", value, suffix);
}

std::string write_ordinal(int64_t value, Language language) {
  if (language == Language::en) return english_ordinal(value);
  if (language == Language::fr) return value == 1 ? "1er" : fmt::format("{}e", value);
  if (language == Language::zh || language == Language::ja) return fmt::format("第{}", value);
  if (language == Language::ar) return fmt::format("الـ{}", value);
  return fmt::format("ke-{}", value);
}

// A number without scale words where the source had none either: "1.798.412" is no "1.798412 million".
Scales scales_for(const Fact& fact) { return is_code(fact) ? Scales::none : Scales::words; }

std::string write_value(const Fact& fact, Decimal value, Language language) {
  return write_number(value, fact.decimals * (scales_for(fact) == Scales::none || compare(value, {1'000, 0}) < 0),
                      !is_code(fact), scales_for(fact), language);
}

std::string write_plain_number(const Fact& fact, Language language) {
  if (fact.approximate) return write_magnitude(fact, language);
  if (fact.ordinal && fact.value.scale == 0) return write_ordinal(fact.value.digits, language);
  if (is_code(fact)) return fact.text;
  return write_value(fact, fact.value, language);
}

// "1990s", "années 1990", 1990年代.
std::string write_decade(const Fact& fact, Language language) {
  const int64_t year = fact.value.digits;
  if (language == Language::en) return fmt::format("{}s", year);
  if (language == Language::fr) return fmt::format("années {}", year);
  if (language == Language::zh && year >= 1000) return fmt::format("{}世纪{}年代", year / 100 + 1, year % 100);
  if (language == Language::zh || language == Language::ja) return fmt::format("{}年代", year);
  if (language == Language::ar) return fmt::format("عقد {}", year);
  return fmt::format("{}-an", year);
}

std::string_view range_dash(Language language) {
  if (language == Language::zh) return "至";
  if (language == Language::ja) return "～";
  return language == Language::en ? "–" : "-";
}

// "10–15 million", 1000万至1500万: Western languages name a common scale once.
std::string write_span(const Fact& fact, Language language) {
  std::string first = write_value(fact, fact.value, language);
  if (fact.value2 == Decimal{}) return first;
  const std::string second = write_value(fact, fact.value2, language);
  const auto scale_of = [](std::string_view text) {
    const size_t digits = text.find_last_of("0123456789");
    return digits == std::string_view::npos ? std::string_view() : text.substr(digits + 1);
  };
  const bool han = language == Language::zh || language == Language::ja;
  if (!han && scale_of(first) == scale_of(second)) first.resize(first.size() - scale_of(first).size());
  return first + std::string(range_dash(language)) + second;
}

std::string write_pair(const Fact& fact, Language language) {
  if (fact.kind == FactKind::range) {
    // "2019-2024" and other short ends stay as they are, the dash apart.
    if (fact.value.scale == 0 && fact.value2.scale == 0 && compare(fact.value2, {10'000, 0}) < 0) {
      return fmt::format("{}{}{}", fact.value.digits, range_dash(language), fact.value2.digits);
    }
    return write_span(fact, language);
  }
  const std::string_view between = language == Language::zh   ? "比"
                                   : language == Language::ja ? "―"
                                   : language == Language::en ? "–"
                                                              : "-";
  return fmt::format("{}{}{}", fact.value.digits, between, fact.value2.digits);
}

std::string write_percent(const Fact& fact, Language language) {
  const std::string number = write_span(fact, language);
  if (language == Language::en) return number + " percent";
  if (language == Language::fr) return number + std::string(kNarrowSpaceText) + "%";
  if (language == Language::zh) return number + "%";
  if (language == Language::ja) return number + "％";
  if (language == Language::ar) return number + " في المئة";
  return number + " persen";
}

bool starts_with_vowel(std::string_view word) {
  return !word.empty() && std::string_view("aeiouyAEIOUYé").find(word[0]) != std::string_view::npos;
}

std::string write_money(const Fact& fact, Language language) {
  const Currency* currency = find_currency(fact.currency);
  const std::string number = write_span(fact, language);
  if (currency == nullptr) return number + " " + fact.currency;
  if (language == Language::id && fact.currency == "IDR") return "Rp" + number;
  if (language == Language::en && fact.currency == "USD") return "US$" + number;
  if (language == Language::en && fact.currency == "EUR") return "€" + number;
  if (language == Language::en && fact.currency == "GBP") return "£" + number;

  const std::string_view forms = currency_forms(*currency, language);
  if (language == Language::zh || language == Language::ja) return number + std::string(form(forms, 0));
  if (language == Language::fr) {
    const std::string_view name = form(forms, compare(fact.value, {2, 0}) >= 0 ? 1 : 0);
    if (!ends_in_scale_noun(number, language)) return number + std::string(kHardSpaceText) + std::string(name);
    return fmt::format("{} {}{}", number, starts_with_vowel(name) ? "d’" : "de ", name);
  }
  if (language == Language::ar) {
    const bool few = fact.value.scale == 0 && fact.value.digits >= 3 && fact.value.digits <= 10;
    return fmt::format("{} {}", number, form(forms, few ? 1 : 0));
  }
  const bool one = is_integer(fact.value, 1);
  return fmt::format("{} {}", number, form(forms, language == Language::en && !one ? 1 : 0));
}

// 2026年8月6日（周四）, 8月6日（木）
std::string write_han_date(const Fact& fact, Language language) {
  std::string text;
  if (fact.year != 0 && !fact.year_completed) text += fmt::format("{}年", fact.year);
  if (fact.month != 0) text += fmt::format("{}月", fact.month);
  if (fact.day != 0) text += fmt::format("{}日", fact.day);
  if (fact.weekday == 0) return text;
  const std::string_view weekday = weekday_name(fact.weekday, language);
  if (text.empty()) return std::string(weekday);
  return fmt::format("{}（{}）", text, language == Language::ja ? slice_points(weekday, {0, 1}) : weekday);
}

std::string write_date(const Fact& fact, Language language) {
  if (language == Language::zh || language == Language::ja) return write_han_date(fact, language);
  const bool english = language == Language::en;
  std::string day_month(month_name(fact.month, language));
  if (fact.day != 0) {
    const std::string day = language == Language::fr && fact.day == 1 ? "1er" : std::to_string(fact.day);
    day_month = day_month.empty() ? day : english ? day_month + " " + day : day + " " + day_month;
  }
  std::string text(weekday_name(fact.weekday, language));
  if (!text.empty() && !day_month.empty()) text += english || language == Language::id ? ", " : " ";
  text += day_month;
  if (fact.year != 0 && !fact.year_completed) {
    text += english && fact.day != 0 ? ", " : text.empty() ? "" : " ";
    text += std::to_string(fact.year);
  }
  return text;
}

std::string english_time(int hour, int minute) {
  const int shown = hour % 12 == 0 ? 12 : hour % 12;
  const std::string_view half = hour % 24 < 12 ? "a.m." : "p.m.";
  return minute == 0 ? fmt::format("{} {}", shown, half) : fmt::format("{}:{:02} {}", shown, minute, half);
}

std::string write_time(const Fact& fact, Language language) {
  const int minute = std::max(fact.minute, 0);
  const std::string_view zone = zone_name(fact.zone, language);
  if (language == Language::zh) {
    return fmt::format("{}{}时{}", zone, fact.hour, minute == 0 ? "" : fmt::format("{}分", minute));
  }
  if (language == Language::ja) {
    const int hour = fact.hour % 24;
    return fmt::format("{}{}{}時{}", zone, hour < 12 ? "午前" : "午後", hour % 12,
                       minute == 0 ? "" : fmt::format("{}分", minute));
  }
  std::string text;
  if (language == Language::en) text = english_time(fact.hour, minute);
  if (language == Language::fr) {
    text = fmt::format("{}{}h", fact.hour, kHardSpaceText);
    if (minute != 0) text += fmt::format("{}{:02}", kHardSpaceText, minute);
    return zone.empty() ? text : fmt::format("{} ({})", text, zone);
  }
  if (language == Language::ar) text = fmt::format("{:02}:{:02}", fact.hour, minute);
  if (text.empty()) text = fmt::format("{:02}.{:02}", fact.hour, minute);
  return zone.empty() ? text : fmt::format("{} {}", text, zone);
}

}  // namespace

std::string write_fact(const Fact& fact, Language language) {
  switch (fact.kind) {
    case FactKind::number:
      return fact.approximate && !fact.spelled ? write_decade(fact, language) : write_plain_number(fact, language);
    case FactKind::percent:
      return write_percent(fact, language);
    case FactKind::money:
      return write_money(fact, language);
    case FactKind::date:
      return write_date(fact, language);
    case FactKind::time:
      return write_time(fact, language);
    case FactKind::score:
    case FactKind::range:
      return write_pair(fact, language);
    default:
      return fact.text;
  }
}

}  // namespace kabar::text
