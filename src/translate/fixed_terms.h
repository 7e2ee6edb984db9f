// Names and institutions that travel as placeholders: from the termbase, and proper names found by their capitals.
#pragma once
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "terms/generics.h"
#include "terms/name_table.h"
#include "terms/term_uses.h"
#include "terms/titles.h"
#include "translate/names.h"
#include "translate/protect.h"

namespace kabar::translate {

// What has been said so far in an article, for the form at the first mention; one per article.
struct Mentioned {
  std::map<Language, terms::Mentions> terms;
  std::map<Language, std::set<std::string>> names;  // Latin forms
  terms::Mentions expanded;                         // acronyms that were written out for the translator
};

// What the termbase asks of one segment, per target.
using TermUses = std::vector<std::vector<terms::TermUse>>;

// Names of persons, places and bodies, and what is never translated.
bool is_name(const terms::Term& term);

TermUses find_term_uses(const terms::Termbase& termbase, std::string_view text, std::span<const Language> targets,
                        const terms::TermContext& context, Mentioned& mentioned);

// Those uses that have a rendering in every target and are names rather than words: persons, places,
// organisations and what is never translated.
std::vector<Fixed> fixed_terms(const TermUses& uses);

// Proper names as every target's readers expect them: copied in Latin script; transliterated in Chinese, Japanese
// and Arabic, with the Latin form in brackets at the first mention (in Japanese and Arabic only if it was written by
// sound); acronyms as they are.
std::vector<Fixed> fixed_names(std::span<const Name> names, std::span<const Language> targets,
                               const terms::NameTable& table, Mentioned& mentioned);

// Takes the bodies and places out whose letters are a person's initials here: "berinisial AS", "AS (34)". Returns where
// the initials stand.
std::vector<Span> drop_initials(const Read& read, TermUses& uses);

// Takes the places, bodies and people of one word out that are part of another person's name: "Rio Haryanto", "Tan
// Malaka", "Ali al-Zaidi"; not "Liverpool" behind a title.
void drop_terms_in_names(std::span<const Name> names, const terms::NameTable& table, const IsWord& is_title,
                         const Read& read, TermUses& uses, std::vector<Fixed>& pieces);

// Names behind a generic word ("Sungai Ciliwung", "kota Bandung") become one piece with it, in the order of each
// target: the Ciliwung River, 万隆市. What is the end of a title is none ("kepala desa"). `pieces` are in order and
// stay so.
void join_generics(const Read& read, std::span<const Language> targets, const terms::Generics& generics,
                   const terms::Titles& titles, std::vector<Fixed>& pieces);

}  // namespace kabar::translate
