// Numbers as good newspapers of a language write them.
#pragma once
#include <string>
#include <string_view>

#include "text/facts/fact.h"

namespace kabar::text {

// How far a number is rounded up into words.
enum class Scales { none, words };

// "1.2 trillion", "3 800 milliards", 1兆2000億, 1.2万亿. With Scales::none only digits and separators.
// `decimals`: digits to show behind the decimal sign at least. `grouped`: whether thousands are set apart.
std::string write_number(Decimal value, int decimals, bool grouped, Scales scales, Language language);

// Whether the last word of write_number's text asks for "de" (French) before what is counted: "milliards de roupies".
bool ends_in_scale_noun(std::string_view number, Language language);

}  // namespace kabar::text
