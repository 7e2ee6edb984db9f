#include "text/facts/lexicon.h"

namespace kabar::text {
namespace {

constexpr Words kWords[] = {
    {"千", Sense::scale, 1'000},
    {"万", Sense::scale, 10'000},
    {"百万", Sense::scale, 1'000'000},
    {"千万", Sense::scale, 10'000'000},
    {"亿", Sense::scale, 100'000'000},
    {"百亿", Sense::scale, 10'000'000'000},
    {"千亿", Sense::scale, 100'000'000'000},
    {"万亿|兆", Sense::scale, 1'000'000'000'000},
    {"十几|十余|十多", Sense::approximate, 15},
    {"几十|数十|上十", Sense::approximate, 10},
    {"几百|数百|上百|近百|成百上千", Sense::approximate, 100},
    {"几千|数千|上千|近千|成千上万", Sense::approximate, 1'000},
    {"几万|数万|上万|近万", Sense::approximate, 10'000},
    {"几十万|数十万", Sense::approximate, 100'000},
    {"上百万|几百万|数百万", Sense::approximate, 1'000'000},
    {"上千万|几千万|数千万", Sense::approximate, 10'000'000},
    {"几亿|数亿|上亿", Sense::approximate, 100'000'000},
    {"数十亿|几十亿", Sense::approximate, 1'000'000'000},
    {"数百亿", Sense::approximate, 10'000'000'000},
    {"数千亿", Sense::approximate, 100'000'000'000},
    {"数万亿", Sense::approximate, 1'000'000'000'000},
    {"名|人|个|位|年|天|日|月|周|次|家|条|项|只|枚|辆|艘|架|座|栋|间|岁|米|公里|公斤|吨|小时|分钟|秒|倍|支|场|点|号|届|"
     "级|种|篇|部|队|组|对|步|楼|层|区|县|省|市|村|国|州|所|人次|英里|英尺|度|代|期|轮|集|连|份|把|头|匹|块|张|件|台|"
     "名单|大|者|季|棵|株|盏|滴|粒|片|朵|扇|碗|杯|瓶|箱|袋|盒|双|副|班|节|排|圈|轮|册|道|段|群|枪|趟|公顷|阶段|分之|"
     "世纪|成|颗|根|架次|处|套|批|起|本|句|首|幅|口|户|元|万|亿|百|千",
     Sense::counter},
    {"周一|星期一|礼拜一", Sense::weekday, 1},
    {"周二|星期二|礼拜二", Sense::weekday, 2},
    {"周三|星期三|礼拜三", Sense::weekday, 3},
    {"周四|星期四|礼拜四", Sense::weekday, 4},
    {"周五|星期五|礼拜五", Sense::weekday, 5},
    {"周六|星期六|礼拜六", Sense::weekday, 6},
    {"周日|周天|星期日|星期天|礼拜天|礼拜日", Sense::weekday, 7},
    {"凌晨|清晨|早上|早晨|上午|早", Sense::period, static_cast<int64_t>(DayPeriod::morning)},
    {"中午", Sense::period, static_cast<int64_t>(DayPeriod::noon)},
    {"下午|傍晚|午后", Sense::period, static_cast<int64_t>(DayPeriod::afternoon)},
    {"晚上|晚间|深夜|夜间|夜里|当晚|晚", Sense::period, static_cast<int64_t>(DayPeriod::evening)},
    {"印尼西部时间|印度尼西亚西部时间|西部时间|雅加达时间|西印尼时间", Sense::zone, 0, "WIB"},
    {"印尼中部时间|印度尼西亚中部时间|中部时间|中印尼时间", Sense::zone, 0, "WITA"},
    {"印尼东部时间|印度尼西亚东部时间|东部时间|东印尼时间", Sense::zone, 0, "WIT"},
    {"北京时间", Sense::zone, 0, "CST"},
    {"格林尼治时间|格林尼治标准时间", Sense::zone, 0, "GMT"},
};

}  // namespace

std::span<const Words> chinese_words() { return kWords; }

}  // namespace kabar::text
