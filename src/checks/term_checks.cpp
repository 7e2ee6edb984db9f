// Terms: names of bodies, offices, words with several senses, idioms: the termbase verified in the translation.
#include <algorithm>

#include "base/utf8.h"
#include "checks/list.h"
#include "checks/reading.h"

namespace kabar::checks {
namespace {

using terms::RenderingMatch;
using terms::Term;
using terms::TermKind;
using terms::TermMatch;

struct Found {
  const RenderingMatch* right = nullptr;
  const RenderingMatch* wrong = nullptr;
};

// Whether a wrong rendering is part of a right one of another term of the source.
bool is_excused(const Reading& reading, const RenderingMatch& wrong) {
  return std::any_of(reading.renderings.begin(), reading.renderings.end(), [&](const RenderingMatch& other) {
    return !other.wrong && other.term != wrong.term && other.span.contains(wrong.span) &&
           std::any_of(reading.terms.begin(), reading.terms.end(),
                       [&](const TermMatch& match) { return match.term == other.term; });
  });
}

Found find(const Reading& reading, const Term& term) {
  Found found;
  for (const RenderingMatch& match : reading.renderings) {
    if (match.term != &term) continue;
    if (!match.wrong && found.right == nullptr) found.right = &match;
    if (match.wrong && found.wrong == nullptr && !is_excused(reading, match)) found.wrong = &match;
  }
  return found;
}

std::string_view check_of(TermKind kind) {
  switch (kind) {
    case TermKind::organisation:
      return "institution";
    case TermKind::idiom:
      return "idiom";
    case TermKind::sense:
      return "sense";
    case TermKind::person:
    case TermKind::place:
      return "name";
    default:
      return "term";
  }
}

std::string_view wrong_key(TermKind kind) {
  if (kind == TermKind::idiom) return "idiom.literal";
  return kind == TermKind::sense ? "sense.wrong" : "term.wrong";
}

// The Indonesian name or acronym left in a Latin text, or in brackets elsewhere, is no loss.
bool is_kept(const Reading& reading, const TermMatch& match) {
  const std::string written = reading.source.slice(match.span);
  return reading.target.text.find(written) != std::string_view::npos;
}

// "chief", رئيس: the head of whatever, and part of many offices.
bool is_head(std::string_view written, Language language) {
  static constexpr std::u32string_view kHeads[] = {U"chief", U"head", U"chef", U"رييس", U"رئيس", U"رؤساء"};
  const std::u32string folded = terms::fold(written, language).points;
  return std::any_of(std::begin(kHeads), std::end(kHeads),
                     [&](std::u32string_view head) { return folded.starts_with(head); });
}

// "police" may be said of many bodies; a name of two words, or of four characters without spaces, of one only. Of
// offices even one word says which: governor, mayor.
bool names_one(const Side& target, const RenderingMatch& match) {
  const bool office = match.term->kind == TermKind::office;
  if (terms::is_unspaced(target.language)) return match.span.size() >= (office ? 2 : 4);
  const std::string written = target.slice(match.span);
  return written.find(' ') != std::string::npos || (office && !is_head(written, target.language));
}

// Whether `ours` is only a part of the term as the source says it, in small letters: "jaksa" in "jaksa agung".
bool continues_as(const Side& source, const Term& term, Span ours) {
  const std::u32string& points = source.folded.points;
  const std::u32string name = terms::fold(term.term, source.language).points;
  for (size_t at = points.find(name); at != std::u32string::npos; at = points.find(name, at + 1)) {
    const Span span = source.folded.span(at, at + name.size());
    if (span.contains(ours) && span != ours) return true;
  }
  return false;
}

// "Google" where the source has Google Translate: the same body in fewer words, or in more.
bool is_part_of_one(const Reading& reading, const Term& ours, const RenderingMatch& other) {
  const Language language = reading.target.language;
  const std::u32string written = terms::fold(reading.target.slice(other.span), language).points;
  const std::vector<std::string>& right = ours.rendering(language).right;
  return std::any_of(right.begin(), right.end(), [&](const std::string& rendering) {
    const std::u32string whole = terms::fold(rendering, language).points;
    return whole.find(written) != std::u32string::npos || written.find(whole) != std::u32string::npos;
  });
}

// The right rendering of a term of this kind that the source does not have.
std::optional<terms::RenderingMatch> foreign_rendering(const Reading& reading, const TermMatch& ours) {
  const TermKind kind = ours.term->kind;
  for (const RenderingMatch& match : reading.renderings) {
    if (match.wrong || match.term->kind != kind || !names_one(reading.target, match)) continue;
    if (kind == TermKind::organisation && is_part_of_one(reading, *ours.term, match)) continue;
    if (kind == TermKind::office &&
        (reading.is_explained(match.span) || continues_as(reading.source, *match.term, ours.span))) {
      continue;
    }
    const bool known = std::any_of(reading.terms.begin(), reading.terms.end(),
                                   [&](const TermMatch& term) { return term.term == match.term; });
    // The same words may render a body that the source has.
    const bool shared =
        std::any_of(reading.renderings.begin(), reading.renderings.end(), [&](const RenderingMatch& other) {
          return !other.wrong && other.span.overlaps(match.span) &&
                 std::any_of(reading.terms.begin(), reading.terms.end(),
                             [&](const TermMatch& term) { return term.term == other.term; });
        });
    if (!known && !shared) return match;
  }
  return std::nullopt;
}

void report_wrong(const Reading& reading, Report& report, const TermMatch& match, const RenderingMatch& wrong) {
  const terms::Rendering& rendering = match.term->rendering(reading.target.language);
  Finding& finding =
      report.add(check_of(match.term->kind), Severity::error, match.span, wrong.span, wrong_key(match.term->kind),
                 reading.source.slice(match.span), reading.target.slice(wrong.span));
  finding.blocking =
      match.certain && (match.term->kind == TermKind::organisation || match.term->kind == TermKind::office);
  if (!rendering.right.empty() && rendering.right[0].find('*') == std::string::npos) {
    finding.fix = Fix{wrong.span, rendering.right[0]};
  }
}

// A wrong rendering of one word beside a right one mostly belongs to another word of the sentence; the literal words of
// an idiom are its own.
bool is_wrong_enough(const TermMatch& match, const Found& found) {
  return found.right == nullptr || match.term->kind == TermKind::idiom;
}

bool is_acronym(std::string_view text) {
  return text.size() >= 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// How sure it is that a term without any of its renderings was said wrongly.
Severity severity_of_missing(const Reading& reading, const TermMatch& match) {
  if (!match.certain) return Severity::info;
  const std::string written = reading.source.slice(match.span);
  // What an idiom or a word with several senses may become is listed widely: anything else is worth a look.
  if (match.term->kind == TermKind::idiom || match.term->kind == TermKind::sense) return Severity::warning;
  // Neither the acronym nor any of the names that it stands for: these are few and fixed.
  if (match.term->kind == TermKind::organisation && is_acronym(written)) return Severity::warning;
  return Severity::info;
}

void check_kinds(const Reading& reading, Report& report, std::string_view id) {
  for (const TermMatch& match : reading.terms) {
    if (check_of(match.term->kind) != id) continue;
    const terms::Rendering& rendering = match.term->rendering(reading.target.language);
    const Found found = find(reading, *match.term);
    if (found.wrong != nullptr && is_wrong_enough(match, found)) {
      report_wrong(reading, report, match, *found.wrong);
      continue;
    }
    if (found.right != nullptr || rendering.right.empty() || is_kept(reading, match)) continue;
    const TermKind kind = match.term->kind;
    if (kind == TermKind::organisation || (kind == TermKind::office && match.certain)) {
      if (const auto other = foreign_rendering(reading, match)) {
        const bool body = kind == TermKind::organisation;
        Finding& finding =
            report.add(id, Severity::error, match.span, other->span, body ? "institution.changed" : "term.wrong",
                       reading.source.slice(match.span), reading.target.slice(other->span));
        finding.blocking = true;
        continue;
      }
    }
    report.add(id, severity_of_missing(reading, match), match.span, std::nullopt, "term.missing",
               reading.source.slice(match.span), rendering.right[0]);
  }
}

void run_term(const Reading& reading, Report& report) { check_kinds(reading, report, "term"); }
void run_sense(const Reading& reading, Report& report) { check_kinds(reading, report, "sense"); }
void run_idiom(const Reading& reading, Report& report) { check_kinds(reading, report, "idiom"); }

void run_institution(const Reading& reading, Report& report) {
  check_kinds(reading, report, "institution");
  // An Indonesian acronym that the source does not have: KPK for KPU.
  for (const RenderingMatch& match : reading.renderings) {
    if (match.wrong || match.term->kind != TermKind::organisation) continue;
    const std::string written = reading.target.slice(match.span);
    const std::vector<std::string>& acronyms = match.term->acronyms;
    if (std::find(acronyms.begin(), acronyms.end(), written) == acronyms.end()) continue;
    const bool in_source = std::any_of(reading.terms.begin(), reading.terms.end(), [&](const TermMatch& term) {
      return std::find(term.term->acronyms.begin(), term.term->acronyms.end(), written) != term.term->acronyms.end();
    });
    if (in_source || reading.source.text.find(written) != std::string_view::npos) continue;
    report.add("institution", Severity::error, std::nullopt, match.span, "institution.added", written).blocking = true;
  }
}

constexpr Example kTermExamples[] = {
    {Language::fr, "«Bupati» menyerahkan bantuan.", "Le «régent» a remis une aide.", Finds::error},
    {Language::fr, "Bupati menyerahkan bantuan.", "Le chef de district a remis une aide.", Finds::nothing},
};
constexpr Example kSenseExamples[] = {
    {Language::en, "Polisi «mengamankan» dua remaja.", "Police «protected» two teenagers.", Finds::error},
    {Language::en, "Polisi «mengamankan» dua remaja.", "Police tickled two teenagers.", Finds::warning},
    {Language::en, "Polisi mengamankan dua remaja.", "Police detained two teenagers.", Finds::nothing},
};
constexpr Example kIdiomExamples[] = {
    {Language::fr, "Pasukan asing «angkat kaki».", "Les forces étrangères «levaient les pieds».", Finds::error},
    {Language::fr, "Pasukan asing «angkat kaki».", "Les forces étrangères dansaient.", Finds::warning},
    {Language::fr, "Pasukan asing angkat kaki.", "Les forces étrangères se retirent.", Finds::nothing},
};
constexpr Example kInstitutionExamples[] = {
    {Language::ar, "«KPK» memeriksa lima saksi.", "استجوب «الحزب الشيوعي» الكوري خمسة شهود.", Finds::error},
    {Language::ar, "KPK memeriksa lima saksi.", "استجوبت لجنة القضاء على الفساد خمسة شهود.", Finds::nothing},
};

}  // namespace

const Check kTerm = {"term",
                     "An office, rank, law or fixed term has a rendering that the termbase forbids, or lacks its own.",
                     run_term, kTermExamples};
const Check kSense = {
    "sense",
    "A word with several senses is rendered in one that the context rules out, or in no way that the termbase knows.",
    run_sense, kSenseExamples};
const Check kIdiom = {"idiom", "An idiom is rendered word by word, or in no way that the termbase knows.", run_idiom,
                      kIdiomExamples};
const Check kInstitution = {"institution", "An institution or acronym became another one.", run_institution,
                            kInstitutionExamples};

}  // namespace kabar::checks
