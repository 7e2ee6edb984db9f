// From where to where, and from how much to how much: two that exchanged places around "dari" and "ke", "menjadi".
//
// Only where the translation says both, "from" before the one and "to" before the other, can the order be told.
#include <algorithm>

#include "base/utf8.h"
#include "checks/actors.h"
#include "checks/list.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

using Points = std::u32string_view;

// What stands before the two, or behind them in Japanese; a Latin or Arabic word with a blank after it.
struct Ways {
  Language language;
  std::span<const Points> from, to;
  size_t reach;  // code points between it and the place or figure
};
constexpr Points kFromEn[] = {U" from "};
constexpr Points kToEn[] = {U" to ", U" towards ", U" toward ", U" for ", U" into "};
constexpr Points kFromFr[] = {U" de ", U" d'", U" d’", U" depuis ", U" du "};
constexpr Points kToFr[] = {U" à ", U" vers ", U" pour ", U" jusqu'à ", U" jusqu’à ", U" en direction de ", U" au "};
constexpr Points kFromZh[] = {U"从", U"由", U"自"};
constexpr Points kToZh[] = {U"到", U"至", U"往", U"赴", U"成", U"为"};
constexpr Points kFromJa[] = {U"から"};
constexpr Points kToJa[] = {U"へ", U"に", U"まで", U"行き"};
constexpr Points kFromAr[] = {U" من "};
constexpr Points kToAr[] = {U" الي ", U" نحو ", U" باتجاه ", U" صوب ", U" حتي "};  // folded: إلى
constexpr Ways kWays[] = {{Language::en, kFromEn, kToEn, 8},
                          {Language::fr, kFromFr, kToFr, 8},
                          {Language::zh, kFromZh, kToZh, 2},
                          {Language::ja, kFromJa, kToJa, 3},
                          {Language::ar, kFromAr, kToAr, 8}};

// Which of the two stands beside `place`: the nearest decides. 1: from, 2: to, 0: none.
int way_of(const Side& target, const Ways& ways, Span place) {
  const bool behind = target.language == Language::ja;
  const auto size = static_cast<int>(ways.reach) + (behind ? 0 : 14);
  const int begin = behind ? place.end : std::max(0, place.begin - size);
  const int end = behind ? std::min(place.end + size, static_cast<int>(target.folded.text.size())) : place.begin;
  std::u32string text(begin == 0 ? 1 : 0, U' ');  // so that a word at the beginning is found, too
  for (int i = begin; i < end; ++i) text += terms::fold_point(target.folded.text[static_cast<size_t>(i)]);
  const size_t mark = behind ? text.find_first_of(U"、。，,") : text.find_last_of(U",.;:()（）。，、،؛");
  if (mark != Points::npos) text = behind ? text.substr(0, mark) : text.substr(mark + 1);
  size_t best = ways.reach + 1;
  int way = 0;
  for (const int which : {1, 2}) {
    for (const Points word : which == 1 ? ways.from : ways.to) {
      const size_t at = behind ? text.find(word) : text.rfind(word);
      if (at == Points::npos) continue;
      const size_t gap = behind ? at : text.size() - at - word.size();
      if (gap < best) best = gap, way = which;
    }
  }
  return way;
}

// The words "dari" and "ke" and what else says so; "hingga" and "sampai" are of figures as well.
constexpr Points kTo[] = {U"ke", U"menuju", U"tujuan", U"menjadi", U"jadi", U"hingga", U"sampai"};

// The one of `actors` that begins at most `words` words behind the word number `at`.
const Actor* behind(const Side& source, const std::vector<Actor>& actors, size_t at, size_t words) {
  for (size_t i = at + 1; i <= at + words && i < source.words.size(); ++i) {
    const Span word = source.words[i].span;
    if (source.slice({source.words[i - 1].span.end, word.begin}).find_first_of(",.;:") != std::string::npos) {
      return nullptr;
    }
    for (const Actor& actor : actors) {
      if (actor.source.begin <= word.begin && word.begin < actor.source.end) return &actor;
    }
  }
  return nullptr;
}

void run_direction(const Reading& reading, Report& report) {
  const auto ways = std::find_if(std::begin(kWays), std::end(kWays),
                                 [&](const Ways& item) { return item.language == reading.target.language; });
  if (ways == std::end(kWays)) return;
  const Side& source = reading.source;
  constexpr size_t kBetween = 6;  // words between "dari" and "ke"
  std::vector<Actor> names, figures;
  for (size_t i = 0; i + 3 < source.words.size(); ++i) {
    if (source.words[i].folded != U"dari") continue;
    if (names.empty() && figures.empty()) {
      names = named_actors(reading);
      for (const text::FactPair pair : reading.facts.same) {
        figures.push_back({source.facts[static_cast<size_t>(pair.source)].span,
                           reading.target.facts[static_cast<size_t>(pair.target)].span, false});
      }
    }
    for (size_t j = i + 2; j <= i + 2 + kBetween && j + 1 < source.words.size(); ++j) {
      if (source.words[j].folded == U"dari") break;
      if (std::find(std::begin(kTo), std::end(kTo), source.words[j].folded) == std::end(kTo)) continue;
      for (const std::vector<Actor>* actors : {&names, &figures}) {
        const Actor* from = behind(source, *actors, i, 2);
        const Actor* to = behind(source, *actors, j, 2);
        if (from == nullptr || to == nullptr || from->source.end > source.words[j].span.begin ||
            from->target.overlaps(to->target) || source.slice(from->source) == source.slice(to->source)) {
          continue;
        }
        if (way_of(reading.target, *ways, from->target) != 2 || way_of(reading.target, *ways, to->target) != 1)
          continue;
        report.add("direction", Severity::warning, Span{from->source.begin, to->source.end},
                   Span{std::min(from->target.begin, to->target.begin), std::max(from->target.end, to->target.end)},
                   "direction.turned", source.slice(from->source), source.slice(to->source));
        return;
      }
      break;
    }
  }
}

constexpr Example kDirectionExamples[] = {
    {Language::en, "Pesawat terbang dari «Jakarta ke Medan».", "The plane flew from «Medan to Jakarta».",
     Finds::warning},
    {Language::en, "Pesawat terbang dari Jakarta ke Medan.", "The plane flew to Medan from Jakarta.", Finds::nothing},
    {Language::en, "Bus itu melaju dari arah «Solo menuju Yogyakarta».",
     "The bus was travelling from «Yogyakarta towards Solo».", Finds::warning},
    {Language::en, "Suhu naik dari «17 menjadi 25» derajat.", "Temperatures rose from «25 to 17» degrees.",
     Finds::warning},
    {Language::en, "Suhu naik dari 17 menjadi 25 derajat.", "Temperatures rose to 25 degrees, from 17.",
     Finds::nothing},
    {Language::en, "Suku bunga turun dari «6 persen menjadi 5,5 persen».",
     "The interest rate fell from «5.5 percent to 6 percent».", Finds::warning},
    {Language::fr, "Pesawat terbang dari «Jakarta ke Medan».", "L'avion a volé de «Medan à Jakarta».", Finds::warning},
    {Language::fr, "Pesawat terbang dari Jakarta ke Medan.", "L'avion a volé de Jakarta à Medan.", Finds::nothing},
    {Language::fr, "Suku bunga turun dari «6 persen menjadi 5,5 persen».",
     "Le taux d'intérêt est passé de «5,5 % à 6 %».", Finds::warning},
    {Language::zh, "Pesawat terbang dari «Jakarta ke Medan».", "飞机从«棉兰飞往雅加达»。", Finds::warning},
    {Language::zh, "Pesawat terbang dari Jakarta ke Medan.", "飞机从雅加达飞往棉兰。", Finds::nothing},
    {Language::zh, "Suku bunga turun dari «6 persen menjadi 5,5 persen».", "利率从«5.5%降至6%»。", Finds::warning},
    {Language::ja, "Pesawat terbang dari «Jakarta ke Medan».", "飛行機は«メダンからジャカルタ»へ飛んだ。",
     Finds::warning},
    {Language::ja, "Pesawat terbang dari Jakarta ke Medan.", "飛行機はジャカルタからメダンへ飛んだ。", Finds::nothing},
    {Language::ja, "Suku bunga turun dari «6 persen menjadi 5,5 persen».", "金利は«5.5%から6%»に下がった。",
     Finds::warning},
    {Language::ar, "Pesawat terbang dari «Jakarta ke Medan».", "أقلعت الطائرة من «ميدان إلى جاكرتا».", Finds::warning},
    {Language::ar, "Pesawat terbang dari Jakarta ke Medan.", "أقلعت الطائرة من جاكرتا إلى ميدان.", Finds::nothing},
};

}  // namespace

const Check kDirection = {"direction", "From and to were exchanged: of a way, or of a figure that changed.",
                          run_direction, kDirectionExamples};

}  // namespace kabar::checks
