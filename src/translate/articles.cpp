#include "translate/articles.h"

#include <algorithm>
#include <string>

#include "base/one_of.h"
#include "base/utf8.h"

namespace kabar::translate {
namespace {

using Text = std::string_view;

// The noun that ends the English name of a body, or stands before its "of" or "for".
constexpr Text kEnglishNouns[] = {
    "Agency",      "Authority",   "Office",      "Court",      "Commission",  "Ministry", "Council",
    "Board",       "Bureau",      "Committee",   "Police",     "Army",        "Navy",     "Force",
    "Forces",      "Institute",   "Service",     "Corps",      "Command",     "Union",    "Party",
    "Association", "Federation",  "House",       "Assembly",   "Parliament",  "Senate",   "Department",
    "Secretariat", "Directorate", "Corporation", "Foundation", "Ombudsman",   "Movement", "Confederation",
    "Consortium",  "Society",     "Unit",        "Squad",      "Organization"};
constexpr Text kEnglishBefore[] = {"to",  "by",      "of",   "at",    "in",      "from",   "with",    "for",   "on",
                                   "and", "or",      "that", "after", "against", "before", "between", "as",    "than",
                                   "via", "through", "into", "about", "under",   "when",   "because", "while", "said"};

constexpr Text kFrenchFeminine[] = {"Agence",     "Commission",  "Cour",          "Police",    "Chambre", "Assemblée",
                                    "Autorité",   "Armée",       "Marine",        "Direction", "Banque",  "Ligue",
                                    "Fédération", "Association", "Organisation",  "Société",   "Caisse",  "Haute",
                                    "Union",      "Compagnie",   "Inspection",    "Brigade",   "Force",   "Faculté",
                                    "Université", "Fondation",   "Confédération", "Cellule"};
constexpr Text kFrenchMasculine[] = {"Parquet",     "Conseil",      "Ministère",   "Bureau",    "Parti",  "Tribunal",
                                     "Comité",      "Institut",     "Parlement",   "Centre",    "Sénat",  "Service",
                                     "Département", "Commandement", "Secrétariat", "Syndicat",  "Office", "Organisme",
                                     "Haut",        "Corps",        "Front",       "Mouvement", "Fonds",  "Groupe"};
constexpr Text kFrenchBefore[] = {"selon", "par", "à",   "de",     "avec", "pour", "contre", "chez",   "dans",   "et",
                                  "ou",    "que", "sur", "devant", "si",   "dont", "vers",   "envers", "lorsque"};

Text first_word(Text name) { return name.substr(0, name.find_first_of(" (,")); }

// "House of Representatives", "Corruption Eradication Commission (KPK)": the word before "of", "for" or a bracket.
Text english_noun(Text name) {
  for (Text mark : {" of ", " for ", " ("}) name = name.substr(0, name.find(mark));
  return name.substr(name.rfind(' ') + 1);  // npos + 1 is 0
}

// The last word of `before` in small letters, if a blank and nothing else parts it from the name.
std::string last_word(Text before) {
  if (!before.ends_with(' ')) return {};
  before.remove_suffix(1);
  return fold_case(before.substr(before.rfind(' ') + 1));
}

}  // namespace

std::string_view missing_article(std::string_view before, std::string_view name, Language target) {
  if (target != Language::en && target != Language::fr) return "";
  const bool opens = before.empty();
  const std::string last = last_word(before);
  if (target == Language::en) {
    const bool body = name.find(' ') != Text::npos && is_one_of(english_noun(name), kEnglishNouns);
    return body && (opens || is_one_of(last, kEnglishBefore)) ? "the " : "";
  }
  if (!opens && !is_one_of(last, kFrenchBefore)) return "";
  const Text noun = first_word(name);
  if (noun == "Nations" || noun == "Forces") return "les ";
  const bool feminine = is_one_of(noun, kFrenchFeminine);
  if (!feminine && !is_one_of(noun, kFrenchMasculine)) return "";
  const bool vowel = Text("AEIOU").find(noun.front()) != Text::npos;  // none of these nouns begins with h mute
  return vowel ? "l'" : feminine ? "la " : "le ";
}

}  // namespace kabar::translate
