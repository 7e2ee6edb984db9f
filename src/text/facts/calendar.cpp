#include "text/facts/calendar.h"

#include <array>

namespace kabar::text {
namespace {

using Months = std::array<std::string_view, 12>;
using Weekdays = std::array<std::string_view, 7>;

constexpr Months kIndonesianMonths = {"Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
                                      "Juli",    "Agustus",  "September", "Oktober", "November", "Desember"};
constexpr Months kEnglishMonths = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};
constexpr Months kFrenchMonths = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                  "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
constexpr Months kArabicMonths = {"يناير", "فبراير", "مارس",   "أبريل",  "مايو",   "يونيو",
                                  "يوليو", "أغسطس",  "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"};

constexpr Weekdays kIndonesianDays = {"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"};
constexpr Weekdays kEnglishDays = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr Weekdays kFrenchDays = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"};
constexpr Weekdays kArabicDays = {"الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"};
constexpr Weekdays kChineseDays = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
constexpr Weekdays kJapaneseDays = {"月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"};

struct Zone {
  std::string_view code, en, fr, zh, ja, ar;
};
constexpr Zone kZones[] = {
    {"WIB", "Western Indonesia Time", "heure de l’ouest de l’Indonésie", "印尼西部时间", "インドネシア西部時間",
     "بتوقيت غرب إندونيسيا"},
    {"WITA", "Central Indonesia Time", "heure du centre de l’Indonésie", "印尼中部时间", "インドネシア中部時間",
     "بتوقيت وسط إندونيسيا"},
    {"WIT", "Eastern Indonesia Time", "heure de l’est de l’Indonésie", "印尼东部时间", "インドネシア東部時間",
     "بتوقيت شرق إندونيسيا"},
    {"GMT", "GMT", "GMT", "格林尼治时间", "GMT", "بتوقيت غرينتش"},
};

template <size_t N>
std::string_view at(const std::array<std::string_view, N>& names, int number) {
  return number >= 1 && number <= static_cast<int>(N) ? names[static_cast<size_t>(number - 1)] : std::string_view();
}

}  // namespace

std::string_view month_name(int month, Language language) {
  if (language == Language::id) return at(kIndonesianMonths, month);
  if (language == Language::fr) return at(kFrenchMonths, month);
  if (language == Language::ar) return at(kArabicMonths, month);
  if (language == Language::zh || language == Language::ja) return {};
  return at(kEnglishMonths, month);
}

std::string_view weekday_name(int weekday, Language language) {
  if (language == Language::id) return at(kIndonesianDays, weekday);
  if (language == Language::fr) return at(kFrenchDays, weekday);
  if (language == Language::ar) return at(kArabicDays, weekday);
  if (language == Language::zh) return at(kChineseDays, weekday);
  if (language == Language::ja) return at(kJapaneseDays, weekday);
  return at(kEnglishDays, weekday);
}

std::string_view zone_name(std::string_view zone, Language language) {
  for (const Zone& known : kZones) {
    if (known.code != zone) continue;
    if (language == Language::en) return known.en;
    if (language == Language::fr) return known.fr;
    if (language == Language::zh) return known.zh;
    if (language == Language::ja) return known.ja;
    if (language == Language::ar) return known.ar;
  }
  return zone;
}

}  // namespace kabar::text
