#include "text/unit_symbols.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

namespace kabar::text {
namespace {

struct Unit {
  std::string_view symbol;
  std::string_view en, fr, zh, ja, ar;  // {} is the figure
};

// Longer symbols before those that they begin with. The SI brochure's symbols where a language uses them.
constexpr Unit kUnits[] = {
    {"mdpl", "{} metres above sea level", "{} m d'altitude", "海拔{}米", "海抜{}メートル", "{} مترا فوق سطح البحر"},
    {"meter di atas permukaan laut", "{} metres above sea level", "{} m d'altitude", "海拔{}米", "海抜{}メートル",
     "{} مترا فوق سطح البحر"},
    {"km/jam", "{} km/h", "{} km/h", "每小时{}公里", "時速{}キロ", "{} كيلومترا في الساعة"},
    {"km/h", "{} km/h", "{} km/h", "每小时{}公里", "時速{}キロ", "{} كيلومترا في الساعة"},
    {"m/detik", "{} m/s", "{} m/s", "每秒{}米", "秒速{}メートル", "{} مترا في الثانية"},
    {"km²", "{} sq km", "{} km²", "{}平方公里", "{}平方キロ", "{} كم²"},
    {"km2", "{} sq km", "{} km²", "{}平方公里", "{}平方キロ", "{} كم²"},
    {"m²", "{} sq m", "{} m²", "{}平方米", "{}平方メートル", "{} م²"},
    {"m2", "{} sq m", "{} m²", "{}平方米", "{}平方メートル", "{} م²"},
    {"m³", "{} cubic metres", "{} m³", "{}立方米", "{}立方メートル", "{} م³"},
    {"m3", "{} cubic metres", "{} m³", "{}立方米", "{}立方メートル", "{} م³"},
    {"km", "{} km", "{} km", "{}公里", "{}キロメートル", "{} كم"},
    {"cm", "{} cm", "{} cm", "{}厘米", "{}センチ", "{} سم"},
    {"mm", "{} mm", "{} mm", "{}毫米", "{}ミリ", "{} ملم"},
    {"m", "{} m", "{} m", "{}米", "{}メートル", "{} متر"},
    {"kg", "{} kg", "{} kg", "{}公斤", "{}キログラム", "{} كغ"},
    {"ha", "{} hectares", "{} hectares", "{}公顷", "{}ヘクタール", "{} هكتار"},
    {"kWh", "{} kWh", "{} kWh", "{}千瓦时", "{}キロワット時", "{} كيلوواط ساعة"},
    {"kW", "{} kW", "{} kW", "{}千瓦", "{}キロワット", "{} كيلوواط"},
    {"MW", "{} MW", "{} MW", "{}兆瓦", "{}メガワット", "{} ميغاواط"},
    {"GW", "{} GW", "{} GW", "{}吉瓦", "{}ギガワット", "{} غيغاواط"},
    {"°C", "{}°C", "{} °C", "{}摄氏度", "{}度", "{} درجة مئوية"},
    {"°F", "{}°F", "{} °F", "{}华氏度", "華氏{}度", "{} درجة فهرنهايت"},
};

std::string_view pattern_of(const Unit& unit, Language language) {
  if (language == Language::en) return unit.en;
  if (language == Language::fr) return unit.fr;
  if (language == Language::zh) return unit.zh;
  if (language == Language::ja) return unit.ja;
  if (language == Language::ar) return unit.ar;
  return {};
}

}  // namespace

std::optional<UnitSymbol> find_unit_symbol(std::string_view behind) {
  const bool blank = behind.starts_with(' ');
  if (blank) behind.remove_prefix(1);
  for (size_t i = 0; i < std::size(kUnits); ++i) {
    const std::string_view symbol = kUnits[i].symbol;
    if (!behind.starts_with(symbol)) continue;
    const std::u32string next = decode_utf8(behind.substr(symbol.size(), 4));
    const bool goes_on =
        !next.empty() && (u_isalnum(static_cast<UChar32>(next[0])) || next[0] == U'/' || next[0] == U'-');
    if (!goes_on) return UnitSymbol{count_points(symbol) + (blank ? 1 : 0), static_cast<int>(i)};
  }
  return std::nullopt;
}

std::string write_unit(int number, std::string_view figure, Language language) {
  const std::string_view pattern = pattern_of(kUnits[static_cast<size_t>(number)], language);
  return pattern.empty() ? std::string() : fmt::format(fmt::runtime(pattern), figure);
}

}  // namespace kabar::text
