// Who did what to whom: two around a verb that stand the other way round in the translation.
//
// Two names are read from their order alone, where no passive or turned verb can explain it. Words for persons, bodies,
// animals and vehicles (data/checks/roles.tsv) stand in a sentence for more reasons: of these the verb must be seen,
// too.
#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "checks/actors.h"
#include "checks/list.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

// What stands between two names, or behind the second, where the first is not the one who acts.
constexpr std::u32string_view kTurned[] = {
    U" by ",    U" to ",     U" from ",   U" against ",   U" hands of ", U" under ", U" par ", U" face a",
    U" face à", U" contre ", U" devant ", U" de la part", U" au ",       U" aux ",   U"被",    U"遭",
    U"由",      U"不敌",     U"负于",     U"受",          U"败给",       U"输给",    U"获",    U"من قبل",
    U"علي يد",  U"على يد",   U"امام",     U"أمام",        U"من جانب",    U" ضد ",    U" من "};
constexpr std::u32string_view kByAgent[] = {U" by ", U" par ", U"被", U"遭到", U"من قبل", U"علي يد", U"على يد"};

using Hits = std::vector<ConceptHit>;

const Concept& concept_of(const Reading& reading, const ConceptHit& hit) {
  return reading.knowledge.roles.list()[static_cast<size_t>(hit.concept_number)];
}

bool holds_one_of(std::u32string_view text, std::span<const std::u32string_view> pieces) {
  return std::any_of(pieces.begin(), pieces.end(),
                     [&](std::u32string_view piece) { return text.find(piece) != std::u32string_view::npos; });
}

// The places of a concept; "police officers" is one.
std::vector<Span> places_of(const Hits& hits, int concept_number) {
  std::vector<Span> places;
  for (const ConceptHit& hit : hits) {
    if (hit.concept_number != concept_number) continue;
    if (!places.empty() && hit.span.begin <= places.back().end + 1) {
      places.back().end = std::max(places.back().end, hit.span.end);
    } else {
      places.push_back(hit.span);
    }
  }
  return places;
}

// Who stands once on each side.
std::vector<Actor> actors_of(const Reading& reading, const Hits& source_hits, const Hits& target_hits) {
  std::vector<Actor> actors = named_actors(reading);
  const auto is_taken = [&](Span span) {
    return std::any_of(actors.begin(), actors.end(), [&](const Actor& actor) { return actor.source.overlaps(span); });
  };
  for (const ConceptHit& hit : source_hits) {
    if (concept_of(reading, hit).theme != "actor" || is_taken(hit.span)) continue;
    const std::vector<Span> sources = places_of(source_hits, hit.concept_number);
    const std::vector<Span> targets = places_of(target_hits, hit.concept_number);
    if (sources.size() == 1 && targets.size() == 1) actors.push_back({hit.span, targets.front(), false});
  }
  return actors;
}

// What cannot stand between a verb and the one who acts or suffers: it opens another part of the sentence.
constexpr std::u32string_view kOpeners[] = {
    U"karena", U"saat",  U"ketika",  U"setelah", U"sebelum", U"usai",     U"di",      U"ke",     U"dari",   U"untuk",
    U"dan",    U"atau",  U"tetapi",  U"tapi",    U"yang",    U"bahwa",    U"agar",    U"pada",   U"dengan", U"dalam",
    U"kepada", U"tanpa", U"sebagai", U"meski",   U"jika",    U"hingga",   U"sampai",  U"akibat", U"seusai", U"terhadap",
    U"serta",  U"soal",  U"tentang", U"terkait", U"lalu",    U"kemudian", U"bersama", U"lewat",  U"melalui"};

// Who follows one of these is not the one who acts.
constexpr std::u32string_view kPrepositions[] = {U"di",      U"ke",     U"dari",    U"untuk",   U"bagi",     U"pada",
                                                 U"kepada",  U"dengan", U"bersama", U"tentang", U"terhadap", U"asal",
                                                 U"seperti", U"milik",  U"demi",    U"sebagai", U"oleh",     U"soal",
                                                 U"dan",     U"atau",   U"serta",   U"para"};

bool is_one_of(const Word& word, std::span<const std::u32string_view> list) {
  return std::find(list.begin(), list.end(), word.folded) != list.end();
}

// What begins a sentence of its own: who stands before it does nothing behind it.
constexpr std::u32string_view kJoining[] = {U"dan",  U"atau",     U"namun",     U"tetapi", U"tapi",
                                            U"lalu", U"kemudian", U"sementara", U"serta",  U"sedangkan"};

// The words of the source between two places; nothing if a mark stands there, or one of `stops`.
std::optional<int> words_between(const Side& side, int begin, int end, std::span<const std::u32string_view> stops) {
  const std::string_view between = slice_points(side.text, {begin, end});
  if (between.find_first_of(",.;:()\"") != std::string_view::npos) return std::nullopt;
  int count = 0;
  for (const Word& word : side.words) {
    if (word.span.begin < begin || word.span.end > end) continue;
    if (is_one_of(word, stops)) return std::nullopt;
    ++count;
  }
  return count;
}

bool follows_preposition(const Side& side, Span span) {
  const Word* before = nullptr;
  for (const Word& word : side.words) {
    if (word.span.end <= span.begin) before = &word;
  }
  return before != nullptr && before->span.end + 1 == span.begin && is_one_of(*before, kPrepositions);
}

// The actor nearest to the verb before or behind it, at most `most` words away.
const Actor* nearest(const Reading& reading, const std::vector<Actor>& actors, Span verb, bool before, int most) {
  const Actor* found = nullptr;
  for (const Actor& actor : actors) {
    if (before ? actor.source.end > verb.begin : actor.source.begin < verb.end) continue;
    if (before && follows_preposition(reading.source, actor.source)) continue;
    const std::optional<int> gap = before ? words_between(reading.source, actor.source.end, verb.begin, kJoining)
                                          : words_between(reading.source, verb.end, actor.source.begin, kOpeners);
    if (!gap || *gap > most) continue;
    const bool nearer =
        !found || (before ? actor.source.end > found->source.end : actor.source.begin < found->source.begin);
    if (nearer) found = &actor;
  }
  // "anak pedagang": the child, not the trader.
  for (const Actor& actor : actors) {
    if (before && found != nullptr && !actor.named && actor.source.end + 1 == found->source.begin) return &actor;
  }
  return found;
}

// は, が, を or に behind a Japanese name and its title.
char32_t particle(std::u32string_view text, Span name) {
  constexpr int kTitleMax = 8;
  for (int i = name.end; i < name.end + kTitleMax && i < static_cast<int>(text.size()); ++i) {
    const char32_t point = text[static_cast<size_t>(i)];
    if (std::u32string_view(U"はがをにと").find(point) != std::u32string_view::npos) return point;
    if (std::u32string_view(U"、。の").find(point) != std::u32string_view::npos) return 0;
  }
  return 0;
}

// Whether the target says of two names that `patient` acts on `agent`.
bool are_names_turned(const Reading& reading, const Actor& agent, const Actor& patient) {
  const std::u32string& text = reading.target.folded.text;
  if (reading.target.language == Language::ja) {
    const char32_t acts = particle(text, agent.target), suffers = particle(text, patient.target);
    return acts == U'を' && (suffers == U'は' || suffers == U'が');
  }
  const bool agent_first = agent.target.begin < patient.target.begin;
  const Span gap =
      agent_first ? Span{agent.target.end, patient.target.begin} : Span{patient.target.end, agent.target.begin};
  const int reach = reading.target.language == Language::zh ? 8 : 30;  // code points
  if (gap.size() <= 0 || gap.size() > reach) return false;
  std::u32string between = text.substr(static_cast<size_t>(gap.begin), static_cast<size_t>(gap.size()));
  std::transform(between.begin(), between.end(), between.begin(), terms::fold_point);
  if (between.find_first_of(U",.;:()،。，、\"") != std::u32string::npos) return false;
  return agent_first ? holds_one_of(between, kByAgent) : !holds_one_of(between, kTurned);
}

// A piece of the target between two places, folded.
std::u32string folded_between(const Side& side, int begin, int end) {
  std::u32string text = side.folded.text.substr(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
  std::transform(text.begin(), text.end(), text.begin(), terms::fold_point);
  return text;
}

constexpr std::u32string_view kMarks = U",.;:()\"“”«»،؛。，、；：「」";
constexpr int kReach = 60;          // code points between the two
constexpr int kUnspacedReach = 24;  // of Chinese
constexpr int kVerbReach = 30;      // from the verb to the one who suffers it
constexpr int kArabicReach = 20;    // between the two where the verb goes before both

// What shows that the one before a verb is not the one who does it: before the verb, and between it and the next.
struct Turning {
  std::span<const std::u32string_view> before, behind;
};
constexpr std::u32string_view kEnglishBefore[] = {U" by ",   U" from ",  U" who ",     U" whom ", U" that ", U" for ",
                                                  U" when ", U" after ", U" while ",   U" as ",   U" said ", U" says ",
                                                  U" with ", U" and ",   U" against ", U" by"};
constexpr std::u32string_view kEnglishBehind[] = {
    U" by ",   U" from ", U" to ",   U" with ", U" near ", U" of ",      U" in ",    U" at ",     U" on ",   U" for ",
    U" that ", U" who ",  U" when ", U" and ",  U" as ",   U" against ", U" after ", U" before ", U" while "};
constexpr std::u32string_view kEnglishPassive[] = {U" was ", U" were ", U" been ", U" be ", U" being ",
                                                   U" is ",  U" are ",  U" get ",  U" got "};
constexpr std::u32string_view kFrenchBefore[] = {
    U" par ",  U" été ", U" est ",  U" sont ",   U" être ",  U" fut ",     U" furent ", U" que ",   U" qu'",
    U" qu’",   U" qui ", U" dont ", U" pour ",   U" quand ", U" lorsque ", U" après ",  U" comme ", U" contre ",
    U" avec ", U" et ",  U" sera ", U" seront ", U" se ",    U" s'",       U" s’"};
constexpr std::u32string_view kFrenchPassive[] = {U" été ", U" est ",    U" sont ", U" être ",
                                                  U" fut ", U" furent ", U" sera ", U" seront "};
constexpr std::u32string_view kFrenchBehind[] = {
    U" par ", U" pour ",  U" contre ", U" avec ",  U" dans ",  U" en ",   U" sur ",    U" que ", U" qui ", U" quand ",
    U" et ",  U" comme ", U" devant ", U" après ", U" avant ", U" chez ", U" auprès ", U" du ",  U" lors "};
constexpr std::u32string_view kChineseBefore[] = {U"被", U"遭", U"由", U"受", U"获", U"的", U"向", U"对",
                                                  U"让", U"与", U"和", U"跟", U"给", U"称", U"说", U"因"};
constexpr std::u32string_view kChineseBehind[] = {U"被", U"遭", U"由", U"和", U"与", U"在", U"后", U"称", U"说"};
constexpr std::u32string_view kArabicTurned[] = {
    U"من قبل", U"علي يد", U"على يد", U"من جانب", U" من ",  U"الذي",  U"التي", U"عليه",  U" ضد ", U" مع ",
    U" ان ",   U"لدي",    U" عند ",  U" في ",    U" بعد ", U" الي ", U" عن ", U" قبل ", U" بين "};
constexpr std::u32string_view kArabicObjects[] = {U"هم", U"ه", U"ها", U"هن", U"هما"};

// Japanese says it by its particles: the one who suffers takes を, or は of a verb in れる, られる.
bool is_turned_in_japanese(const Reading& reading, const Actor& agent, const Actor& patient, const ConceptHit& act) {
  const Span verb = act.span;
  const std::u32string& text = reading.target.folded.text;
  const int first = std::min(agent.target.begin, patient.target.begin);
  if (verb.begin < std::max(agent.target.end, patient.target.end)) return false;
  const std::u32string between = folded_between(reading.target, first, verb.begin);
  if (between.find_first_of(U"。「」") != std::u32string::npos) return false;
  const char32_t acts = particle(text, agent.target), suffers = particle(text, patient.target);
  std::u32string ending = text.substr(static_cast<size_t>(verb.end), 5);
  ending = ending.substr(0, ending.find_first_of(U"、。"));
  const bool passive = ending.find(U"れ") != std::u32string::npos;
  if (acts == U'を') return !passive && (suffers == U'は' || suffers == U'が');
  // 学生は警察に抗議をやめるよう求めた: whom one asks or warns takes に.
  const std::string& id = concept_of(reading, act).id;
  const bool asks = id == "act-urge" || id == "act-warn" || id == "act-report";
  if (asks && acts == U'に') return !passive && (suffers == U'は' || suffers == U'が');
  return passive && (acts == U'は' || acts == U'が') && suffers == U'に' && agent.target.begin < patient.target.begin;
}

// Whether the target says that `patient` acts on `agent`, by the verb `act` of the target.
bool is_turned_around(const Reading& reading, const Actor& agent, const Actor& patient, const ConceptHit& act) {
  const Span verb = act.span;
  const Language language = reading.target.language;
  if (language == Language::ja) return is_turned_in_japanese(reading, agent, patient, act);
  const bool unspaced = language == Language::zh;
  const bool agent_first = agent.target.begin < patient.target.begin;
  const Span first = agent_first ? agent.target : patient.target, second = agent_first ? patient.target : agent.target;
  if (second.begin <= first.end || second.begin - first.end > (unspaced ? kUnspacedReach : kReach)) return false;
  const std::u32string between = folded_between(reading.target, first.end, second.begin);
  if (between.find_first_of(kMarks) != std::u32string::npos) return false;
  const bool verb_between = first.end <= verb.begin && verb.end <= second.begin;
  if (language == Language::ar) {
    // اعتقل الطلاب الشرطة: the verb may go before both.
    const bool verb_before =
        verb.end <= first.begin && first.begin - verb.end <= 10 && second.begin - first.end <= kArabicReach;
    if (agent_first) return verb_between && holds_one_of(between, kByAgent);
    if (!(verb_between || verb_before) || holds_one_of(between, kArabicTurned)) return false;
    // الطلاب اعتقلتهم الشرطة: whom the police arrested.
    const std::u32string said = folded_between(reading.target, verb.begin, verb.end);
    return !verb_between || std::none_of(std::begin(kArabicObjects), std::end(kArabicObjects),
                                         [&](std::u32string_view object) { return said.ends_with(object); });
  }
  if (unspaced) {
    const bool verb_behind = verb.begin >= second.end && verb.begin - second.end <= 8;
    if (agent_first) {
      return verb_behind && (between.ends_with(U"被") || between.ends_with(U"遭") || between.ends_with(U"遭到"));
    }
    // 学生把警察打伤
    if (verb_behind && (between.ends_with(U"把") || between.ends_with(U"将"))) return true;
  }
  if (!verb_between || (!unspaced && second.begin - verb.end > kVerbReach)) return false;
  const std::u32string before = folded_between(reading.target, first.end, verb.begin);
  const std::u32string behind = folded_between(reading.target, verb.end, second.begin);
  if (unspaced) {
    // 学生袭击的警察: the police whom the students attacked.
    return !behind.starts_with(U"的") && !behind.starts_with(U"了的") && !holds_one_of(before, kChineseBefore) &&
           !holds_one_of(behind, kChineseBehind);
  }
  const bool french = language == Language::fr;
  if (agent_first) {
    // "rejected the plea filed by the accused" is no passive.
    const std::u32string_view by = french ? U" par " : U" by ";
    const bool passive = french ? holds_one_of(before, kFrenchPassive) : holds_one_of(before, kEnglishPassive);
    return behind.starts_with(by) || (passive && behind.find(by) != std::u32string::npos);
  }
  if (french) return !holds_one_of(before, kFrenchBefore) && !holds_one_of(behind, kFrenchBehind);
  // "were arresting" is no passive.
  const bool goes_on = folded_between(reading.target, verb.begin, verb.end).ends_with(U"ing");
  return !holds_one_of(before, kEnglishBefore) && !holds_one_of(behind, kEnglishBehind) &&
         (goes_on || !holds_one_of(before, kEnglishPassive));
}

bool is_turned(const Reading& reading, const Actor& agent, const Actor& patient, int act, const Hits& target_hits) {
  if (agent.named && patient.named) return are_names_turned(reading, agent, patient);
  return std::any_of(target_hits.begin(), target_hits.end(), [&](const ConceptHit& hit) {
    return hit.concept_number == act && is_turned_around(reading, agent, patient, hit);
  });
}

void run_roles(const Reading& reading, Report& report) {
  const Hits source_hits = reading.knowledge.roles.hits(reading.source.folded, reading.source.language);
  Hits target_hits;
  std::vector<Actor> actors;
  for (const ConceptHit& hit : source_hits) {
    if (concept_of(reading, hit).theme != "act") continue;
    const std::u32string verb = terms::fold(reading.source.slice(hit.span), reading.source.language).points;
    if (verb.ends_with(U"nya")) continue;
    if (actors.empty()) {
      target_hits = reading.knowledge.roles.hits(reading.target.folded, reading.target.language);
      actors = actors_of(reading, source_hits, target_hits);
    }
    const Actor* first = nearest(reading, actors, hit.span, true, 3);
    const Actor* second = nearest(reading, actors, hit.span, false, 3);
    if (!first || !second || first->target.overlaps(second->target)) continue;
    const bool passive = verb.starts_with(U"di");
    const Actor& agent = passive ? *second : *first;
    const Actor& patient = passive ? *first : *second;
    if (!is_turned(reading, agent, patient, hit.concept_number, target_hits)) continue;
    report.add("roles", Severity::warning, Span{first->source.begin, second->source.end},
               Span{std::min(agent.target.begin, patient.target.begin), std::max(agent.target.end, patient.target.end)},
               "roles.turned", reading.source.slice(agent.source), reading.source.slice(patient.source));
    return;
  }
}

constexpr Example kRolesExamples[] = {
    {Language::en, "«Rusia menyerang Ukraina» lagi.", "«Ukraine attacked Russia» again.", Finds::warning},
    {Language::en, "Rusia menyerang Ukraina.", "Ukraine was attacked by Russia.", Finds::nothing},
    {Language::en, "Rusia menyerang Ukraina.", "Russia attacked Ukraine.", Finds::nothing},
    {Language::en, "«Ukraina diserang Rusia» kemarin.", "«Russia was attacked by Ukraine» yesterday.", Finds::warning},
    {Language::en, "Ukraina diserang Rusia.", "Russia attacked Ukraine.", Finds::nothing},
    {Language::fr, "«Budi menggugat Joko» kemarin.", "«Joko a poursuivi Budi» hier.", Finds::warning},
    {Language::zh, "«Rusia menyerang Ukraina» lagi.", "«乌克兰再次袭击俄罗斯»。", Finds::warning},
    {Language::ja, "«Rusia menyerang Ukraina» lagi.", "«ウクライナがロシア»を再び攻撃した。", Finds::warning},
    {Language::en, "«Polisi menangkap tiga mahasiswa».", "Three «students arrested the police».", Finds::warning},
    {Language::en, "Polisi menangkap tiga mahasiswa.", "Police arrested three students.", Finds::nothing},
    {Language::en, "Polisi menangkap tiga mahasiswa.", "Three students were arrested by police.", Finds::nothing},
    {Language::en, "Polisi menangkap tiga mahasiswa.", "Three students are in jail after police arrested them.",
     Finds::nothing},
    {Language::en, "«Mahasiswa itu ditangkap polisi».", "«Police were arrested by the student».", Finds::warning},
    {Language::en, "Anjing itu digigit ular.", "The dog was bitten by a snake.", Finds::nothing},
    {Language::en, "«Anjing itu digigit ular».", "«The dog bit a snake».", Finds::warning},
    {Language::en, "«Warga mendesak pemerintah» menutup tambang itu.",
     "The «government urged residents» to close the mine.", Finds::warning},
    {Language::en, "Pemerintah mendesak warga yang tinggal di lereng mengungsi.",
     "The government urged residents living on the slopes to leave.", Finds::nothing},
    {Language::fr, "«Polisi menangkap tiga mahasiswa».", "Trois «étudiants ont arrêté des policiers».", Finds::warning},
    {Language::fr, "Polisi menangkap tiga mahasiswa.", "La police a arrêté trois étudiants.", Finds::nothing},
    {Language::fr, "Polisi menangkap tiga mahasiswa.", "Trois étudiants ont été arrêtés par la police.",
     Finds::nothing},
    {Language::fr, "«Truk menabrak bus» di jalan tol.", "Un «bus a percuté un camion» sur l'autoroute.",
     Finds::warning},
    {Language::fr, "Hakim menolak permohonan terdakwa.", "Le juge a rejeté la demande déposée par l'accusé.",
     Finds::nothing},
    {Language::zh, "«Polisi menangkap tiga mahasiswa».", "三名«学生逮捕了警察»。", Finds::warning},
    {Language::zh, "Polisi menangkap tiga mahasiswa.", "警方逮捕了三名学生。", Finds::nothing},
    {Language::zh, "Polisi menangkap tiga mahasiswa.", "三名学生被警方逮捕。", Finds::nothing},
    {Language::zh, "«Mahasiswa itu ditangkap polisi».", "«警察被学生»逮捕。", Finds::warning},
    {Language::zh, "«Suami itu memukul istrinya».", "«妻子把丈夫»打伤了。", Finds::warning},
    {Language::ja, "«Polisi menangkap tiga mahasiswa».", "«学生3人が警察»を逮捕した。", Finds::warning},
    {Language::ja, "Polisi menangkap tiga mahasiswa.", "警察は学生3人を逮捕した。", Finds::nothing},
    {Language::ja, "Polisi menangkap tiga mahasiswa.", "学生3人が警察に逮捕された。", Finds::nothing},
    {Language::ja, "«Mahasiswa itu ditangkap polisi».", "«警察は学生»に逮捕された。", Finds::warning},
    {Language::ja, "«Warga mendesak pemerintah» menutup tambang itu.", "«政府は住民»に鉱山の閉鎖を求めた。",
     Finds::warning},
    {Language::ar, "«Polisi menangkap tiga mahasiswa».", "اعتقل ثلاثة «طلاب الشرطة».", Finds::warning},
    {Language::ar, "Polisi menangkap tiga mahasiswa.", "اعتقلت الشرطة ثلاثة طلاب.", Finds::nothing},
    {Language::ar, "Polisi menangkap tiga mahasiswa.", "اعتقل ثلاثة طلاب من قبل الشرطة.", Finds::nothing},
    {Language::ar, "«Warga mendesak pemerintah» menutup tambang itu.", "حثت «الحكومة السكان» على إغلاق المنجم.",
     Finds::warning},
    {Language::ar, "Warga mendesak pemerintah menutup tambang itu.", "حث السكان الحكومة على إغلاق المنجم.",
     Finds::nothing},
    {Language::ja, "Rusia menyerang Ukraina.", "ウクライナはロシアに攻撃された。", Finds::nothing},
};

}  // namespace

const Check kRoles = {"roles", "The one who acts and the one who is acted upon were exchanged.", run_roles,
                      kRolesExamples};

}  // namespace kabar::checks
