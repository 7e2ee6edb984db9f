// Months, weekdays and time zones as we write them.
#pragma once
#include <string_view>

#include "base/language.h"

namespace kabar::text {

// 1 January … 12; 1 Monday … 7 Sunday. Chinese and Japanese months are numbers and have no name here.
std::string_view month_name(int month, Language language);
std::string_view weekday_name(int weekday, Language language);
// "WIB" → "Western Indonesia Time", "heure de l’ouest de l’Indonésie"; a zone without a name is itself.
std::string_view zone_name(std::string_view zone, Language language);

}  // namespace kabar::text
