// Who did what to whom: two names around a verb that stand the other way round in the translation.
//
// Read from the order of the two names alone, so only where no passive or turned verb can explain it.
#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "checks/list.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

// What one does to another and the other does not do at the same time; with the first letters of both voices.
struct Verb {
  std::u32string_view active, passive;
};

constexpr Verb kVerbs[] = {
    {U"mengalahkan", U"dikalahkan"},
    {U"menundukkan", U"ditundukkan"},
    {U"menaklukkan", U"ditaklukkan"},
    {U"menumbangkan", U"ditumbangkan"},
    {U"menyingkirkan", U"disingkirkan"},
    {U"menyerang", U"diserang"},
    {U"menuduh", U"dituduh"},
    {U"menuding", U"dituding"},
    {U"menggugat", U"digugat"},
    {U"melaporkan", U"dilaporkan"},
    {U"membunuh", U"dibunuh"},
    {U"menembak", U"ditembak"},
    {U"memukul", U"dipukul"},
    {U"menganiaya", U"dianiaya"},
    {U"menikam", U"ditikam"},
    {U"menampar", U"ditampar"},
    {U"menabrak", U"ditabrak"},
    {U"menculik", U"diculik"},
    {U"menangkap", U"ditangkap"},
    {U"menahan", U"ditahan"},
    {U"mengkritik", U"dikritik"},
    {U"mengecam", U"dikecam"},
    {U"memuji", U"dipuji"},
    {U"mengancam", U"diancam"},
    {U"memecat", U"dipecat"},
    {U"menggantikan", U"digantikan"},
    {U"mendukung", U"didukung"},
    {U"mengundang", U"diundang"},
    {U"memperingatkan", U"diperingatkan"},
    {U"membela", U"dibela"},
    {U"menyuap", U"disuap"},
    {U"memeras", U"diperas"},
    {U"menipu", U"ditipu"},
    {U"mengakuisisi", U"diakuisisi"},
    {U"menjajah", U"dijajah"},
    {U"menyelamatkan", U"diselamatkan"},
    {U"mengusir", U"diusir"},
    {U"memanggil", U"dipanggil"},
    {U"mengungguli", U"diungguli"},
    {U"mengirim", U"dikirim"},
    {U"membantu", U"dibantu"},
    {U"menolak", U"ditolak"},
};

// What stands between two names, or behind the second, where the first is not the one who acts.
constexpr std::u32string_view kTurned[] = {
    U" by ",    U" to ",     U" from ",   U" against ",   U" hands of ", U" under ", U" par ", U" face a",
    U" face à", U" contre ", U" devant ", U" de la part", U" au ",       U" aux ",   U"被",    U"遭",
    U"由",      U"不敌",     U"负于",     U"受",          U"败给",       U"输给",    U"获",    U"من قبل",
    U"علي يد",  U"على يد",   U"امام",     U"أمام",        U"من جانب",    U" ضد ",    U" من "};
constexpr std::u32string_view kByAgent[] = {U" by ", U" par ", U"被", U"遭到", U"من قبل", U"علي يد", U"على يد"};

struct Actor {
  Span source, target;
};

bool holds_one_of(std::u32string_view text, std::span<const std::u32string_view> pieces) {
  return std::any_of(pieces.begin(), pieces.end(),
                     [&](std::u32string_view piece) { return text.find(piece) != std::u32string_view::npos; });
}

// Names that stand once on each side.
std::vector<Actor> actors_of(const Reading& reading) {
  std::vector<Actor> actors;
  const auto add = [&](Span source, const std::vector<Span>& targets) {
    if (targets.size() == 1) actors.push_back({source, targets.front()});
  };
  for (const terms::TermMatch& match : reading.terms) {
    const terms::TermKind kind = match.term->kind;
    if (kind != terms::TermKind::person && kind != terms::TermKind::organisation && kind != terms::TermKind::place) {
      continue;
    }
    std::vector<Span> targets;
    for (const terms::RenderingMatch& rendering : reading.renderings) {
      if (rendering.term != match.term || rendering.wrong) continue;
      if (targets.empty() || !targets.back().overlaps(rendering.span)) targets.push_back(rendering.span);
    }
    add(match.span, targets);
  }
  for (const NationHit& hit : reading.source.nations) {
    std::vector<Span> targets;
    for (const NationHit& other : reading.target.nations) {
      if (other.nation == hit.nation && (targets.empty() || !targets.back().overlaps(other.span)))
        targets.push_back(other.span);
    }
    add(hit.span, targets);
  }
  for (const Word& word : reading.source.words) {
    if (!word.capital || word.folded.size() < 3 || reading.has_term(word.span)) continue;
    std::vector<Span> targets;
    for (const Word& other : reading.target.words) {
      if (other.latin && other.folded == word.folded) targets.push_back(other.span);
    }
    add(word.span, targets);
  }
  return actors;
}

// The words of the source between two places; nothing if a mark stands there.
std::optional<int> words_between(const Side& side, int begin, int end) {
  const std::string_view between = slice_points(side.text, {begin, end});
  if (between.find_first_of(",.;:()\"") != std::string_view::npos) return std::nullopt;
  return static_cast<int>(std::count_if(side.words.begin(), side.words.end(), [&](const Word& word) {
    return word.span.begin >= begin && word.span.end <= end;
  }));
}

// The actor nearest to the verb before or behind it, at most `most` words away.
const Actor* nearest(const Reading& reading, const std::vector<Actor>& actors, Span verb, bool before, int most) {
  const Actor* found = nullptr;
  for (const Actor& actor : actors) {
    if (before ? actor.source.end > verb.begin : actor.source.begin < verb.end) continue;
    const std::optional<int> gap = before ? words_between(reading.source, actor.source.end, verb.begin)
                                          : words_between(reading.source, verb.end, actor.source.begin);
    if (!gap || *gap > most) continue;
    const bool nearer =
        !found || (before ? actor.source.end > found->source.end : actor.source.begin < found->source.begin);
    if (nearer) found = &actor;
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

// Whether the target says that `patient` acts on `agent`.
bool is_turned(const Reading& reading, const Actor& agent, const Actor& patient) {
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

void run_roles(const Reading& reading, Report& report) {
  std::vector<Actor> actors;
  for (const Word& word : reading.source.words) {
    const auto verb = std::find_if(std::begin(kVerbs), std::end(kVerbs), [&](const Verb& one) {
      return word.folded == one.active || word.folded == one.passive;
    });
    if (verb == std::end(kVerbs)) continue;
    if (actors.empty()) actors = actors_of(reading);
    const Actor* first = nearest(reading, actors, word.span, true, 2);
    const Actor* second = nearest(reading, actors, word.span, false, 3);
    if (!first || !second || first->target.overlaps(second->target)) continue;
    const bool active = word.folded == verb->active;
    const Actor& agent = active ? *first : *second;
    const Actor& patient = active ? *second : *first;
    if (!is_turned(reading, agent, patient)) continue;
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
    {Language::ja, "Rusia menyerang Ukraina.", "ウクライナはロシアに攻撃された。", Finds::nothing},
};

}  // namespace

const Check kRoles = {"roles", "The one who acts and the one who is acted upon were exchanged.", run_roles,
                      kRolesExamples};

}  // namespace kabar::checks
