#include "text/facts/lexicon.h"

namespace kabar::text {
namespace {

constexpr Words kWords[] = {
    {"千", Sense::scale, 1'000},
    {"万", Sense::scale, 10'000},
    {"百万", Sense::scale, 1'000'000},
    {"千万", Sense::scale, 10'000'000},
    {"億", Sense::scale, 100'000'000},
    {"十億", Sense::scale, 1'000'000'000},
    {"百億", Sense::scale, 10'000'000'000},
    {"千億", Sense::scale, 100'000'000'000},
    {"兆", Sense::scale, 1'000'000'000'000},
    {"十数", Sense::approximate, 15},
    {"数十|何十", Sense::approximate, 10},
    {"数百|何百", Sense::approximate, 100},
    {"数千|何千", Sense::approximate, 1'000},
    {"数万|何万", Sense::approximate, 10'000},
    {"数十万|何十万", Sense::approximate, 100'000},
    {"数百万|何百万", Sense::approximate, 1'000'000},
    {"数千万|何千万", Sense::approximate, 10'000'000},
    {"数億|何億", Sense::approximate, 100'000'000},
    {"数十億|何十億", Sense::approximate, 1'000'000'000},
    {"数百億|何百億", Sense::approximate, 10'000'000'000},
    {"数千億", Sense::approximate, 100'000'000'000},
    {"数兆", Sense::approximate, 1'000'000'000'000},
    {"人|名|つ|回|年|日|月|時|分|秒|歳|個|件|社|校|か所|カ所|ヶ所|箇所|か国|カ国|ヶ国|か月|カ月|ヶ月|週間|時間|度|倍|"
     "台|本|枚|点|"
     "棟|隻|機|頭|匹|軒|戸|世帯|種|組|番|号|目|次|位|州|県|市|町|村|区|地域|行|分の|大|世紀|階|代|期|章|部|話|曲|冊|"
     "試合|"
     "勝|敗|円|割|分間|秒間|日間|年間|年前|段階|種類|世|発|票|周|件目|両",
     Sense::counter},
    {"パーセント|％", Sense::percent},
    {"月曜日|月曜", Sense::weekday, 1},
    {"火曜日|火曜", Sense::weekday, 2},
    {"水曜日|水曜", Sense::weekday, 3},
    {"木曜日|木曜", Sense::weekday, 4},
    {"金曜日|金曜", Sense::weekday, 5},
    {"土曜日|土曜", Sense::weekday, 6},
    {"日曜日|日曜", Sense::weekday, 7},
    {"午前|未明|早朝|朝", Sense::period, static_cast<int64_t>(DayPeriod::morning)},
    {"正午|昼", Sense::period, static_cast<int64_t>(DayPeriod::noon)},
    {"午後|夕方", Sense::period, static_cast<int64_t>(DayPeriod::afternoon)},
    {"夜|深夜", Sense::period, static_cast<int64_t>(DayPeriod::evening)},
    {"インドネシア西部時間|西部インドネシア時間|西部時間|ジャカルタ時間", Sense::zone, 0, "WIB"},
    {"インドネシア中部時間|中部インドネシア時間|中部時間", Sense::zone, 0, "WITA"},
    {"インドネシア東部時間|東部インドネシア時間|東部時間", Sense::zone, 0, "WIT"},
    {"日本時間", Sense::zone, 0, "JST"},
};

}  // namespace

std::span<const Words> japanese_words() { return kWords; }

}  // namespace kabar::text
