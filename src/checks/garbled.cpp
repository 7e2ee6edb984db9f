// Letters that are no word of any language: what a weak translator writes when it does not know how to go on.
#include <algorithm>

#include "checks/list.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

// A piece of a word that follows itself, of `times` times: "ururur" in "sssururured".
struct Stutter {
  size_t begin = 0, period = 0;
  int times = 1;
};

// The worst one; pieces have two letters or more.
Stutter stutter_of(std::u32string_view word) {
  Stutter worst;
  for (size_t period = 2; period * 2 <= word.size(); ++period) {
    size_t same = 0;
    for (size_t i = period; i <= word.size(); ++i) {
      if (i < word.size() && word[i] == word[i - period]) {
        ++same;
        continue;
      }
      const int times = static_cast<int>(same / period) + 1;
      if (times > worst.times || (times == worst.times && times > 1 && period > worst.period)) {
        worst = {i - same - period, period, times};
      }
      same = 0;
    }
  }
  return worst;
}

bool has_triple(std::u32string_view word) {
  for (size_t i = 2; i < word.size(); ++i) {
    if (word[i] == word[i - 1] && word[i] == word[i - 2]) return true;
  }
  return false;
}

bool is_roman_number(std::u32string_view word) {
  return std::all_of(word.begin(), word.end(), [](char32_t letter) {
    return letter == U'i' || letter == U'v' || letter == U'x' || letter == U'c' || letter == U'm';
  });
}

bool is_explained(const Reading& reading, const Word& word) {
  const auto same = [&](const Word& other) { return other.folded == word.folded; };
  return std::any_of(reading.source.words.begin(), reading.source.words.end(), same) ||
         std::any_of(reading.target.facts.begin(), reading.target.facts.end(),
                     [&](const text::Fact& fact) { return fact.span.overlaps(word.span); }) ||
         reading.is_rendered_term(word.span);
}

// Beyond these no word of professional translations went, names and borrowed words apart.
struct Limits {
  Language language;
  float mean;          // below: not a word
  float stutter_mean;  // below, with a piece said twice
};
constexpr Limits kLimits[] = {{Language::en, -3.3f, -2.2f}, {Language::fr, -4.3f, -2.2f}};

bool is_garbled_latin(const Reading& reading, const Word& word) {
  if (word.folded.size() < 3 || word.all_capitals) return false;
  const std::u32string_view raw =
      std::u32string_view(reading.target.folded.text)
          .substr(static_cast<size_t>(word.span.begin), static_cast<size_t>(word.span.size()));
  const bool other = std::any_of(raw.begin() + 1, raw.end(), [](char32_t point) {
    return terms::is_upper_point(point) || terms::is_digit_point(point);  // iPhone, B20
  });
  if (other || is_explained(reading, word)) return false;
  if (has_triple(word.folded)) return word.folded != U"www" && !is_roman_number(word.folded);
  const Language language = reading.target.language;
  const auto limits = std::find_if(std::begin(kLimits), std::end(kLimits),
                                   [&](const Limits& each) { return each.language == language; });
  if (limits == std::end(kLimits) || word.capital || word.folded.size() < 4) return false;
  for (const auto& [each, list] : reading.knowledge.lists.words) {
    if (list.get().contains(word.folded)) return false;
  }
  const LetterModel::Rating rating = reading.knowledge.lists.letters.at(language).get().rate(word.folded);
  if (rating.mean < limits->mean) return true;
  const Stutter stutter = stutter_of(word.folded);
  if (stutter.times < 2) return false;
  // French verbs end in "-entent".
  if (stutter.times > 2 || stutter.period > 3 || rating.mean < limits->stutter_mean) return true;
  // "commununication": with the piece once it is a word.
  std::u32string once(word.folded);
  once.erase(stutter.begin, stutter.period);
  return once.size() >= 5 && reading.knowledge.lists.words.at(language).get().contains(once);
}

// Arabic doubles letters, but writes none three times and never two bare alifs; transliterations may have three waws.
bool is_garbled_arabic(const Reading& reading, const Word& word) {
  if (word.latin || word.span.size() < 3) return false;
  if (std::any_of(word.folded.begin(), word.folded.end(), terms::is_digit_point)) return false;
  const std::u32string_view raw =
      std::u32string_view(reading.target.folded.text)
          .substr(static_cast<size_t>(word.span.begin), static_cast<size_t>(word.span.size()));
  if (raw.find(U"ووو") == std::u32string_view::npos && has_triple(raw)) return true;
  if (raw.starts_with(U"اا")) return true;
  return stutter_of(raw).times > 2;
}

// Small Latin letters in Chinese, Japanese or Arabic that the source does not have.
bool is_stray_latin(const Reading& reading, const Word& word) {
  static constexpr std::u32string_view kUnits[] = {U"km", U"kg", U"cm", U"mm", U"ml", U"mg",  U"mph", U"kph",
                                                   U"ha", U"pm", U"am", U"vs", U"ph", U"com", U"www"};
  if (!word.latin || word.capital || word.folded.size() < 2) return false;
  const bool unit = std::find(std::begin(kUnits), std::end(kUnits), word.folded) != std::end(kUnits);
  const std::u32string_view raw =
      std::u32string_view(reading.target.folded.text)
          .substr(static_cast<size_t>(word.span.begin), static_cast<size_t>(word.span.size()));
  const bool mixed = std::any_of(raw.begin(), raw.end(), [](char32_t point) {
    return terms::is_upper_point(point) || terms::is_digit_point(point);
  });
  return !unit && !mixed && !is_explained(reading, word);
}

// Marks that no writer sets: the sign for undecodable bytes, wide gaps.
std::optional<Span> broken_marks(const Reading& reading) {
  const std::u32string& text = reading.target.folded.text;
  for (std::u32string_view mark : {U"\uFFFD", U"   "}) {
    const size_t at = text.find(mark);
    if (at == std::u32string::npos || reading.source.folded.text.find(mark) != std::u32string::npos) continue;
    return Span{static_cast<int>(at), static_cast<int>(at + mark.size())};
  }
  return std::nullopt;
}

// A longer word in small letters that no list has, with none of the usual endings: a weak translator makes up words
// ("sligling", "weremard"), and a good one uses a rare one now and then.
bool is_unknown(const Reading& reading, const Word& word) {
  static constexpr std::u32string_view kEndings[] = {
      U"s",    U"es",   U"ed",   U"d",     U"ing",    U"ly",    U"er",    U"ers",  U"ness",  U"e",
      U"ee",   U"ees",  U"x",    U"ment",  U"ent",    U"aient", U"ait",   U"ant",  U"ons",   U"ont",
      U"ez",   U"ra",   U"ront", U"rait",  U"raient", U"rent",  U"erent", U"able", U"ables", U"eur",
      U"euse", U"eurs", U"ique", U"iques", U"al",     U"ist",   U"isme",  U"ism"};
  static constexpr std::u32string_view kStarts[] = {U"un",    U"re",   U"non",   U"de",  U"in",
                                                    U"anti",  U"co",   U"sur",   U"pre", U"over",
                                                    U"inter", U"auto", U"micro", U"bio", U"geo"};
  const WordList* list = reading.knowledge.word_list(reading.target.language);
  if (list == nullptr || !word.latin || word.capital || word.folded.size() < 5 || is_explained(reading, word))
    return false;
  const auto is_letter = [](char32_t c) { return (c >= U'a' && c <= U'z') || c >= U'\u00c0'; };
  if (!std::all_of(word.folded.begin(), word.folded.end(), is_letter)) return false;
  const auto known = [&](std::u32string_view piece) {
    const auto has = [&](const auto& one) { return one.second.get().contains(piece); };
    return std::any_of(reading.knowledge.lists.words.begin(), reading.knowledge.lists.words.end(), has) ||
           std::any_of(reading.knowledge.lists.rare_words.begin(), reading.knowledge.lists.rare_words.end(), has);
  };
  const auto inflected = [&](std::u32string_view whole) {
    if (known(whole)) return true;
    return std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::u32string_view ending) {
      if (!whole.ends_with(ending) || whole.size() < ending.size() + 3) return false;
      const std::u32string stem(whole.substr(0, whole.size() - ending.size()));
      const bool doubled = stem.size() > 3 && stem.back() == stem[stem.size() - 2];
      return known(stem) || known(stem + U"e") || known(stem + U"er") || known(stem + U"ir") || known(stem + U"re") ||
             known(stem + U"s") || known(stem + U"y") || (doubled && known(stem.substr(0, stem.size() - 1)));
    });
  };
  if (inflected(word.folded)) return false;
  return std::none_of(std::begin(kStarts), std::end(kStarts), [&](std::u32string_view start) {
    return word.folded.starts_with(start) && word.folded.size() >= start.size() + 4 &&
           inflected(std::u32string_view(word.folded).substr(start.size()));
  });
}

void run_garbled(const Reading& reading, Report& report) {
  const Language language = reading.target.language;
  const bool latin = reading.knowledge.word_list(language) != nullptr;
  for (const Word& word : reading.target.words) {
    const bool garbled = latin                      ? is_garbled_latin(reading, word)
                         : language == Language::ar ? is_garbled_arabic(reading, word)
                                                    : false;
    if (!garbled && (latin || !is_stray_latin(reading, word))) continue;
    report.add("garbled", Severity::error, std::nullopt, word.span, "garbled.word", reading.target.slice(word.span))
        .blocking = true;
    return;
  }
  // French verbs have too many forms for one to tell.
  const int needed = language == Language::fr ? 2 : 1;
  int unknown = 0;
  for (const Word& word : reading.target.words) {
    if (!latin || !is_unknown(reading, word) || ++unknown != needed) continue;
    report.add("garbled", Severity::warning, std::nullopt, word.span, "garbled.unknown",
               reading.target.slice(word.span));
  }
  if (const std::optional<Span> broken = broken_marks(reading)) {
    report.add("garbled", Severity::error, std::nullopt, broken, "garbled.marks").blocking = true;
  }
}

constexpr Example kGarbledExamples[] = {
    {Language::en, "Kasus itu diselidiki polisi.", "The case is «ssrereres» by police.", Finds::error},
    {Language::en, "Alat komunikasi disita polisi.", "Police seized «commununication» devices.", Finds::error},
    {Language::fr, "Kasus itu diselidiki polisi.", "L'affaire est «étttttsss» par la police.", Finds::error},
    {Language::ar, "Polisi menahan dua orang.", "«واتتتتت» الشرطة شخصين.", Finds::error},
    {Language::zh, "Polisi menahan dua orang.", "警方拘留了«ent»两人。", Finds::error},
    {Language::en, "Ia menulis tesis tentang neurotransmiter.", "She wrote a thesis on neurotransmitters.",
     Finds::nothing},
    {Language::en, "Kapal itu mengelilingi bumi.", "The ship «sliglings» the earth.", Finds::warning},
    {Language::fr, "Pasien mengalami dehidrasi.", "Le patient souffre d'un défaut d'hydratation.", Finds::nothing},
};

}  // namespace

const Check kGarbled = {"garbled", "A word that is no word of the language, or marks that nobody writes.", run_garbled,
                        kGarbledExamples};

}  // namespace kabar::checks
