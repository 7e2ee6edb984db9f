// Names of people, places and countries: kept, plausibly transliterated, none invented.
#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "checks/list.h"
#include "checks/names.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

bool overlaps_fact(const Side& side, Span span) {
  return std::any_of(side.facts.begin(), side.facts.end(),
                     [&](const text::Fact& fact) { return fact.span.overlaps(span); });
}

bool overlaps_nation(const Side& side, Span span) {
  return std::any_of(side.nations.begin(), side.nations.end(),
                     [&](const NationHit& hit) { return hit.span.overlaps(span); });
}

bool overlaps_concept(const Side& side, Span span) {
  return std::any_of(side.concepts.begin(), side.concepts.end(),
                     [&](const ConceptHit& hit) { return hit.span.overlaps(span); });
}

bool overlaps_term(const Reading& reading, Span span) {
  return std::any_of(reading.terms.begin(), reading.terms.end(),
                     [&](const terms::TermMatch& match) { return match.span.overlaps(span); });
}

bool overlaps_rendering(const Reading& reading, Span span) {
  return std::any_of(reading.renderings.begin(), reading.renderings.end(),
                     [&](const terms::RenderingMatch& match) { return match.span.overlaps(span); });
}

bool has_digit(std::u32string_view word) { return std::any_of(word.begin(), word.end(), terms::is_digit_point); }

bool is_plural(const WordList& list, std::u32string_view word) {
  for (std::u32string_view ending : {U"s", U"es", U"e", U"ed"}) {
    if (word.ends_with(ending) && list.contains(word.substr(0, word.size() - ending.size()))) return true;
  }
  return false;
}

// Capital words that no list knows in small letters and that nothing else explains.
std::vector<const Word*> names_of(const Reading& reading, const Side& side) {
  std::vector<const Word*> names;
  const WordList* list = reading.knowledge.word_list(side.language);
  if (list == nullptr) return names;
  for (const Word& word : side.words) {
    if (!word.latin || !word.capital || word.all_capitals || word.folded.size() < 3 || has_digit(word.folded)) continue;
    if (list->contains(word.folded) || is_plural(*list, word.folded)) continue;
    if (overlaps_fact(side, word.span) || overlaps_nation(side, word.span)) continue;
    if (overlaps_concept(side, word.span)) continue;
    names.push_back(&word);
  }
  return names;
}

// Indonesian words with an ending are still words: "Presidennya".
bool is_inflected_word(const WordList& list, std::u32string_view word) {
  for (std::u32string_view ending : {U"nya", U"lah", U"pun", U"kah"}) {
    if (word.ends_with(ending) && list.contains(word.substr(0, word.size() - ending.size()))) return true;
  }
  return false;
}

struct Nearest {
  const Word* word = nullptr;
  int distance = 99;
};

Nearest nearest_spelling(const Word& name, const Side& side) {
  Nearest nearest;
  const int limit = 3;
  for (const Word& word : side.words) {
    if (!word.latin) continue;
    std::u32string_view other = word.folded;
    int distance = letter_distance(name.folded, other, limit);
    // "Budi's", "Jakartans": the name with a short ending is the name.
    if (other.size() > name.folded.size() && other.substr(0, name.folded.size()) == name.folded &&
        other.size() - name.folded.size() <= 3) {
      distance = 0;
    }
    if (distance < nearest.distance) nearest = {&word, distance};
  }
  return nearest;
}

// French gives foreign names endings of its own: Enceladus, Encelade.
bool is_adapted(const Word& name, const Word& written, Language language) {
  if (language != Language::fr) return false;
  const auto [a, unused] =
      std::mismatch(name.folded.begin(), name.folded.end(), written.folded.begin(), written.folded.end());
  (void)unused;
  const auto same = static_cast<size_t>(a - name.folded.begin());
  return same >= 4 && name.folded.size() - same <= 3 && written.folded.size() - same <= 2;
}

// Latin to Latin: names are copied letter by letter.
void compare_spelling(const Reading& reading, Report& report) {
  const std::vector<const Word*> names = names_of(reading, reading.source);
  const std::vector<const Word*> target_names = names_of(reading, reading.target);
  const WordList* list = reading.knowledge.word_list(reading.source.language);
  std::vector<const Word*> lost;
  for (const Word* name : names) {
    if (overlaps_term(reading, name->span) || is_inflected_word(*list, name->folded)) continue;
    const Nearest nearest = nearest_spelling(*name, reading.target);
    if (nearest.distance == 0) continue;
    const int damage_max = name->folded.size() >= 7 ? 2 : name->folded.size() >= 4 ? 1 : 0;
    // A translator's own spelling (Soekarno, Sukarno) sounds the same; a damaged one does not.
    if (nearest.distance <= damage_max) {
      const bool same_sound = sound_distance(sound_key(name->folded), sound_key(nearest.word->folded)) < 0.08f;
      if (same_sound || is_adapted(*name, *nearest.word, reading.target.language)) continue;
      const WordList* own = reading.knowledge.word_list(reading.target.language);
      if (nearest.word->capital && !own->contains(nearest.word->folded) &&
          !overlaps_nation(reading.target, nearest.word->span) && !overlaps_rendering(reading, nearest.word->span)) {
        Finding& finding = report.add("name", Severity::error, name->span, nearest.word->span, "name.changed",
                                      reading.source.slice(name->span), reading.target.slice(nearest.word->span));
        finding.blocking = true;
        finding.fix = Fix{nearest.word->span, reading.source.slice(name->span)};
        continue;
      }
    }
    lost.push_back(name);
  }
  std::vector<const Word*> added;
  for (const Word* word : target_names) {
    if (overlaps_rendering(reading, word->span)) continue;
    const std::string key = sound_key(word->folded);
    const bool known = std::any_of(reading.source.words.begin(), reading.source.words.end(), [&](const Word& other) {
      if (other.folded.size() < 3) return false;
      const std::u32string_view shorter = other.folded.size() < word->folded.size() ? other.folded : word->folded;
      const std::u32string_view longer = other.folded.size() < word->folded.size() ? word->folded : other.folded;
      if (longer.starts_with(shorter) && shorter.size() >= 3) return true;
      return letter_distance(other.folded, word->folded, 1) <= 1 || sound_distance(sound_key(other.folded), key) < 0.3f;
    });
    if (!known) added.push_back(word);
  }
  // A lost and an added name together are one name that became another.
  for (size_t i = 0; i < lost.size(); ++i) {
    const Word* name = lost[i];
    if (i < added.size()) {
      report
          .add("name", Severity::error, name->span, added[i]->span, "name.changed", reading.source.slice(name->span),
               reading.target.slice(added[i]->span))
          .blocking = true;
    } else {
      report.add("name", Severity::info, name->span, std::nullopt, "name.lost", reading.source.slice(name->span));
    }
  }
  for (size_t i = lost.size(); i < added.size(); ++i) {
    const bool title = reading.source.title_case || reading.target.title_case;
    report.add("name", title ? Severity::info : Severity::warning, std::nullopt, added[i]->span, "name.added",
               reading.target.slice(added[i]->span));
  }
}

// Other scripts: the name's sounds must be somewhere, or its Latin letters.
void compare_sounds(const Reading& reading, Report& report) {
  const WordList* list = reading.knowledge.word_list(reading.source.language);
  const std::vector<const Word*> names = names_of(reading, reading.source);
  if (names.empty()) return;
  const std::string sounds = sound_key(reading.target.folded.text);
  const float far = reading.target.language == Language::zh ? 0.62f : 0.52f;
  for (const Word* name : names) {
    if (overlaps_term(reading, name->span) || is_inflected_word(*list, name->folded)) continue;
    const bool copied = std::any_of(reading.target.words.begin(), reading.target.words.end(), [&](const Word& word) {
      return word.latin && letter_distance(word.folded, name->folded, 1) <= 1;
    });
    if (copied) continue;
    const std::string key = sound_key(name->folded);
    if (key.size() < 4) continue;
    if (sound_distance_within(key, sounds) > far) {
      const Severity severity = reading.source.title_case ? Severity::info : Severity::warning;
      report.add("name", severity, name->span, std::nullopt, "name.lost", reading.source.slice(name->span));
    }
  }
}

void run_name(const Reading& reading, Report& report) {
  if (reading.knowledge.word_list(reading.source.language) == nullptr) return;
  if (reading.knowledge.word_list(reading.target.language) != nullptr) {
    compare_spelling(reading, report);
  } else {
    compare_sounds(reading, report);
  }
}

// A name or abbreviation that neither the termbase nor the list of nations explains.
bool has_unknown_name(const Reading& reading) {
  return std::any_of(reading.source.words.begin(), reading.source.words.end(), [&](const Word& word) {
    if (!word.capital || word.folded.size() < 2 || overlaps_term(reading, word.span)) return false;
    if (overlaps_fact(reading.source, word.span) || overlaps_nation(reading.source, word.span)) return false;
    const WordList* list = reading.knowledge.word_list(reading.source.language);
    return word.all_capitals || list == nullptr || !list->contains(word.folded);
  });
}

void run_nation(const Reading& reading, Report& report) {
  const auto has = [](const Side& side, int nation) {
    return std::any_of(side.nations.begin(), side.nations.end(),
                       [&](const NationHit& hit) { return hit.nation == nation; });
  };
  std::vector<const NationHit*> lost, added;
  const auto collect = [&](const Side& from, const Side& other, std::vector<const NationHit*>& out) {
    std::set<int> seen;
    for (const NationHit& hit : from.nations) {
      // "dolar AS" is a currency.
      if (!hit.hard || overlaps_fact(from, hit.span) || has(other, hit.nation)) continue;
      if (seen.insert(hit.nation).second) out.push_back(&hit);
    }
  };
  collect(reading.source, reading.target, lost);
  collect(reading.target, reading.source, added);
  for (size_t i = 0; i < added.size(); ++i) {
    const std::string written = reading.target.slice(added[i]->span);
    // A name that the source has with the same sound, or an explained rendering of a term, is not invented.
    if (reading.is_rendered_term(added[i]->span)) continue;
    if (i < lost.size()) {
      report
          .add("nation", Severity::error, lost[i]->span, added[i]->span, "nation.changed",
               reading.source.slice(lost[i]->span), written)
          .blocking = true;
      continue;
    }
    // A translator may explain a foreign name ("the Turkish troupe ..."); where there is no such name it is invented.
    const bool explains = has_unknown_name(reading);
    Finding& finding = report.add("nation", explains ? Severity::info : Severity::error, std::nullopt, added[i]->span,
                                  "nation.added", written);
    finding.blocking = !explains;
  }
  for (size_t i = added.size(); i < lost.size(); ++i) {
    report.add("nation", Severity::info, lost[i]->span, std::nullopt, "nation.lost",
               reading.source.slice(lost[i]->span));
  }
}

// Pronouns against the one person of the sentence whose gender the termbase knows.
void run_pronoun(const Reading& reading, Report& report) {
  struct Pronouns {
    Language language;
    std::u32string_view male[4];
    std::u32string_view female[4];
  };
  static constexpr Pronouns kPronouns[] = {
      {Language::en, {U"he", U"his", U"him", U"himself"}, {U"she", U"her", U"hers", U"herself"}},
      {Language::fr, {U"il", U"lui-même", U"il", U"il"}, {U"elle", U"elle", U"elle", U"elle"}},
  };
  const terms::Term* person = nullptr;
  for (const terms::TermMatch& match : reading.terms) {
    if (match.term->gender == 0) continue;
    if (person != nullptr && person->gender != match.term->gender) return;
    person = match.term;
  }
  char gender = person != nullptr ? person->gender : '\0';
  if (gender == 0) return;
  const std::u32string& points = reading.target.folded.points;
  if (reading.target.language == Language::zh || reading.target.language == Language::ja) {
    const bool chinese = reading.target.language == Language::zh;
    const std::u32string_view wrong = gender == 'm' ? (chinese ? U"她" : U"彼女") : (chinese ? U"他" : U"彼は");
    const std::u32string_view right = gender == 'm' ? (chinese ? U"他" : U"彼は") : (chinese ? U"她" : U"彼女");
    const size_t at = points.find(wrong);
    if (at == std::u32string::npos || points.find(right) != std::u32string::npos) return;
    const bool other = chinese && at + 1 < points.size() &&
                       (points[at + 1] == U'们' || points[at + 1] == U'人' ||
                        (at > 0 && (points[at - 1] == U'其' || points[at - 1] == U'吉')));
    if (other) return;
    const Span span = reading.target.folded.span(at, at + wrong.size());
    report.add("pronoun", Severity::warning, std::nullopt, span, "pronoun.gender", person->term,
               reading.target.slice(span));
    return;
  }
  for (const Pronouns& pronouns : kPronouns) {
    if (pronouns.language != reading.target.language) continue;
    const auto& wrong = gender == 'm' ? pronouns.female : pronouns.male;
    const auto& right = gender == 'm' ? pronouns.male : pronouns.female;
    const Word* bad = nullptr;
    for (const Word& word : reading.target.words) {
      if (std::find(std::begin(right), std::end(right), word.folded) != std::end(right)) return;
      if (bad == nullptr && std::find(std::begin(wrong), std::end(wrong), word.folded) != std::end(wrong)) bad = &word;
    }
    if (bad != nullptr) {
      report.add("pronoun", Severity::warning, std::nullopt, bad->span, "pronoun.gender", person->term,
                 reading.target.slice(bad->span));
    }
  }
}

constexpr Example kNameExamples[] = {
    {Language::fr, "«Hevearita» Gunaryanti ditahan.", "«Heveasita» Gunaryanti a été arrêtée.", Finds::error},
    {Language::en, "«Bambang» Suryadi membantah kabar itu.", "«Hendra» Suryadi denied the report.", Finds::error},
    {Language::en, "Soekarno lahir di Surabaya.", "Sukarno was born in Surabaya.", Finds::nothing},
};
constexpr Example kNationExamples[] = {
    {Language::en, "KPK memeriksa lima saksi.", "The «Korean» commission questioned five witnesses.", Finds::error},
    {Language::zh, "Presiden bertemu PM Jepang.", "总统会见日本首相。", Finds::nothing},
};
constexpr Example kPronounExamples[] = {
    {Language::en, "Prabowo mengatakan ia akan hadir.", "Prabowo said «she» would attend.", Finds::warning},
    {Language::en, "Prabowo mengatakan ia akan hadir.", "Prabowo said he would attend.", Finds::nothing},
};

}  // namespace

const Check kName = {"name", "A name was changed, lost or invented.", run_name, kNameExamples};
const Check kNation = {"nation",
                       "A country, its people or its capital that the source does not mention, or a wrong one.",
                       run_nation, kNationExamples};
const Check kPronoun = {"pronoun", "He or she does not fit the person that the sentence names.", run_pronoun,
                        kPronounExamples};

}  // namespace kabar::checks
