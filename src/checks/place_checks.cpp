// Directions in the names of places: Jakarta Utara is not South Jakarta.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "checks/list.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

struct Direction {
  std::u32string_view id;
  // Pieces of text that say it, by language; of these a word begins with one, or in Chinese and Japanese holds it.
  std::array<std::u32string_view, 3> en, fr, zh, ja, ar;
};

// "est" is a verb of French, too; it is no sign of the east there.
constexpr Direction kDirections[] = {
    {U"utara", {U"north"}, {U"nord", U"septentrion"}, {U"北"}, {U"北"}, {U"شمال"}},
    {U"selatan", {U"south"}, {U"sud", U"méridion"}, {U"南"}, {U"南"}, {U"جنوب"}},
    {U"barat", {U"west"}, {U"ouest", U"occident"}, {U"西"}, {U"西"}, {U"غرب"}},
    {U"timur", {U"east"}, {U"orient"}, {U"东"}, {U"東"}, {U"شرق"}},
    {U"tengah", {U"cent", U"mid"}, {U"cent", U"mi", U"moyen"}, {U"中"}, {U"中"}, {U"وسط", U"اوسط"}},
    {U"tenggara", {U"southeast", U"south-east"}, {U"sud-est"}, {U"东南"}, {U"南東", U"東南"}, {U"جنوب شرق"}},
};

const std::array<std::u32string_view, 3>& forms(const Direction& direction, Language language) {
  if (language == Language::fr) return direction.fr;
  if (language == Language::zh) return direction.zh;
  if (language == Language::ja) return direction.ja;
  if (language == Language::ar) return direction.ar;
  return direction.en;
}

// Where the target says the direction; empty if it does not.
Span find_direction(const Side& target, const Direction& direction) {
  const bool unspaced = terms::is_unspaced(target.language);
  const std::u32string& text = target.folded.points;
  for (const std::u32string_view form : forms(direction, target.language)) {
    if (form.empty()) continue;
    for (size_t at = text.find(form); at != std::u32string::npos; at = text.find(form, at + 1)) {
      // وشمال, بالشمال: letters may stand before an Arabic word.
      const bool begins = at == 0 || !terms::is_word_point(text[at - 1]) || target.language == Language::ar;
      if (unspaced || begins) return target.folded.span(at, at + form.size());
    }
  }
  return {};
}

void run_place(const Reading& reading, Report& report) {
  const Side& source = reading.source;
  const auto says = [&](std::u32string_view id) {
    return std::any_of(source.words.begin(), source.words.end(),
                       [&](const Word& word) { return word.folded.starts_with(id); });
  };
  for (size_t i = 1; i < source.words.size(); ++i) {
    const Word& word = source.words[i];
    const Word& before = source.words[i - 1];
    if (!word.capital || !before.capital || before.span.end + 1 != word.span.begin) continue;
    const auto direction = std::find_if(std::begin(kDirections), std::end(kDirections),
                                        [&](const Direction& one) { return one.id == word.folded; });
    if (direction == std::end(kDirections) || !find_direction(reading.target, *direction).empty()) continue;
    for (const Direction& other : kDirections) {
      // Southeast says south and east as well.
      if (&other == direction || says(other.id) || direction->id == U"tenggara" || says(U"tenggara")) continue;
      const Span written = find_direction(reading.target, other);
      if (written.empty() || other.id == U"tengah" || reading.is_rendered_term(written)) continue;
      const Span place{before.span.begin, word.span.end};
      report
          .add("place", Severity::error, place, written, "name.changed", source.slice(place),
               reading.target.slice(written))
          .blocking = true;
      return;
    }
  }
}

constexpr Example kPlaceExamples[] = {
    {Language::en, "Banjir melanda «Jakarta Utara».", "Floods hit «South» Jakarta.", Finds::error},
    {Language::ja, "Banjir melanda «Jakarta Utara».", "洪水が«南»ジャカルタを襲った。", Finds::error},
    {Language::zh, "Gempa mengguncang Kalimantan Utara.", "地震袭击北加里曼丹。", Finds::nothing},
    {Language::fr, "Gempa mengguncang Sumatra Barat.", "Un séisme a frappé Sumatra occidental.", Finds::nothing},
    {Language::ar, "Gempa mengguncang Sulawesi Utara.", "ضرب زلزال شمال سولاويسي.", Finds::nothing},
};

}  // namespace

const Check kPlace = {"place", "A direction in the name of a place became another one.", run_place, kPlaceExamples};

}  // namespace kabar::checks
