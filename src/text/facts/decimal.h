// Exact arithmetic on the small decimal numbers of news texts.
#pragma once
#include <optional>
#include <string>

#include "text/facts/fact.h"

namespace kabar::text {

// Scale kept minimal: 150 * 10^-2 becomes 15 * 10^-1.
Decimal make_decimal(int64_t digits, int scale);
// Nothing on overflow of 64 bits.
std::optional<Decimal> multiply(Decimal a, int64_t factor);
std::optional<Decimal> add(Decimal a, Decimal b);
std::strong_ordering compare(Decimal a, Decimal b);
// The integer, if it is one.
std::optional<int64_t> integer(Decimal a);
bool is_integer(Decimal a, int64_t value);

}  // namespace kabar::text
