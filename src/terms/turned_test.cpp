#include "terms/turned.h"

#include <gtest/gtest.h>

#include "terms/term_tsv.h"
#include "terms/term_uses.h"
#include "terms/termbase.h"

namespace kabar::terms {
namespace {

TEST(Turned, WhatIsNamedIsFoundByItsEnglishNames) {
  const TermList pack = *parse_terms(
      "id\tkind\tterm\tacronym\tcontext\ten\tfr\n"
      "mk\torganisation\tMahkamah Konstitusi\tMK\t\tConstitutional Court|constitutional court*\tCour "
      "constitutionnelle\n"
      "team\torganisation\tTimnas Jepang\t\t\tJapan\téquipe du Japon\n"
      "jp\tterm\tJepang\t\t\tJapan|Japanese\tJapon|japonais\n"
      "air\tterm\tair bersih\t\t\tclean water\teau propre\n"
      "as\tplace\tAmerika Serikat\tAS\t\tUnited States|US\tÉtats-Unis\n"
      "us\tplace\tNegeri Paman Sam\t\t\tUnited States|Uncle Sam\tÉtats-Unis\n"
      "bisa\tsense\tbisa\t\tular\tvenom\tvenin\n"
      "rio\tplace\tRio\t\t\t\tRio\n",
      "t");
  const Termbase base = *Termbase::make(turned(pack, Language::en), Language::en);
  const auto said = [&](std::string_view text) {
    std::string out;
    for (const TermUse& use : constraints_for(base, text, Language::fr, {}, nullptr)) out += use.any_of.front() + "; ";
    return out;
  };
  EXPECT_EQ(said("The Constitutional Court sat."), "Cour constitutionnelle; ");
  EXPECT_EQ(said("The US and the United States."), "États-Unis; États-Unis; ");
  EXPECT_EQ(said("Japanese trade with Japan grows, clean water."), "Japon; ")
      << "the country before its team, and not its adjective";
  EXPECT_EQ(said("Uncle Sam"), "") << "an entry whose first name is taken falls away";
  EXPECT_EQ(said("Snake venom, MK, AS, Rio"), "") << "senses, Indonesian acronyms, what has no English name";
}

}  // namespace
}  // namespace kabar::terms
