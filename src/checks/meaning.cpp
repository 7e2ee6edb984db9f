// Meanings that a translation must keep: denial, results, status of persons, obligation; compared by word lists
// (data/checks/*.tsv), both ways.
#include <algorithm>

#include "checks/list.h"
#include "checks/meaning.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

constexpr int kNot = 0;  // the concept "not": Knowledge::load() makes sure of it

struct Count {
  int hard = 0;
  int firm = 0;  // noted ones too
  int soft = 0;
  int excused = 0;  // hard ones inside the right rendering of a term; soft ones too
  Span first;       // of the first hard hit
  Span noted;       // the first noted hit
  int all() const { return hard + firm + soft; }
};

// How many words of `other` can stand for a hard one here. Soft words that both sides have answer each other.
int counterparts(const Count& other, const Count& here) {
  return other.hard + other.firm + std::max(0, other.soft - here.soft);
}

Count count(const Side& side, int concept_number, const Reading* excuse = nullptr) {
  Count result;
  for (const ConceptHit& hit : side.concepts) {
    if (hit.concept_number != concept_number) continue;
    // A word inside the right rendering of a term is that term's business.
    const bool excused = excuse != nullptr && excuse->is_rendered_term(hit.span);
    if (hit.weight == Weight::hard && !excused) {
      if (result.hard++ == 0) result.first = hit.span;
    } else if (hit.weight == Weight::firm || hit.weight == Weight::noted) {
      ++result.firm;
      if (hit.weight == Weight::noted && result.noted.empty() && !excused) result.noted = hit.span;
    } else {
      ++result.soft;
      result.excused += hit.weight == Weight::hard;
    }
  }
  return result;
}

bool in_term(const Reading& reading, Span source) {
  return std::any_of(reading.terms.begin(), reading.terms.end(), [&](const terms::TermMatch& match) {
    return match.span != source && match.span.contains(source) && match.term->kind != terms::TermKind::sense &&
           match.term->kind != terms::TermKind::term && match.term->kind != terms::TermKind::office;
  });
}

// "tidak yakin" may be "unsure": what is denied on one side may be its opposite on the other.
bool is_denied(const Side& side, Span span) {
  static constexpr int kReach = 12;  // code points between the denial and what it denies
  return std::any_of(side.concepts.begin(), side.concepts.end(), [&](const ConceptHit& hit) {
    if (hit.concept_number != kNot || hit.weight == Weight::soft) return false;
    // "unsure" denies "sure"; 否认 is a denial by itself and denies nothing else.
    if (hit.span.overlaps(span)) return !span.contains(hit.span);
    const int gap = side.language == Language::ja ? hit.span.begin - span.end : span.begin - hit.span.end;
    return gap >= 0 && gap <= (terms::is_unspaced(side.language) ? kReach / 2 : kReach);
  });
}

// "tidak" with the word that it denies: "tidak nyaman" may be one word, "uncomfortable".
Span with_denied_word(const Side& side, Span denial) {
  for (const Word& word : side.words) {
    if (word.span.begin >= denial.end) return {denial.begin, word.span.end};
  }
  return denial;
}

bool says_only(const Reading& reading) {
  const int number = reading.knowledge.concepts.find("only-not");
  return number >= 0 && count(reading.target, number).all() > 0;
}

// Soft words of the target that no other word of the source explains: only these can stand for `denial`.
int free_soft(const Reading& reading, int concept_number, Span denial) {
  int free = 0;
  for (const ConceptHit& hit : reading.target.concepts) {
    if (hit.concept_number != concept_number || hit.weight != Weight::soft) continue;
    free += !reading.is_explained(hit.span, denial);
  }
  return free;
}

// Soft words of the target, without those that only words of the source which deny nothing explain: 部落, "kampung".
int own_soft(const Reading& reading, int concept_number) {
  int own = 0;
  for (const ConceptHit& hit : reading.target.concepts) {
    if (hit.concept_number != concept_number || hit.weight != Weight::soft) continue;
    const auto renders = [&](const ConceptHit& other) {
      return other.concept_number == concept_number && reading.is_explained(hit.span) &&
             !reading.is_explained(hit.span, other.span);
    };
    const std::vector<ConceptHit>& hits = reading.source.concepts;
    own += !reading.is_explained(hit.span) || std::any_of(hits.begin(), hits.end(), renders);
  }
  return own;
}

// "n'a été construit qu'en 1990" denies nothing; nor does the "ne" of "avant qu'il ne parte".
bool is_restrictive(const Side& side, Span ne) {
  if (side.language != Language::fr) return false;
  const auto at =
      std::find_if(side.words.begin(), side.words.end(), [&](const Word& word) { return word.span.overlaps(ne); });
  const auto is_que = [](const Word& word) {
    return word.folded == U"que" || word.folded == U"qu" || word.folded.starts_with(U"qu'");
  };
  static constexpr int kReach = 14;  // words between "ne" and "que"
  const auto end = side.words.end() - at > kReach ? at + kReach : side.words.end();
  if (std::any_of(at, end, is_que)) return true;
  const auto begin = at - side.words.begin() > kReach ? at - kReach : side.words.begin();
  return std::any_of(begin, at, [](const Word& word) { return word.folded == U"avant" || word.folded == U"moins"; });
}

// 未能 renders "gagal", 不得 "dilarang": a denial inside a word of another concept that the source has.
bool renders_other(const Reading& reading, Span denial) {
  const std::vector<ConceptHit>& hits = reading.target.concepts;
  return std::any_of(hits.begin(), hits.end(), [&](const ConceptHit& hit) {
    if (hit.concept_number == kNot || !hit.span.overlaps(denial)) return false;
    // "not" may be how "gagal" was said, unless "failed" stands there too.
    if (hit.weight == Weight::soft && count(reading.target, hit.concept_number).hard > 0) return false;
    const Concept& item = reading.knowledge.concepts.list()[static_cast<size_t>(hit.concept_number)];
    const bool denies = item.theme == "negation" || item.id == "forbid" || item.id == "deny";
    return denies && count(reading.source, hit.concept_number).hard > 0;
  });
}

// `spare` counts what else in the target can stand for the concept.
void compare(const Reading& reading, Report& report, int number, std::string_view id, std::string_view lost_key,
             std::string_view added_key, int spare = 0) {
  const bool denial = number == kNot;
  const Concept& item = reading.knowledge.concepts.list()[static_cast<size_t>(number)];
  const Count source = count(reading.source, number);
  Count target = count(reading.target, number, &reading);
  // "لم ... سوى" and "しか...ない" say "only": one denial there denies nothing.
  if (denial && target.hard > 0 && says_only(reading)) --target.hard, ++target.firm;
  // Only denials are so many in a sentence that soft words must be set off against each other.
  const auto have = [&](const Count& other, const Count& here) {
    return denial ? counterparts(other, here) : other.all();
  };
  if (denial && source.hard > 0 && target.hard + target.firm == 0 && target.soft > 0) {
    const Span denial_with_word = with_denied_word(reading.source, source.first);
    target.soft = std::min(target.soft, source.soft + free_soft(reading, number, denial_with_word));
  }
  const bool ours = source.hard > 0 && !in_term(reading, source.first);
  for (int opposite : item.opposites) {
    const Count turned = count(reading.target, opposite, &reading);
    const Count already = count(reading.source, opposite);
    // A court story speaks of suspects and verdicts at once; only results and directions exclude each other.
    // "Penumpang menurun setelah tarif naik": where the target says the other more often, one of them was turned.
    const bool outnumbers = id == "polarity" && already.hard > 0 && target.hard == 0 &&
                            (turned.hard > already.hard + already.firm ||
                             (target.all() == 0 && turned.all() > already.all() && turned.hard > 0));
    const bool said = id == "polarity" ? already.hard > 0 && !outnumbers : already.all() > 0;
    // One of two that rose may have been turned; then nothing in the source may speak of falling.
    const int rendered = target.hard + target.excused;
    const bool kept = already.all() == 0 ? rendered >= source.hard : rendered > 0;
    if (!ours || kept || turned.hard == 0 || said) continue;
    // Where the source says both, its other word explains only one of them.
    if (!outnumbers && reading.is_usual(turned.first, source.first)) continue;
    if (id == "polarity" && (is_denied(reading.source, source.first) || is_denied(reading.target, turned.first) ||
                             reading.is_rendered_by(source.first, turned.first))) {
      continue;
    }
    report
        .add(id, Severity::error, source.first, turned.first, "concept.opposite", reading.source.slice(source.first),
             reading.target.slice(turned.first))
        .blocking = true;
    return;
  }
  if (ours && have(target, source) + spare == 0 && item.lost) {
    Finding& finding =
        report.add(id, *item.lost, source.first, std::nullopt, lost_key, reading.source.slice(source.first));
    finding.blocking = *item.lost == Severity::error;
  }
  if (denial && target.soft > 0) target.soft = std::min(target.soft, own_soft(reading, number));
  if (target.hard > 0 && have(source, target) == 0 && item.added) {
    // What stands for an opposite of the source has been reported there.
    for (int opposite : item.opposites) {
      if (count(reading.source, opposite).hard > 0 && count(reading.target, opposite).hard == 0) return;
    }
    if (denial ? renders_other(reading, target.first) : reading.is_explained(target.first)) return;
    Finding& finding =
        report.add(id, *item.added, std::nullopt, target.first, added_key, reading.target.slice(target.first));
    finding.blocking = *item.added == Severity::error;
  } else if (target.hard == 0 && !target.noted.empty() && source.all() == 0 && item.added &&
             !reading.is_explained(target.noted) && !is_restrictive(reading.target, target.noted)) {
    report.add(id, Severity::warning, std::nullopt, target.noted, added_key, reading.target.slice(target.noted));
  }
}

}  // namespace

void compare_theme(const Reading& reading, Report& report, std::string_view theme, std::string_view id,
                   std::string_view lost_key, std::string_view added_key) {
  const std::vector<Concept>& concepts = reading.knowledge.concepts.list();
  for (size_t number = 0; number < concepts.size(); ++number) {
    if (reading.has_concept[number] && concepts[number].theme == theme) {
      compare(reading, report, static_cast<int>(number), id, lost_key, added_key);
    }
  }
}

namespace {

// "uncomfortable", "implausible", "irrespectueuse": a prefix that denies before a word of the list.
int denying_prefixes(const Reading& reading) {
  const WordList* list = reading.knowledge.word_list(reading.target.language);
  if (list == nullptr) return 0;
  static constexpr std::u32string_view kPrefixes[] = {U"un", U"in", U"im", U"ir", U"il", U"dis", U"dé", U"dés", U"non"};
  // These begin so by chance.
  static constexpr std::u32string_view kChance[] = {
      U"inform", U"import", U"income", U"increas",  U"improv",  U"impact",  U"impos",   U"invest",  U"intern",
      U"intend", U"intent", U"inside", U"instit",   U"distric", U"distanc", U"discuss", U"display", U"into",
      U"unit",   U"under",  U"until",  U"dispatch", U"impress", U"inter",   U"inves",   U"décid",   U"déclar",
      U"début",  U"dépens", U"démar",  U"déput",    U"départ",  U"déjà",    U"détenu",  U"dépass",  U"indi"};
  int count = 0;
  for (const Word& word : reading.target.words) {
    if (word.folded.size() < 6) continue;
    const auto starts = [&](std::u32string_view chance) { return word.folded.starts_with(chance); };
    if (std::any_of(std::begin(kChance), std::end(kChance), starts)) continue;
    const bool prefixed = std::any_of(std::begin(kPrefixes), std::end(kPrefixes), [&](std::u32string_view prefix) {
      return word.folded.starts_with(prefix) && word.folded.size() >= prefix.size() + 4 &&
             list->contains(word.folded.substr(prefix.size()));
    });
    const bool denies = prefixed || (reading.target.language == Language::en && word.folded.ends_with(U"less"));
    if (!denies) continue;
    // Whether nothing but a denied word of the source explains it.
    const auto of_denied = [&](const ConceptHit& hit) {
      return hit.concept_number == kNot && hit.weight == Weight::hard &&
             !reading.is_explained(word.span, with_denied_word(reading.source, hit.span));
    };
    const std::vector<ConceptHit>& hits = reading.source.concepts;
    count += std::any_of(hits.begin(), hits.end(), of_denied) || !reading.is_explained(word.span);
  }
  return count;
}

void run_negation(const Reading& reading, Report& report) {
  const std::vector<Concept>& concepts = reading.knowledge.concepts.list();
  const int spare = denying_prefixes(reading);
  compare(reading, report, kNot, "negation", "negation.lost", "negation.added", spare);
  // What denies without saying "not": to fail, to cancel, hardly.
  for (size_t number = kNot + 1; number < concepts.size(); ++number) {
    if (reading.has_concept[number] && concepts[number].theme == "negation") {
      compare(reading, report, static_cast<int>(number), "negation", "negation.lost", "negation.added");
    }
  }
  const Count source = count(reading.source, kNot);
  const Count target = count(reading.target, kNot, &reading);
  // One of several denials is gone: words that may deny do not make up for it.
  const int have = counterparts(target, source) + spare;
  if (source.hard >= 2 && have > 0 && have < source.hard) {
    report.add("negation", Severity::warning, source.first, std::nullopt, "negation.count",
               reading.source.slice(source.first));
  }
}

// Nothing between two places but a few words: what stands there belongs to the figure.
bool is_beside(const Side& side, Span a, Span b) {
  if (a.overlaps(b)) return false;
  const Span gap = a.end <= b.begin ? Span{a.end, b.begin} : Span{b.end, a.begin};
  const int reach = terms::is_unspaced(side.language) ? 4 : 16;
  return gap.size() <= reach && side.slice(gap).find_first_of(",.;:") == std::string::npos &&
         side.slice(gap).find("，") == std::string::npos && side.slice(gap).find("、") == std::string::npos &&
         side.slice(gap).find("،") == std::string::npos;
}

// The hard hit of one of these concepts nearest to a figure.
const ConceptHit* nearest(const Side& side, Span figure, const std::vector<int>& concepts) {
  const ConceptHit* found = nullptr;
  int best = 0;
  for (const ConceptHit& hit : side.concepts) {
    if (hit.weight != Weight::hard || !is_beside(side, hit.span, figure)) continue;
    // What follows a figure in Arabic begins the next sentence.
    if (side.language == Language::ar && hit.span.begin > figure.begin) continue;
    if (std::find(concepts.begin(), concepts.end(), hit.concept_number) == concepts.end()) continue;
    const int gap = std::max(figure.begin - hit.span.end, hit.span.begin - figure.end);
    if (found == nullptr || gap < best) found = &hit, best = gap;
  }
  return found;
}

// A figure tells what it belongs to, also where a sentence says both: "naik 20 persen … turun 5 persen".
void compare_by_figures(const Reading& reading, Report& report) {
  const std::vector<Concept>& concepts = reading.knowledge.concepts.list();
  for (const text::FactPair pair : reading.facts.same) {
    const Span ours = reading.source.facts[static_cast<size_t>(pair.source)].span;
    const Span theirs = reading.target.facts[static_cast<size_t>(pair.target)].span;
    for (const char* id : {"rise", "fall", "win", "lose"}) {
      const int number = reading.knowledge.concepts.find(id);
      if (number < 0 || !reading.has_concept[static_cast<size_t>(number)]) continue;
      std::vector<int> either = concepts[static_cast<size_t>(number)].opposites;
      either.push_back(number);
      const ConceptHit* source = nearest(reading.source, ours, either);
      if (source == nullptr || source->concept_number != number || source->span.begin > ours.begin) continue;
      const ConceptHit* target = nearest(reading.target, theirs, either);
      if (target == nullptr || target->concept_number == number || is_denied(reading.source, source->span) ||
          is_denied(reading.target, target->span)) {
        continue;
      }
      report
          .add("polarity", Severity::error, source->span, target->span, "concept.opposite",
               reading.source.slice(source->span), reading.target.slice(target->span))
          .blocking = true;
      return;
    }
  }
}

void run_polarity(const Reading& reading, Report& report) {
  compare_theme(reading, report, "polarity", "polarity", "concept.lost", "concept.added");
  compare_by_figures(reading, report);
}
void run_status(const Reading& reading, Report& report) {
  compare_theme(reading, report, "status", "status", "concept.lost", "concept.added");
}
void run_modality(const Reading& reading, Report& report) {
  compare_theme(reading, report, "modality", "modality", "concept.lost", "concept.added");
}
void run_loaded(const Reading& reading, Report& report) {
  compare_theme(reading, report, "loaded", "loaded", "concept.lost", "loaded.added");
}
void run_agency(const Reading& reading, Report& report) {
  compare_theme(reading, report, "agency", "agency", "agency.lost", "agency.added");
}

constexpr Example kNegationExamples[] = {
    {Language::en, "Gempa itu «tidak» berpotensi tsunami.", "The quake had the potential for a tsunami.", Finds::error},
    {Language::en, "Gempa itu tidak berpotensi tsunami.", "The quake had no tsunami potential.", Finds::nothing},
    {Language::fr, "Ia ditahan polisi.", "Il n'est «pas» détenu par la police.", Finds::error},
    {Language::zh, "Ia «belum» ditahan.", "他已被拘留。", Finds::error},
    {Language::ja, "Ia belum ditahan.", "彼はまだ拘束されていない。", Finds::nothing},
    {Language::ar, "Ia «tidak» hadir.", "حضر الاجتماع.", Finds::error},
    {Language::fr, "Ia bukan hanya kaya.", "Il est plus que riche.", Finds::nothing},
    {Language::en, "Rekor itu «takkan» terulang.", "The record will be repeated.", Finds::error},
    {Language::fr, "Jembatan itu baru dibangun pada 1990.", "Le pont n'a été construit qu'en 1990.", Finds::nothing},
    {Language::fr, "Bukannya panik, pilot itu bercanda.", "Au lieu de paniquer, le pilote a plaisanté.",
     Finds::nothing},
    {Language::ja, "Mereka terpaksa menjual truknya.", "彼らはトラックを売らざるを得なかった。", Finds::nothing},
    {Language::ja, "\"Jangan bergerak,\" kata polisi.", "「動くな」と警官は言った。", Finds::nothing},
};
constexpr Example kPolarityExamples[] = {
    {Language::en, "Bank sentral «menaikkan suku bunga».", "The central bank «cut interest rates».", Finds::error},
    {Language::zh, "Indeks ditutup «melemah» 1,8 persen.", "指数«收涨»1.8%。", Finds::error},
    {Language::zh, "Indeks ditutup melemah 1,8 persen.", "指数收跌1.8%。", Finds::nothing},
    {Language::fr, "Jumlah penumpang «menurun» setelah tarif dinaikkan.",
     "Le nombre de passagers a «augmenté» après la hausse des tarifs.", Finds::error},
    {Language::fr, "Hakim memvonis bebas terdakwa.", "Le juge a acquitté l'accusé.", Finds::nothing},
    {Language::fr, "Indonesia «kalah» dari Irak.", "L'Indonésie «bat» l'Irak.", Finds::error},
    {Language::en, "Pemerintah «melarang» ekspor nikel.", "The government «allowed» nickel exports.", Finds::error},
    {Language::en, "Polisi «membantah» kabar itu.", "Police «confirmed» the report.", Finds::error},
    {Language::en, "Harga beras naik.", "Rice prices rose.", Finds::nothing},
    {Language::en, "Usianya «kurang dari» 60 tahun.", "He is «more than» 60 years old.", Finds::error},
    {Language::en, "Pasukan asing kalah.", "The foreign forces were defeated.", Finds::nothing},
    {Language::en, "Petahana menolak mengakui kekalahan.", "The incumbent refused to concede defeat.", Finds::nothing},
    {Language::en, "«Impor» beras dari Thailand meningkat karena ekspor India dibatasi.",
     "Rice «exports» from Thailand increased because India's exports were restricted.", Finds::error},
    {Language::en, "Impor beras dari Thailand meningkat karena ekspor India dibatasi.",
     "Rice imports from Thailand increased because India restricted exports.", Finds::nothing},
    {Language::en, "Pusat gempa berada 40 kilometer «barat daya» kota.",
     "The epicentre was 40 kilometres «northeast» of the city.", Finds::error},
    {Language::en, "Abu tertiup ke arah «utara».", "The ash was blown «southward».", Finds::error},
    {Language::en, "Abu tertiup ke arah utara.", "The ash was blown northward.", Finds::nothing},
    {Language::zh, "Kaki «kanannya» harus diamputasi.", "他的«左»腿必须截肢。", Finds::error},
    {Language::zh, "Kapal berlayar ke «utara».", "该船向«南»航行。", Finds::error},
    {Language::zh, "Kapal Vietnam berlayar ke utara.", "越南船只向北航行。", Finds::nothing},
    {Language::ja, "Pengemudi membelok ke «kiri».", "運転手は«右»折した。", Finds::error},
    {Language::ja, "Kapal Beijing berlayar ke «selatan».", "北京の船は«北»へ向かった。", Finds::error},
    {Language::fr, "Kapal bergerak ke «timur».", "Le navire s'est dirigé vers l'«ouest».", Finds::error},
    {Language::ar, "Pusat gempa berada 40 kilometer «barat daya» kota.",
     "وقع مركز الزلزال على بعد 40 كيلومترا «شمال شرق» المدينة.", Finds::error},
    {Language::en, "Harga cabai «naik» 20 persen sementara harga bawang turun 5 persen.",
     "Chili prices «fell» 20 percent while onion prices rose 5 percent.", Finds::error},
    {Language::en, "Harga cabai naik 20 persen sementara harga bawang turun 5 persen.",
     "Onion prices fell 5 percent, while chili prices rose 20 percent.", Finds::nothing},
    {Language::fr, "Harga cabai naik 20 persen sementara harga bawang «turun» 5 persen.",
     "Le prix du piment a baissé de 20 % tandis que celui de l'oignon a «augmenté» de 5 %.", Finds::error},
    {Language::zh, "Harga cabai «naik» 20 persen sementara harga bawang turun 5 persen.",
     "辣椒价格«下降»20%，而洋葱价格上涨5%。", Finds::error},
    {Language::ja, "Harga cabai «naik» 20 persen sementara harga bawang turun 5 persen.",
     "トウガラシの価格は20%«下落»し、タマネギの価格は5%上昇した。", Finds::error},
    {Language::ar, "Harga cabai «naik» 20 persen sementara harga bawang turun 5 persen.",
     "ارتفعت أسعار الفلفل بنسبة 20 في المئة بينما انخفضت أسعار البصل بنسبة 5 في المئة.", Finds::nothing},
    {Language::fr, "Hujan turun sejak dini hari.", "De fortes pluies sont tombées avant l’aube.", Finds::nothing},
};
constexpr Example kStatusExamples[] = {
    {Language::en, "«Mantan» menteri itu hadir.", "The minister attended.", Finds::error},
    {Language::ja, "«Calon» presiden itu berpidato.", "大統領が演説した。", Finds::error},
    {Language::fr, "Mantan menteri itu hadir.", "L'ancien ministre était présent.", Finds::nothing},
};
constexpr Example kModalityExamples[] = {
    {Language::en, "Warga «wajib» lapor.", "Residents reported it.", Finds::warning},
    {Language::en, "Warga wajib lapor.", "Residents must report.", Finds::nothing},
    {Language::en, "Bantuan tidak boleh dibagikan malam hari.", "The aid must not be handed out at night.",
     Finds::nothing},
};
constexpr Example kLoadedExamples[] = {
    {Language::en, "Massa berkumpul di alun-alun.", "«Terrorists» gathered in the square.", Finds::error},
    {Language::en, "Massa berkumpul di alun-alun.", "Protesters gathered in the square.", Finds::nothing},
};
constexpr Example kAgencyExamples[] = {
    {Language::ar, "JAKARTA - Polisi menahan dua orang.", "جاكرتا («رويترز») - احتجزت الشرطة شخصين.", Finds::error},
    {Language::en, "Dikutip dari Antara, dua orang ditahan.", "Two people were detained, Antara reported.",
     Finds::nothing},
};

}  // namespace

const Check kNegation = {"negation",
                         "The source denies something and the translation does not, or the other way round.",
                         run_negation, kNegationExamples};
const Check kPolarity = {
    "polarity", "A meaning was turned round or lost: win and lose, rise and fall, allow and forbid, deny and confirm.",
    run_polarity, kPolarityExamples};
const Check kStatus = {"status",
                       "A person's status changed: candidate, former, acting, deputy, suspect, accused, convicted.",
                       run_status, kStatusExamples};
const Check kModality = {"modality", "Must, may: an obligation or a possibility was lost or added.", run_modality,
                         kModalityExamples};
const Check kLoaded = {"loaded", "A loaded word (terror, crime, party, profanity) without a counterpart in the source.",
                       run_loaded, kLoadedExamples};
const Check kAgency = {"agency", "A news agency or medium that the source does not name, or a lost one.", run_agency,
                       kAgencyExamples};

}  // namespace kabar::checks
