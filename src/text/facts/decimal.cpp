#include "text/facts/decimal.h"

namespace kabar::text {
namespace {

bool raise(Decimal& a, int scale) {
  for (; a.scale < scale; ++a.scale) {
    if (__builtin_mul_overflow(a.digits, 10, &a.digits)) return false;
  }
  return true;
}

}  // namespace

Decimal make_decimal(int64_t digits, int scale) {
  while (scale > 0 && digits % 10 == 0) {
    digits /= 10;
    --scale;
  }
  return {digits, scale};
}

std::optional<Decimal> multiply(Decimal a, int64_t factor) {
  for (; a.scale > 0 && factor % 10 == 0; --a.scale) factor /= 10;
  if (__builtin_mul_overflow(a.digits, factor, &a.digits)) return std::nullopt;
  return make_decimal(a.digits, a.scale);
}

std::optional<Decimal> add(Decimal a, Decimal b) {
  if (!raise(a, b.scale) || !raise(b, a.scale)) return std::nullopt;
  if (__builtin_add_overflow(a.digits, b.digits, &a.digits)) return std::nullopt;
  return make_decimal(a.digits, a.scale);
}

std::strong_ordering compare(Decimal a, Decimal b) {
  const bool fits = raise(a, b.scale) && raise(b, a.scale);
  if (fits) return a.digits <=> b.digits;
  return static_cast<long double>(a.digits) < static_cast<long double>(b.digits) ? std::strong_ordering::less
                                                                                 : std::strong_ordering::greater;
}

std::optional<int64_t> integer(Decimal a) {
  if (a.scale != 0) return std::nullopt;
  return a.digits;
}

bool is_integer(Decimal a, int64_t value) { return a.scale == 0 && a.digits == value; }

}  // namespace kabar::text
