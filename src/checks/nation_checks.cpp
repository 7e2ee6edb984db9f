// Countries and their people: none may be invented; pronouns against the person whom the sentence names.
#include <algorithm>
#include <optional>
#include <set>

#include "checks/actors.h"
#include "checks/list.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

// A name or abbreviation that neither the termbase nor the list of nations explains.
bool has_unknown_name(const Reading& reading) {
  return std::any_of(reading.source.words.begin(), reading.source.words.end(), [&](const Word& word) {
    if (!word.capital || word.folded.size() < 2 || reading.has_term(word.span)) return false;
    if (reading.source.has_fact(word.span) || reading.source.has_nation(word.span)) return false;
    const WordList* list = reading.knowledge.word_list(reading.source.language);
    return word.all_capitals || list == nullptr || !list->contains(word.folded);
  });
}

// "Russian President Vladimir Putin" for "Vladimir Putin": translators say of whom they speak.
bool is_beside_person(const Reading& reading, Span nation) {
  const int reach = terms::is_unspaced(reading.target.language) ? 10 : 40;  // code points
  return std::any_of(reading.renderings.begin(), reading.renderings.end(), [&](const terms::RenderingMatch& match) {
    if (match.wrong || match.term->kind != terms::TermKind::person || !reading.is_rendered_term(match.span))
      return false;
    const int gap = match.span.begin >= nation.end ? match.span.begin - nation.end : nation.begin - match.span.end;
    return gap >= 0 && gap <= reach;
  });
}

void run_nation(const Reading& reading, Report& report) {
  std::vector<const NationHit*> lost, added;
  const auto collect = [&](const Side& from, const Side& other, std::vector<const NationHit*>& out) {
    std::set<int> seen;
    for (const NationHit& hit : from.nations) {
      // "dolar AS" is a currency.
      if (!hit.hard || from.has_fact(hit.span) || other.has_nation_number(hit.nation)) continue;
      if (seen.insert(hit.nation).second) out.push_back(&hit);
    }
  };
  collect(reading.source, reading.target, lost);
  collect(reading.target, reading.source, added);
  for (size_t i = 0; i < added.size(); ++i) {
    const std::string written = reading.target.slice(added[i]->span);
    // A name that the source has with the same sound, or an explained rendering of a term, is not invented.
    if (reading.is_rendered_term(added[i]->span)) continue;
    // بكينيا is "in Kenya", not Beijing with an ending.
    const bool part_of_right =
        std::any_of(reading.target.nations.begin(), reading.target.nations.end(), [&](const NationHit& hit) {
          return hit.span.overlaps(added[i]->span) && hit.nation != added[i]->nation &&
                 reading.source.has_nation_number(hit.nation);
        });
    if (part_of_right) continue;
    if (i < lost.size()) {
      report
          .add("nation", Severity::error, lost[i]->span, added[i]->span, "nation.changed",
               reading.source.slice(lost[i]->span), written)
          .blocking = true;
      continue;
    }
    // A translator may explain a foreign name ("the Turkish troupe ..."); where there is no such name it is invented.
    const bool explains = has_unknown_name(reading) || is_beside_person(reading, added[i]->span);
    Finding& finding = report.add("nation", explains ? Severity::info : Severity::error, std::nullopt, added[i]->span,
                                  "nation.added", written);
    finding.blocking = !explains;
  }
  for (size_t i = added.size(); i < lost.size(); ++i) {
    report.add("nation", Severity::info, lost[i]->span, std::nullopt, "nation.lost",
               reading.source.slice(lost[i]->span));
  }
}

struct Gendered {
  char gender = 0;      // 'm', 'f'
  std::string written;  // as the editor is told
  Span source;          // where the person is named
};

// The person of the sentence, if all who are told to be a man or a woman are the same: by the termbase, by a word
// ("ibu", "polwan") or by a given name ("Siti"). `words`: of the source, in `genders`.
std::optional<Gendered> gendered_person(const Reading& reading, const Concepts& genders,
                                        const std::vector<ConceptHit>& words, bool by_names) {
  std::optional<Gendered> person;
  const auto agrees = [&](char gender, std::string written, Span source) {
    if (!person) person = Gendered{gender, std::move(written), source};
    return person->gender == gender;
  };
  for (const terms::TermMatch& match : reading.terms) {
    if (match.term->gender != 0) {
      if (!agrees(match.term->gender, match.term->term, match.span)) return std::nullopt;
    }
  }
  if (!by_names) return person;
  const std::optional<Gendered> known = person;
  for (const ConceptHit& hit : words) {
    const Concept& word = genders.list()[static_cast<size_t>(hit.concept_number)];
    if (word.id == "kin") return known;
    if (word.theme != "gender") continue;
    if (!agrees(word.id == "male" ? 'm' : 'f', reading.source.slice(hit.span), hit.span)) return std::nullopt;
  }
  return person;
}

// "his husband", "her wife" where the source has "suaminya", "istrinya".
void report_owner(const Reading& reading, const Concepts& genders, const std::vector<ConceptHit>& words,
                  const std::vector<ConceptHit>& said, Report& report) {
  for (const ConceptHit& hit : said) {
    if (genders.list()[static_cast<size_t>(hit.concept_number)].theme != "owner") continue;
    const auto same = [&](const ConceptHit& word) { return word.concept_number == hit.concept_number; };
    const auto word = std::find_if(words.begin(), words.end(), same);
    if (word == words.end()) continue;
    report.add("pronoun", Severity::warning, word->span, hit.span, "pronoun.gender", reading.source.slice(word->span),
               reading.target.slice(hit.span));
    return;
  }
}

// A noun beside the person's name that is said of the other gender: "le chanteur Raisa".
void report_noun(const Reading& reading, const Concepts& genders, const Gendered& person,
                 const std::vector<ConceptHit>& said, Report& report) {
  const int reach = terms::is_unspaced(reading.target.language) ? 6 : 16;  // code points between noun and name
  for (const Actor& actor : named_actors(reading)) {
    if (!actor.source.overlaps(person.source)) continue;
    const ConceptHit* wrong = nullptr;
    for (const ConceptHit& hit : said) {
      const Concept& noun = genders.list()[static_cast<size_t>(hit.concept_number)];
      if (noun.theme != "noun") continue;
      const int gap = std::max(hit.span.begin, actor.target.begin) - std::min(hit.span.end, actor.target.end);
      if (gap < 0 || gap > reach) continue;
      if ((noun.id == "man-noun") == (person.gender == 'm')) return;
      wrong = &hit;
    }
    if (wrong == nullptr) continue;
    report.add("pronoun", Severity::warning, actor.source, wrong->span, "pronoun.gender", person.written,
               reading.target.slice(wrong->span));
    return;
  }
}

// Pronouns against the one person of the sentence whose gender is known.
void run_pronoun(const Reading& reading, Report& report) {
  struct Pronouns {
    Language language;
    std::u32string_view male[4];
    std::u32string_view female[4];
  };
  static constexpr Pronouns kPronouns[] = {
      {Language::en, {U"he", U"his", U"him", U"himself"}, {U"she", U"her", U"hers", U"herself"}},
      {Language::fr, {U"il", U"lui-même", U"il", U"il"}, {U"elle", U"elle", U"elle", U"elle"}},
      // Folded: without hamza.
      {Language::ar, {U"هو", U"انه", U"بانه", U"لانه"}, {U"هي", U"انها", U"بانها", U"لانها"}},
  };
  const Concepts& genders = reading.knowledge.genders;
  const std::vector<ConceptHit> words = genders.hits(reading.source.folded, reading.source.language);
  const std::optional<Gendered> named = gendered_person(reading, genders, words, true);
  if (!named && words.empty()) return;
  const std::vector<ConceptHit> said = genders.hits(reading.target.folded, reading.target.language);
  report_owner(reading, genders, words, said, report);
  if (named) report_noun(reading, genders, *named, said, report);
  // Other words than names have a gender in French and Arabic, too: their pronouns are of anything.
  const bool by_names = reading.target.language != Language::fr && reading.target.language != Language::ar;
  const std::optional<Gendered> person = by_names ? named : gendered_person(reading, genders, words, false);
  if (!person) return;
  const char gender = person->gender;
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
    report.add("pronoun", Severity::warning, std::nullopt, span, "pronoun.gender", person->written,
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
      report.add("pronoun", Severity::warning, std::nullopt, bad->span, "pronoun.gender", person->written,
                 reading.target.slice(bad->span));
    }
  }
}

constexpr Example kNationExamples[] = {
    {Language::ar, "Ledakan terjadi di Kenya.", "وقع انفجار بكينيا.", Finds::nothing},
    {Language::en, "KPK memeriksa lima saksi.", "The «Korean» commission questioned five witnesses.", Finds::error},
    {Language::zh, "Presiden bertemu PM Jepang.", "总统会见日本首相。", Finds::nothing},
};
constexpr Example kPronounExamples[] = {
    {Language::en, "Prabowo mengatakan ia akan hadir.", "Prabowo said «she» would attend.", Finds::warning},
    {Language::en, "Prabowo mengatakan ia akan hadir.", "Prabowo said he would attend.", Finds::nothing},
    {Language::en, "Siti Aminah mengaku ia takut.", "Siti Aminah admitted «he» was afraid.", Finds::warning},
    {Language::en, "Siti Aminah mengaku ia takut.", "Siti Aminah admitted she was afraid.", Finds::nothing},
    {Language::en, "Siti mengatakan suaminya sakit.", "Siti said he was ill.", Finds::nothing},
    {Language::en, "Polwan itu mengatakan ia sudah melapor.", "The policewoman said «he» had reported it.",
     Finds::warning},
    {Language::en, "Pak Rohmadi menjual sawahnya.", "Rohmadi sold «her» rice field.", Finds::warning},
    {Language::zh, "Bu Aminah mengaku ia takut.", "阿米娜承认«他»很害怕。", Finds::warning},
    {Language::zh, "Bu Aminah mengaku ia takut.", "阿米娜承认她很害怕。", Finds::nothing},
    {Language::en, "Raisa dan «suaminya» pulang.", "Raisa and «his husband» went home.", Finds::warning},
    {Language::en, "Raisa dan suaminya pulang.", "Raisa and her husband went home.", Finds::nothing},
    {Language::fr, "Penyanyi «Siti» Aminah tampil.", "Le «chanteur» Siti Aminah s'est produit.", Finds::warning},
    {Language::fr, "Penyanyi Siti Aminah tampil.", "La chanteuse Siti Aminah s'est produite.", Finds::nothing},
    {Language::ja, "Aktris itu mengaku ia takut.", "女優によると、«彼は»怖かったという。", Finds::warning},
};

}  // namespace

const Check kNation = {"nation",
                       "A country, its people or its capital that the source does not mention, or a wrong one.",
                       run_nation, kNationExamples};
const Check kPronoun = {"pronoun", "He or she does not fit the person that the sentence names.", run_pronoun,
                        kPronounExamples};

}  // namespace kabar::checks
