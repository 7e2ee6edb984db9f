// Figures, dates, times, links: compared by value, whatever the script (text/facts).
#include <algorithm>

#include "checks/conversions.h"
#include "checks/list.h"
#include "checks/meaning.h"
#include "checks/reading.h"
#include "text/facts/decimal.h"

namespace kabar::checks {
namespace {

using text::Fact;
using text::FactKind;

// "1.5 to 4 million": the scale of the second amount counts for the first as well.
bool shares_scale(const Fact& a, const Fact& b) {
  if (a.value == b.value) return true;
  int64_t small = std::min(a.value.digits, b.value.digits), large = std::max(a.value.digits, b.value.digits);
  if (small <= 0) return false;
  while (large % 10 == 0 && large > small) large /= 10;
  while (small % 10 == 0 && small > large) small /= 10;
  return large == small && (a.kind == FactKind::money || b.kind == FactKind::money) &&
         (a.text.find(' ') == std::string::npos || b.text.find(' ') == std::string::npos);
}

// "23.35" without "at" is read as a number.
bool is_dotted_time(const Fact& time, const Fact& number) {
  return time.kind == FactKind::time && time.minute > 0 && number.kind == FactKind::number && number.decimals == 2 &&
         number.value == text::make_decimal(time.hour * 100 + time.minute, 2);
}

// Lost and added are the same figure in another kind.
bool is_elsewhere(const Fact& fact, const std::vector<Fact>& others, const std::vector<int>& left_over) {
  const std::optional<text::Decimal> value = figure(fact);
  if (!value && fact.kind != FactKind::time) return false;
  return std::any_of(left_over.begin(), left_over.end(), [&](int index) {
    const Fact& other = others[static_cast<size_t>(index)];
    if (other.kind == fact.kind) return false;
    if (is_dotted_time(fact, other) || is_dotted_time(other, fact)) return true;
    return value && figure(other) && (figure(other) == value || shares_scale(fact, other));
  });
}

// "2.2 billion" where the source has the same figure as money.
bool is_same_figure(const Fact& fact, const std::vector<Fact>& others) {
  const bool amount = fact.kind == FactKind::number || fact.kind == FactKind::money;
  return amount && std::any_of(others.begin(), others.end(), [&](const Fact& other) {
           return other.kind != fact.kind && (other.kind == FactKind::number || other.kind == FactKind::money) &&
                  (other.value == fact.value || other.value2 == fact.value);
         });
}

// A number without counterpart that the other side has as an hour ("7 jam", "sept heures").
bool is_hour(const Fact& fact, const std::vector<Fact>& others) {
  return fact.kind == FactKind::number && std::any_of(others.begin(), others.end(), [&](const Fact& other) {
           return other.kind == FactKind::time && figure(other) == fact.value;
         });
}

template <typename Kinds>
void report_facts(const Reading& reading, Report& report, std::string_view id, Kinds is_ours) {
  const std::vector<Fact>& source = reading.source.facts;
  const std::vector<Fact>& target = reading.target.facts;
  for (const text::FactPair& pair : reading.facts.changed) {
    const Fact& a = source[static_cast<size_t>(pair.source)];
    const Fact& b = target[static_cast<size_t>(pair.target)];
    if (!is_ours(a) || converted_figure(a, reading.source, reading.target) || is_same_measure(a, b, reading)) continue;
    if (is_same_saying(a, b, reading)) continue;
    Finding& finding = report.add(id, Severity::error, a.span, b.span, "fact.changed", a.text, b.text);
    finding.blocking = true;
    finding.fix = Fix{b.span, text::write_fact(a, reading.target.language)};
  }
  for (int index : reading.facts.lost) {
    const Fact& fact = source[static_cast<size_t>(index)];
    const auto measures = [&](const Fact& other) {
      return is_same_measure(fact, other, reading) || (other.spelled && is_same_saying(fact, other, reading));
    };
    if (!is_ours(fact) || is_elsewhere(fact, target, reading.facts.added) || is_hour(fact, target) ||
        std::any_of(target.begin(), target.end(), measures) || is_same_figure(fact, target) ||
        is_stage(fact, reading) || converted_figure(fact, reading.source, reading.target)) {
      continue;
    }
    report.add(id, Severity::error, fact.span, std::nullopt, "fact.lost", fact.text).blocking = true;
  }
  for (int index : reading.facts.added) {
    const Fact& fact = target[static_cast<size_t>(index)];
    const bool converted = std::any_of(source.begin(), source.end(), [&](const Fact& other) {
      const auto stated = converted_figure(other, reading.source, reading.target);
      return (stated && stated == figure(fact)) || is_same_measure(other, fact, reading) ||
             (other.kind == FactKind::money && fact.kind == FactKind::number && shares_scale(other, fact));
    });
    if (is_ours(fact) && !is_same_figure(fact, source) && !converted && !is_said_in_words(fact, reading) &&
        std::none_of(source.begin(), source.end(), [&](const Fact& time) { return is_dotted_time(time, fact); }))
      report.add(id, Severity::error, std::nullopt, fact.span, "fact.added", fact.text).blocking = true;
  }
}

template <FactKind... kinds>
bool is_one_of(const Fact& fact) {
  return ((fact.kind == kinds) || ...);
}

// "puluhan" and "dozens", 数十 and 数十: how many times the greater is the smaller one.
bool is_other_magnitude(const Fact& a, const Fact& b) {
  if (!a.approximate || !b.approximate || a.value.digits <= 0 || b.value.digits <= 0) return false;
  const double ratio = static_cast<double>(a.value.digits) / static_cast<double>(b.value.digits);
  return ratio >= 99 || ratio <= 1 / 99.0;
}

// Small numbers in words, which compare_facts() leaves alone when only one side has them: "two" where the source
// says three.
void report_spelled(const Reading& reading, Report& report) {
  const auto times_said = [](const Side& side, const text::Decimal& value) {
    return std::count_if(side.facts.begin(), side.facts.end(), [&](const Fact& fact) { return figure(fact) == value; });
  };
  const auto lone = [&](const Side& side, const Side& other) {
    std::vector<const Fact*> facts;
    for (const Fact& fact : side.facts) {
      // Two is left alone in digits as well, because Japanese and Arabic say it in other ways; "kelima" may be "the
      // fifth" and "all five".
      const bool loose = fact.spelled || fact.approximate || fact.ordinal || fact.value == text::Decimal{2, 0};
      const bool counts = fact.kind == FactKind::number && loose && (fact.value.scale != 0 || fact.value.digits >= 2);
      // The same number may be said twice, of two things: "kedua calon dalam dua tahun".
      if (counts && times_said(side, fact.value) > times_said(other, fact.value)) facts.push_back(&fact);
    }
    return facts;
  };
  const std::vector<const Fact*> lost = lone(reading.source, reading.target);
  const std::vector<const Fact*> added = lone(reading.target, reading.source);
  if (lost.size() != 1 || added.size() != 1) return;
  const Fact& a = *lost[0];
  const Fact& b = *added[0];
  if ((a.approximate && !is_other_magnitude(a, b)) || converted_figure(a, reading.source, reading.target) ||
      reading.is_explained(b.span))
    return;
  if (is_same_measure(a, b, reading) || is_same_saying(a, b, reading) || is_said_in_words(b, reading)) return;
  if (reading.is_rendered_term(b.span) || reading.target.has_nation(b.span) || reading.has_term(a.span)) return;
  const bool sure = !b.approximate || a.approximate;
  report.add("number", sure ? Severity::error : Severity::warning, a.span, b.span, "fact.changed", a.text, b.text)
      .blocking = sure;
}

void run_number(const Reading& reading, Report& report) {
  report_facts(reading, report, "number", is_one_of<FactKind::number, FactKind::range>);
  report_spelled(reading, report);
  compare_theme(reading, report, "fraction", "number", "concept.lost", "concept.added");
}
void run_percent(const Reading& reading, Report& report) {
  report_facts(reading, report, "percent", is_one_of<FactKind::percent>);
}
void run_money(const Reading& reading, Report& report) {
  report_facts(reading, report, "money", is_one_of<FactKind::money>);
}
void run_score(const Reading& reading, Report& report) {
  report_facts(reading, report, "score", is_one_of<FactKind::score>);
}
void run_link(const Reading& reading, Report& report) {
  report_facts(reading, report, "link", is_one_of<FactKind::url, FactKind::email, FactKind::handle, FactKind::hashtag>);
}

// A date whose only trouble is the weekday belongs to the weekday check.
bool only_weekday(const Fact& fact) { return fact.day == 0 && fact.month == 0 && fact.year == 0; }

// Dates whose month the other side does not state; "6 October" and "6 November" share their day and would pass.
std::vector<const Fact*> lone_months(const std::vector<Fact>& facts, const std::vector<Fact>& others) {
  std::vector<const Fact*> lone;
  for (const Fact& fact : facts) {
    if (fact.kind != FactKind::date || fact.month == 0) continue;
    const bool shared = std::any_of(others.begin(), others.end(), [&](const Fact& other) {
      return other.kind == FactKind::date && other.month == fact.month;
    });
    if (!shared) lone.push_back(&fact);
  }
  return lone;
}

void run_date(const Reading& reading, Report& report) {
  report_facts(reading, report, "date",
               [](const Fact& fact) { return fact.kind == FactKind::date && !only_weekday(fact); });
  const std::vector<const Fact*> lost = lone_months(reading.source.facts, reading.target.facts);
  const std::vector<const Fact*> added = lone_months(reading.target.facts, reading.source.facts);
  for (size_t i = 0; i < lost.size() && i < added.size(); ++i) {
    report.add("date", Severity::error, lost[i]->span, added[i]->span, "fact.changed", lost[i]->text, added[i]->text)
        .blocking = true;
  }
  // Dates that agree so far as both are stated, but one month or year is gone.
  for (const text::FactPair& pair : reading.facts.same) {
    const Fact& a = reading.source.facts[static_cast<size_t>(pair.source)];
    const Fact& b = reading.target.facts[static_cast<size_t>(pair.target)];
    if (a.kind != FactKind::date) continue;
    const bool year_lost = a.year != 0 && !a.year_completed && b.year == 0;
    const bool month_lost = a.month != 0 && b.month == 0 && b.day != 0;
    if (year_lost || month_lost) report.add("date", Severity::info, a.span, b.span, "fact.changed", a.text, b.text);
  }
}

void run_time(const Reading& reading, Report& report) {
  report_facts(reading, report, "time", is_one_of<FactKind::time>);
  for (const text::FactPair& pair : reading.facts.same) {
    const Fact& a = reading.source.facts[static_cast<size_t>(pair.source)];
    const Fact& b = reading.target.facts[static_cast<size_t>(pair.target)];
    if (a.kind == FactKind::time && !a.zone.empty() && !b.zone.empty() && a.zone != b.zone) {
      report.add("time", Severity::error, a.span, b.span, "time.zone", a.text, b.text);
    }
  }
}

void run_weekday(const Reading& reading, Report& report) {
  report_facts(reading, report, "weekday",
               [](const Fact& fact) { return fact.kind == FactKind::date && only_weekday(fact); });
  std::vector<const Fact*> lost, added;
  const auto collect = [](const std::vector<Fact>& facts, std::vector<const Fact*>& out) {
    for (const Fact& fact : facts) {
      if (fact.kind == FactKind::date && fact.weekday != 0) out.push_back(&fact);
    }
  };
  collect(reading.source.facts, lost);
  collect(reading.target.facts, added);
  for (auto a = lost.begin(); a != lost.end();) {
    const auto b =
        std::find_if(added.begin(), added.end(), [&](const Fact* fact) { return fact->weekday == (*a)->weekday; });
    if (b == added.end()) {
      ++a;
      continue;
    }
    added.erase(b);
    a = lost.erase(a);
  }
  // Dropping a weekday is common and harmless; another one is not. The night before a day belongs to it in Indonesian:
  // "malam Minggu" is Saturday night.
  const auto is_eve = [&](const Fact& day, const Fact& other) {
    const std::string before = reading.source.slice({std::max(0, day.span.begin - 6), day.span.begin});
    return before.ends_with("alam ") && other.weekday % 7 + 1 == day.weekday;
  };
  for (size_t i = 0; i < lost.size() && i < added.size(); ++i) {
    if (is_eve(*lost[i], *added[i])) continue;
    report
        .add("weekday", Severity::error, lost[i]->span, added[i]->span, "weekday.changed", lost[i]->text,
             added[i]->text)
        .blocking = true;
  }
}

constexpr Example kNumberExamples[] = {
    {Language::en, "Banjir menewaskan «17» orang.", "The flood killed «71» people.", Finds::error},
    {Language::ja, "Sebanyak 1.250 warga mengungsi.", "住民1250人が避難した。", Finds::nothing},
    {Language::fr, "Kota itu berpenduduk dua setengah juta jiwa.", "La ville compte deux millions et demi d'habitants.",
     Finds::nothing},
    {Language::ja, "Ia kalah «lima» kali berturut-turut.", "彼は«2»回続けて負けた。", Finds::error},
    {Language::zh, "Harga tanah naik tiga kali lipat.", "地价上涨了两倍。", Finds::nothing},
    {Language::zh, "Kapasitasnya 600 megawatt.", "其容量为600兆瓦。", Finds::nothing},
    {Language::ar, "Jumlahnya mencapai setengah miliar setahun.", "يبلغ عددها نصف مليار سنويا.", Finds::nothing},
    {Language::ar, "Ia lahir pada 1980-an.", "وُلد في الثمانينيات.", Finds::nothing},
    {Language::en, "Kota itu berpenduduk «setengah juta» jiwa.", "The city has «half a billion» people.", Finds::error},
    {Language::fr, "Sebanyak «1,2 juta» warga mengungsi.", "Quelque «1,2 milliard» de personnes ont été évacuées.",
     Finds::error},
};
constexpr Example kPercentExamples[] = {
    {Language::fr, "Ekonomi tumbuh «5,2 persen».", "L'économie a progressé de «2,5 %».", Finds::error},
    {Language::ar, "Ekonomi tumbuh 5,2 persen.", "نما الاقتصاد بنسبة 5.2 في المئة.", Finds::nothing},
};
constexpr Example kMoneyExamples[] = {
    {Language::en, "Kerugian mencapai «Rp1,2 triliun».", "Losses reached «Rp 1.2 billion».", Finds::error},
    {Language::zh, "Kerugian mencapai Rp1,2 triliun.", "损失达1.2万亿印尼盾。", Finds::nothing},
};
constexpr Example kDateExamples[] = {
    {Language::fr, "Rapat digelar pada «6 Oktober 2024».", "La réunion a eu lieu le «4 octobre 2024».", Finds::error},
    {Language::en, "Rapat digelar pada 6 Oktober 2024.", "The meeting was held on October 6, 2024.", Finds::nothing},
};
constexpr Example kWeekdayExamples[] = {
    {Language::en, "Ia tiba pada hari «Selasa».", "He arrived on «Thursday».", Finds::error},
    {Language::en, "Ia tiba pada hari Selasa.", "He arrived on Tuesday.", Finds::nothing},
    {Language::en, "Jalan itu ditutup setiap malam Minggu.", "The road is closed every Saturday night.",
     Finds::nothing},
};
constexpr Example kTimeExamples[] = {
    {Language::en, "Gempa terjadi pukul 21.00 WIB.", "The quake struck at «9:30 p.m.» WIB.", Finds::error},
    {Language::en, "Gempa terjadi pukul 21.00 WIB.", "The quake struck at 9 p.m. WIB.", Finds::nothing},
    {Language::ja, "Gempa terjadi pukul tiga sore.", "地震は午後3時に起きた。", Finds::nothing},
};
constexpr Example kScoreExamples[] = {
    {Language::fr, "Persib menang «3-1» atas Bali.", "Persib s'est imposé «1-1» contre Bali.", Finds::error},
    {Language::fr, "Persib menang 3-1 atas Bali.", "Persib s'est imposé 3-1 contre Bali.", Finds::nothing},
};
constexpr Example kLinkExamples[] = {
    {Language::en, "Daftar di «www.contoh.id».", "Register at «www.contoh.com».", Finds::error},
    {Language::en, "Daftar di www.contoh.id.", "Register at www.contoh.id.", Finds::nothing},
};

}  // namespace

const Check kNumber = {"number",
                       "A number differs, is lost or was added, compared by value through words, scales and scripts.",
                       run_number, kNumberExamples};
const Check kPercent = {"percent", "A percentage differs, is lost or was added.", run_percent, kPercentExamples};
const Check kMoney = {"money", "An amount of money or its currency differs, is lost or was added.", run_money,
                      kMoneyExamples};
const Check kDate = {"date", "A date differs, is lost or was added.", run_date, kDateExamples};
const Check kWeekday = {"weekday", "A weekday became another one.", run_weekday, kWeekdayExamples};
const Check kTime = {"time", "A clock time or its zone differs, is lost or was added.", run_time, kTimeExamples};
const Check kScore = {"score", "The result of a match differs, is lost or was added.", run_score, kScoreExamples};
const Check kLink = {"link", "A link, e-mail address, handle or hashtag differs, is lost or was added.", run_link,
                     kLinkExamples};

}  // namespace kabar::checks
