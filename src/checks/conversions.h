// Figures that a good translator writes as other figures.
#pragma once
#include <optional>

#include "checks/reading.h"

namespace kabar::checks {

// The figure of a fact, to see through how its kind was written: an hour may be a length of time, money may share its
// currency with the amount before it. Nothing for dates and exact times.
std::optional<text::Decimal> figure(const text::Fact& fact);
// Whether one of the facts has this figure.
bool has_figure(const std::vector<text::Fact>& facts, const text::Decimal& value);

// The figure under which the target states a number of the source: "4,5 kuintal" as 450 kilograms, "2 x 24 jam" as 48
// hours, "dua lusin" as 24, "6,5 tahun" as six and a half years (6). Nothing if it does not.
std::optional<text::Decimal> converted_figure(const text::Fact& fact, const Side& source, const Side& target);

// Other ways to say a figure that the values alone do not show: half a kilogram as 500 grams, 1980-an as ثمانينيات (the
// eighties), "tiga kali lipat" as 增加两倍 (two times more), "14, 19, dan 23 juta" with its millions said three times.
bool is_same_saying(const text::Fact& source_fact, const text::Fact& target_fact, const Reading& reading);
// The same for a figure of the target alone: an hour in words, "belasan" as "more than 10", a century for a year in it.
bool is_said_in_words(const text::Fact& target_fact, const Reading& reading);
// "babak 16 besar", which other languages call an eighth of the final.
bool is_stage(const text::Fact& source_fact, const Reading& reading);

// Whether a unit stands right behind a figure: "16,1 cm", "5 kg".
bool stands_behind(const text::Fact& fact, Span unit);

// Whether both figures measure the same in units of one kind: "240 km per jam" and "149 miles an hour".
bool is_same_measure(const text::Fact& source_fact, const text::Fact& target_fact, const Reading& reading);

}  // namespace kabar::checks
