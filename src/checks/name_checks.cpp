// Names of people and places: kept, plausibly transliterated, none invented.
#include <algorithm>

#include "base/utf8.h"
#include "checks/list.h"
#include "checks/names.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

using terms::RenderingMatch;
using terms::TermKind;
using terms::TermMatch;

// A name that only one side has.
struct Lone {
  Span span;
  Severity severity = Severity::warning;  // when it is reported alone
};

bool has_digit(std::u32string_view word) { return std::any_of(word.begin(), word.end(), terms::is_digit_point); }

// Indonesian words with an ending are still words: "Presidennya".
bool is_inflected_word(const WordList& list, std::u32string_view word) {
  for (std::u32string_view ending : {U"nya", U"lah", U"pun", U"kah", U"s", U"es", U"e", U"ed"}) {
    if (word.ends_with(ending) && list.contains(word.substr(0, word.size() - ending.size()))) return true;
  }
  return false;
}

// "Pendayagunaan", "Keselamatan": a noun made of a verb, which only titles and offices write with a capital;
// "Satresnarkoba", "Mapolda": a unit of the police.
bool is_title_word(std::u32string_view word) {
  if (word == U"anda") return true;  // "you", always with a capital
  const bool prefix = word.starts_with(U"pe") || word.starts_with(U"ke");
  if (prefix && word.ends_with(U"an") && word.size() >= 9) return true;
  for (std::u32string_view unit : {U"polda", U"polres", U"polsek", U"reskrim", U"narkoba", U"lantas", U"intelkam"}) {
    if (word.ends_with(unit) && word.size() > unit.size()) return true;
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
    if (list->contains(word.folded) || is_inflected_word(*list, word.folded)) continue;
    if (side.has_fact(word.span) || side.has_nation(word.span) || side.has_concept(word.span)) continue;
    names.push_back(&word);
  }
  return names;
}

std::vector<const Word*> source_names(const Reading& reading) {
  std::vector<const Word*> names = names_of(reading, reading.source);
  std::erase_if(names, [&](const Word* name) { return reading.has_term(name->span) || is_title_word(name->folded); });
  return names;
}

// In titles every word has a capital, and a word of English is mostly translated by its meaning.
bool is_surely_name(const Reading& reading, const Word& name) {
  const WordList* english = reading.knowledge.word_list(Language::en);
  return !reading.source.title_case && !name.starts_sentence && !english->contains(name.folded);
}

// Beside another capital word, as names of people are.
bool is_beside_capital(const Side& side, const Word& word) {
  const auto at = static_cast<size_t>(&word - side.words.data());
  const auto beside = [&](size_t a, size_t b) {
    return side.words[a].capital && side.words[b].capital && side.words[b].span.begin == side.words[a].span.end + 1;
  };
  return (at > 0 && beside(at - 1, at)) || (at + 1 < side.words.size() && beside(at, at + 1));
}

// Beside another name, as the parts of a person's name are.
bool is_beside_name(const Side& side, const Word& word, const std::vector<const Word*>& names) {
  return is_beside_capital(side, word) && std::any_of(names.begin(), names.end(), [&](const Word* other) {
           return other->span.begin == word.span.end + 1 || other->span.end + 1 == word.span.begin;
         });
}

// Whether a known translation of the word stands in the target.
bool is_translated(const Reading& reading, const Word& word) {
  const terms::Folded folded = terms::fold(reading.source.slice(word.span), reading.source.language);
  const auto coverage = reading.knowledge.lexical.coverage(folded, reading.source.language, reading.target.folded,
                                                           reading.target.language);
  return coverage && coverage->covered > 0;
}

// Spelled as no Indonesian name is: how it sounds cannot be told from its letters (Harvard, Brother, Rogers).
bool is_foreign_spelling(std::u32string_view name) {
  static constexpr std::u32string_view kForeign[] = {U"x",  U"q",  U"th", U"ph", U"ck", U"ee", U"oo",
                                                     U"ll", U"ss", U"tt", U"ff", U"pp", U"ch", U"sh",
                                                     U"ou", U"ew", U"gh", U"mc", U"ge"};
  const auto consonant = [](char32_t letter) {
    return std::u32string_view(U"aiueoy").find(letter) == std::u32string_view::npos;
  };
  if (name.size() >= 2 && consonant(name.back()) && consonant(name[name.size() - 2]) && !name.ends_with(U"ng"))
    return true;
  return std::any_of(std::begin(kForeign), std::end(kForeign),
                     [&](std::u32string_view piece) { return name.find(piece) != std::u32string_view::npos; });
}

struct Nearest {
  const Word* word = nullptr;
  int distance = 99;
};

Nearest nearest_spelling(std::u32string_view name, const Side& side) {
  Nearest nearest;
  const int limit = 3;
  for (const Word& word : side.words) {
    if (!word.latin) continue;
    std::u32string_view other = word.folded;
    int distance = letter_distance(name, other, limit);
    // "Budi's", "Jakartans": the name with a short ending is the name.
    if (other.size() > name.size() && other.starts_with(name) && other.size() - name.size() <= 3) distance = 0;
    if (distance < nearest.distance) nearest = {&word, distance};
  }
  return nearest;
}

// French gives foreign names endings of its own: Enceladus, Encelade.
bool is_adapted(std::u32string_view name, std::u32string_view written, Language language) {
  if (language != Language::fr) return false;
  const auto same =
      static_cast<size_t>(std::mismatch(name.begin(), name.end(), written.begin(), written.end()).first - name.begin());
  return same >= 4 && name.size() - same <= 3 && written.size() - same <= 2;
}

// Letters that Indonesian and others write for each other: Kairo, Cairo; Sriwijaya, Srivijaya; Yupiter, Jupiter.
std::string indonesian_sound_key(std::u32string_view name) {
  std::u32string spelled(name);
  std::replace(spelled.begin(), spelled.end(), U'c', U'k');
  std::replace(spelled.begin(), spelled.end(), U'v', U'w');
  if (spelled.starts_with(U'j')) spelled[0] = U'y';
  return sound_key(spelled);
}

// A translator's own spelling (Soekarno, Sukarno; Kairo, Cairo) sounds the same; a damaged name does not.
bool sounds_same(std::u32string_view name, std::u32string_view written) {
  constexpr float kSame = 0.08f;
  return sound_distance(sound_key(name), sound_key(written)) < kSame ||
         sound_distance(sound_key(name), indonesian_sound_key(written)) < kSame ||
         sound_distance(indonesian_sound_key(name), indonesian_sound_key(written)) < kSame;
}

// Whether the source has this name of the target; `nearly`: or one that it may have been made of.
bool is_in_source(const Reading& reading, std::u32string_view written, bool nearly) {
  const std::string key = sound_key(written);
  return std::any_of(reading.source.words.begin(), reading.source.words.end(), [&](const Word& word) {
    if (word.folded.size() < 3) return false;
    const std::u32string_view shorter = word.folded.size() < written.size() ? word.folded : written;
    const std::u32string_view longer = word.folded.size() < written.size() ? written : word.folded;
    if (longer.starts_with(shorter) && (nearly || shorter.size() >= 4)) return true;
    if (sounds_same(word.folded, written)) return true;
    return nearly &&
           (letter_distance(word.folded, written, 1) <= 1 || sound_distance(sound_key(word.folded), key) < 0.3f);
  });
}

// "Bukares", "Bucharest": a place has another name in every language, which sounds like it; people have not.
bool has_exonym(const Reading& reading, const Word& name) {
  constexpr float kAlike = 0.42f;
  if (is_beside_capital(reading.source, name)) return false;
  const std::string key = sound_key(name.folded);
  return std::any_of(reading.target.words.begin(), reading.target.words.end(), [&](const Word& word) {
    return word.capital && word.folded.size() >= 4 && sound_distance(key, sound_key(word.folded)) < kAlike;
  });
}

// Names that Latin text lacks. Those that stand there with a few letters changed are reported at once.
std::vector<Lone> lost_spellings(const Reading& reading, Report& report) {
  std::vector<Lone> lost;
  const WordList* own = reading.knowledge.word_list(reading.target.language);
  for (const Word* name : source_names(reading)) {
    const Nearest nearest = nearest_spelling(name->folded, reading.target);
    if (nearest.distance == 0) continue;
    const int damage_max = name->folded.size() >= 7 ? 2 : name->folded.size() >= 4 ? 1 : 0;
    if (nearest.distance <= damage_max) {
      const Word& written = *nearest.word;
      if (sounds_same(name->folded, written.folded) ||
          is_adapted(name->folded, written.folded, reading.target.language)) {
        continue;
      }
      if (written.capital && !own->contains(written.folded) && !reading.target.has_nation(written.span) &&
          !reading.is_rendered_term(written.span)) {
        Finding& finding = report.add("name", Severity::error, name->span, written.span, "name.changed",
                                      reading.source.slice(name->span), reading.target.slice(written.span));
        finding.blocking = true;
        finding.fix = Fix{written.span, reading.source.slice(name->span)};
        continue;
      }
    }
    const bool sure = is_surely_name(reading, *name) || is_beside_capital(reading.source, *name);
    if (sure && !is_translated(reading, *name) && !has_exonym(reading, *name)) {
      lost.push_back({name->span, Severity::info});
    }
  }
  return lost;
}

// The sounds of what nothing but a name explains: without figures, countries, right terms and known translations.
std::string unexplained_sounds(const Reading& reading) {
  const Side& target = reading.target;
  std::u32string text = target.folded.text;
  const auto blank = [&](Span span) {
    for (int i = span.begin; i < span.end; ++i) text[static_cast<size_t>(i)] = U' ';
  };
  for (const text::Fact& fact : target.facts) blank(fact.span);
  // "Verde" may be sought in カーボベルデ, whose nation the source writes as no list knows it.
  for (const NationHit& hit : target.nations) {
    if (reading.source.has_nation_number(hit.nation)) blank(hit.span);
  }
  for (const RenderingMatch& match : reading.renderings) {
    if (!match.wrong && reading.is_rendered_term(match.span)) blank(match.span);
  }
  for (const Span& span : reading.knowledge.lexical.explained(reading.source.folded, reading.source.language,
                                                              target.folded, target.language)) {
    blank(span);
  }
  return sound_key(text);
}

// Where transliterated names stand and nothing else: Japanese writes them in katakana, Chinese puts a dot between the
// parts of a person's name, in Arabic they are words of no list. Everything else is blank.
std::u32string transliterations(const Reading& reading) {
  constexpr size_t kPartMax = 6;  // characters of one part of a name
  const Side& target = reading.target;
  const std::u32string& text = target.folded.text;
  std::u32string kept(text.size(), U' ');
  if (target.language == Language::ar) {
    kept = text;
    for (const Span& span :
         reading.knowledge.lexical.vocabulary(reading.source.language, target.folded, Language::ar)) {
      std::fill(kept.begin() + span.begin, kept.begin() + span.end, U' ');
    }
    return kept;
  }
  if (target.language == Language::ja) {
    for (size_t i = 0; i < text.size(); ++i) {
      if ((text[i] >= U'ァ' && text[i] <= U'ヺ') || text[i] == U'ー') kept[i] = text[i];
    }
    return kept;
  }
  if (target.language != Language::zh) return {};
  for (size_t i = text.find(U'·'); i != std::u32string::npos; i = text.find(U'·', i + 1)) {
    const size_t end = std::min(text.size(), i + 1 + kPartMax);
    for (size_t k = i < kPartMax ? 0 : i - kPartMax; k < end; ++k) {
      if (terms::is_unspaced_point(text[k])) kept[k] = text[k];
    }
  }
  return kept;
}

// The sounds that a name may have: a foreign one says K for c, and DJ for g before e and i.
std::vector<std::string> name_keys(std::u32string_view name) {
  std::vector<std::string> keys = {sound_key(name)};
  std::u32string other(name);
  std::replace(other.begin(), other.end(), U'c', U'k');
  keys.push_back(sound_key(other));
  other = name;
  for (size_t i = 0; i < other.size(); ++i) {
    const bool soft = i + 1 < other.size() && (other[i + 1] == U'e' || other[i + 1] == U'i' || other[i + 1] == U'y');
    if (other[i] == U'g' && soft && (i == 0 || other[i - 1] != U'n')) other[i] = U'j';
  }
  if (other != name) keys.push_back(sound_key(other));
  return keys;
}

float nearest_sound(const std::vector<std::string>& keys, const std::string& text) {
  float nearest = 1;
  for (const std::string& key : keys) nearest = std::min(nearest, sound_distance_within(key, text));
  return nearest;
}

// Chinese, Japanese and Korean names are written in Han characters of another sound.
bool speaks_of_han_names(const Reading& reading) {
  return std::any_of(reading.source.nations.begin(), reading.source.nations.end(), [&](const NationHit& hit) {
    static constexpr std::string_view kHanWriters[] = {"CN", "HK", "JP", "KP", "KR", "MO", "TW"};
    const std::string_view code = reading.knowledge.nations.code(hit.nation);
    return std::find(std::begin(kHanWriters), std::end(kHanWriters), code) != std::end(kHanWriters);
  });
}

// Whether the established form of this part of a name stands in the target, or one that sounds like it.
bool has_known_form(const Reading& reading, const Word& name, const std::string& sounds) {
  constexpr float kSame = 0.2f;
  const std::string_view form = reading.knowledge.names.form(reading.source.slice(name.span), reading.target.language);
  if (form.empty()) return false;
  const std::u32string folded = terms::fold(form, reading.target.language).points;
  if (reading.target.folded.points.find(folded) != std::u32string::npos) return true;
  if (reading.target.language == Language::zh) return false;  // a character has few sounds: others come near
  const std::string key = sound_key(folded);
  return key.size() >= 4 && sound_distance_within(key, sounds) < kSame;
}

// Names that the sounds of unspaced or Arabic text do not have, nor its Latin letters.
std::vector<Lone> lost_sounds(const Reading& reading) {
  std::vector<Lone> lost;
  const std::vector<const Word*> names = source_names(reading);
  if (names.empty()) return lost;
  const Language language = reading.target.language;
  const bool chinese = language == Language::zh;
  const std::string all_sounds = sound_key(reading.target.folded.text);
  const std::string sounds = unexplained_sounds(reading);
  const bool han_names = language != Language::ar && speaks_of_han_names(reading);
  const std::string written = han_names ? std::string() : sound_key(transliterations(reading));
  for (const Word* name : names) {
    const bool copied = std::any_of(reading.target.words.begin(), reading.target.words.end(), [&](const Word& word) {
      return word.latin && letter_distance(word.folded, name->folded, 1) <= 1;
    });
    const std::vector<std::string> keys = name_keys(name->folded);
    const size_t size = keys[0].size();
    if (copied || size < 4 || is_translated(reading, *name) || has_known_form(reading, *name, all_sounds)) continue;
    // Beyond the first, 98 of 100 professional renderings do not go; beyond the second, 90 of those of plain names.
    const float far = chinese ? 0.62f : 0.52f;
    const float suspicious = size < 6 ? far : chinese ? 0.48f : 0.38f;
    const bool plain = is_surely_name(reading, *name) && !is_foreign_spelling(name->folded);
    // Among transliterated names alone, a name of five sounds and more is hardly met by chance.
    const bool unwritten = plain && size >= 5 && !written.empty() &&
                           (!chinese || is_beside_name(reading.source, *name, names)) &&
                           nearest_sound(keys, written) > (language == Language::ar ? 0.34f
                                                           : chinese                ? 0.5f
                                                                                    : 0.42f);
    if (nearest_sound(keys, all_sounds) > far) {
      // "Street", "Brother": words of English are rather translated.
      const bool word = reading.knowledge.word_list(Language::en)->contains(name->folded);
      lost.push_back({name->span, word || reading.source.title_case ? Severity::info : Severity::warning});
    } else if (unwritten || (plain && nearest_sound(keys, sounds) > suspicious)) {
      lost.push_back({name->span, Severity::warning});
    }
  }
  return lost;
}

// A country or its capital, which has a check of its own; "Jakarta Utara" is more than one.
bool is_nation(const Side& side, Span span) {
  return std::any_of(side.nations.begin(), side.nations.end(),
                     [&](const NationHit& hit) { return hit.span.contains(span); });
}

// Whether a known rendering stands in the target in another spelling: كيمبريدج for كامبريدج, ヴィクトリア for
// ビクトリア.
bool is_spelled_otherwise(const Reading& reading, const terms::Term& term) {
  constexpr float kSame = 0.25f;
  if (reading.target.language != Language::ja && reading.target.language != Language::ar) return false;
  const std::string sounds = sound_key(reading.target.folded.text);
  const std::vector<std::string>& renderings = term.rendering(reading.target.language).right;
  return std::any_of(renderings.begin(), renderings.end(), [&](const std::string& rendering) {
    const std::string key = sound_key(terms::fold(rendering, reading.target.language).points);
    return key.size() >= 4 && sound_distance_within(key, sounds) < kSame;
  });
}

// People and places of the termbase that are not rendered in any known way. With `strict` no likeness of sound excuses
// them: the target names another person or place.
void add_lost_terms(const Reading& reading, bool strict, std::vector<Lone>& lost) {
  for (const TermMatch& match : reading.terms) {
    const bool named = match.term->kind == TermKind::person || match.term->kind == TermKind::place;
    // "Lima" is a number first.
    if (!named || !match.certain || is_nation(reading.source, match.span) || reading.source.has_fact(match.span))
      continue;
    const bool rendered = std::any_of(reading.renderings.begin(), reading.renderings.end(),
                                      [&](const RenderingMatch& other) { return other.term == match.term; });
    const std::string written = reading.source.slice(match.span);
    if (rendered || reading.target.text.find(written) != std::string_view::npos) continue;
    const std::u32string folded = terms::fold(written, reading.source.language).points;
    if (nearest_spelling(folded, reading.target).distance <= 1) continue;
    const float near = strict ? 0.1f : 0.3f;
    if (sound_distance_within(sound_key(folded), sound_key(reading.target.folded.text)) < near) continue;
    if (match.term->kind == TermKind::place && is_spelled_otherwise(reading, *match.term)) continue;
    // In Latin text a place may be said by its adjective ("Roman"), which no list has.
    const bool sure =
        match.term->kind == TermKind::person || reading.knowledge.word_list(reading.target.language) == nullptr;
    lost.push_back({match.span, sure ? Severity::warning : Severity::info});
  }
}

// "police" may be said of many; a name must be long enough to be no part of another word.
bool is_distinct(const Side& target, const RenderingMatch& match) {
  const size_t person = match.term->kind == TermKind::person ? 2 : 3;  // 拜登
  const size_t least = terms::is_unspaced(target.language) ? person : 4;
  if (static_cast<size_t>(match.span.size()) < least) return false;
  return target.language == Language::ar || terms::is_unspaced(target.language) ||
         terms::is_upper_point(target.folded.text[static_cast<size_t>(match.span.begin)]);
}

// Whether the source has a word of the name: another Johnson than the one whom the termbase knows.
bool shares_word(const Side& source, const terms::Term& term) {
  const std::u32string name = terms::fold(term.term, source.language).points;
  return std::any_of(source.words.begin(), source.words.end(), [&](const Word& word) {
    return word.capital && word.folded.size() >= 3 && name.find(word.folded) != std::u32string::npos;
  });
}

// "South Jakarta" where "Jakarta Utara" is not rendered: a place of the termbase that shares a word with another.
bool stands_for_neighbour(const Reading& reading, const terms::Term& added) {
  if (added.kind != TermKind::place) return false;
  const std::u32string name = terms::fold(added.term, reading.source.language).points;
  return std::any_of(reading.terms.begin(), reading.terms.end(), [&](const TermMatch& ours) {
    if (ours.term->kind != TermKind::place || ours.term == &added) return false;
    const bool rendered =
        std::any_of(reading.renderings.begin(), reading.renderings.end(),
                    [&](const RenderingMatch& match) { return !match.wrong && match.term == ours.term; });
    const std::u32string own = terms::fold(ours.term->term, reading.source.language).points;
    const size_t first = own.find(U' ');
    return !rendered && first != std::u32string::npos &&
           name.starts_with(std::u32string_view(own).substr(0, first + 1));
  });
}

// People and places of the termbase that the source does not name.
void add_foreign_terms(const Reading& reading, std::vector<Lone>& added) {
  for (const RenderingMatch& match : reading.renderings) {
    const bool person = match.term->kind == TermKind::person;
    if (match.wrong || (!person && match.term->kind != TermKind::place) || !is_distinct(reading.target, match))
      continue;
    if (is_nation(reading.target, match.span) || reading.target.has_fact(match.span)) continue;
    const auto overlaps = [&](const Lone& other) { return other.span.overlaps(match.span); };
    if (std::any_of(added.begin(), added.end(), overlaps)) continue;
    const bool known =
        std::any_of(reading.renderings.begin(), reading.renderings.end(), [&](const RenderingMatch& other) {
          return !other.wrong && other.span.overlaps(match.span) && reading.is_rendered_term(other.span);
        });
    const bool neighbour = stands_for_neighbour(reading, *match.term);
    if (!neighbour && (known || reading.is_explained(match.span))) continue;
    const std::string written = reading.target.slice(match.span);
    const std::u32string folded = terms::fold(written, reading.target.language).points;
    const float near = sound_distance_within(sound_key(folded), sound_key(reading.source.folded.text));
    const bool alike = near < 0.3f || shares_word(reading.source, *match.term);
    if (alike && !neighbour) continue;
    // One word, or two characters, may be many things.
    const bool whole =
        terms::is_unspaced(reading.target.language) ? match.span.size() >= 4 : written.find(' ') != std::string::npos;
    added.push_back({match.span, person && whole ? Severity::error : Severity::info});
  }
}

std::vector<Lone> added_spellings(const Reading& reading) {
  std::vector<Lone> added;
  const bool title = reading.source.title_case || reading.target.title_case;
  for (const Word* word : names_of(reading, reading.target)) {
    if (reading.is_rendered_term(word->span) || is_in_source(reading, word->folded, false)) continue;
    if (reading.is_explained(word->span)) continue;
    const WordList* english = reading.knowledge.word_list(Language::en);
    const bool nearly = is_in_source(reading, word->folded, true) || english->contains(word->folded);
    // What is nearly a word of the source may still be what a lost name became.
    added.push_back({word->span, title || nearly ? Severity::info : Severity::warning});
  }
  return added;
}

// Katakana that renders no word of the source, by sound or meaning.
std::vector<Lone> added_katakana(const Reading& reading) {
  std::vector<Lone> added;
  const auto katakana = [](char32_t point) { return (point >= U'ァ' && point <= U'ヺ') || point == U'ー'; };
  const std::u32string& text = reading.target.folded.text;
  const std::string sounds = sound_key(reading.source.folded.text);
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && katakana(text[end])) ++end;
    const Span span{static_cast<int>(begin), static_cast<int>(end)};
    begin = std::max(end, begin + 1);
    if (span.size() < 4 || reading.target.has_nation(span) || reading.target.has_fact(span)) continue;
    const std::u32string_view run =
        std::u32string_view(text).substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.size()));
    const bool heard = sound_distance_within(sound_key(run), sounds) < 0.5f;
    if (!heard && !reading.is_rendered_term(span) && !reading.is_explained(span)) {
      added.push_back({span, Severity::info});
    }
  }
  return added;
}

// Chinese names with dots (迈克尔·安德森) that no name of the source sounds like.
std::vector<Lone> added_dotted(const Reading& reading) {
  constexpr size_t kPartMax = 4;  // characters beside a dot that are surely of the name, and some of the next word
  constexpr float kFar = 0.5f;
  std::vector<Lone> added;
  const std::u32string& text = reading.target.folded.text;
  const std::vector<const Word*> names = source_names(reading);
  for (size_t dot = text.find(U'·'); dot != std::u32string::npos; dot = text.find(U'·', dot)) {
    size_t begin = dot, end = dot + 1;
    while (begin > 0 && dot - begin < kPartMax && terms::is_unspaced_point(text[begin - 1])) --begin;
    for (size_t part = 0; end < text.size() && (text[end] == U'·' || part < kPartMax); ++end) {
      if (text[end] != U'·' && !terms::is_unspaced_point(text[end])) break;
      part = text[end] == U'·' ? 0 : part + 1;
    }
    const Span span{static_cast<int>(begin), static_cast<int>(end)};
    const std::string sounds = sound_key(std::u32string_view(text).substr(begin, end - begin));
    const bool heard = std::any_of(names.begin(), names.end(), [&](const Word* name) {
      return nearest_sound(name_keys(name->folded), sounds) <= kFar || has_known_form(reading, *name, sounds);
    });
    const bool rendered = std::any_of(
        reading.renderings.begin(), reading.renderings.end(),
        [&](const RenderingMatch& match) { return match.span.overlaps(span) && reading.is_rendered_term(match.span); });
    if (!heard && !rendered) added.push_back({span, Severity::info});
    dot = end;
  }
  return added;
}

// Names in Latin letters, as in brackets behind their transliteration, that the source does not have.
void add_latin(const Reading& reading, std::vector<Lone>& added) {
  for (const Word& word : reading.target.words) {
    if (!word.latin || !word.capital || word.all_capitals || word.folded.size() < 3 || has_digit(word.folded)) continue;
    if (is_in_source(reading, word.folded, true) || reading.is_rendered_term(word.span)) continue;
    added.push_back({word.span, Severity::info});
  }
}

void run_name(const Reading& reading, Report& report) {
  if (reading.knowledge.word_list(reading.source.language) == nullptr) return;
  const bool latin = reading.knowledge.word_list(reading.target.language) != nullptr;
  std::vector<Lone> lost = latin ? lost_spellings(reading, report) : lost_sounds(reading);
  std::vector<Lone> foreign;
  add_foreign_terms(reading, foreign);
  add_lost_terms(reading, !foreign.empty(), lost);
  std::vector<Lone> added;
  if (latin) {
    added = added_spellings(reading);
  } else if (!lost.empty()) {
    if (reading.target.language == Language::ja) added = added_katakana(reading);
    if (reading.target.language == Language::zh) added = added_dotted(reading);
    add_latin(reading, added);
  }
  std::erase_if(foreign, [&](const Lone& term) {
    return std::any_of(added.begin(), added.end(), [&](const Lone& other) { return other.span.overlaps(term.span); });
  });
  added.insert(added.end(), foreign.begin(), foreign.end());
  // A lost and an added name together are one name that became another.
  for (size_t i = 0; i < lost.size(); ++i) {
    if (i < added.size()) {
      report
          .add("name", Severity::error, lost[i].span, added[i].span, "name.changed", reading.source.slice(lost[i].span),
               reading.target.slice(added[i].span))
          .blocking = true;
    } else {
      report.add("name", lost[i].severity, lost[i].span, std::nullopt, "name.lost", reading.source.slice(lost[i].span));
    }
  }
  for (size_t i = lost.size(); i < added.size(); ++i) {
    if (added[i].severity == Severity::info) continue;
    report
        .add("name", added[i].severity, std::nullopt, added[i].span, "name.added", reading.target.slice(added[i].span))
        .blocking = added[i].severity == Severity::error;
  }
}

constexpr Example kNameExamples[] = {
    {Language::fr, "«Hevearita» Gunaryanti ditahan.", "«Heveasita» Gunaryanti a été arrêtée.", Finds::error},
    {Language::en, "«Bambang» Suryadi membantah kabar itu.", "«Hendra» Suryadi denied the report.", Finds::error},
    {Language::ja, "Menurut «Sutrisno», harga beras naik.", "«マンデラ»によると、コメの価格が上がった。", Finds::error},
    {Language::en, "Soekarno lahir di Surabaya.", "Sukarno was born in Surabaya.", Finds::nothing},
};

}  // namespace

const Check kName = {"name", "A name was changed, lost or invented.", run_name, kNameExamples};

}  // namespace kabar::checks
