#include "terms/overlay.h"

#include <gtest/gtest.h>

#include "terms/term_tsv.h"

namespace kabar::terms {
namespace {

std::vector<Term> read(std::string rows) {
  return *parse_terms("id\tkind\tterm\tforms\tacronym\tcontext\ten\n" + rows, "t.tsv");
}

std::string listed(const TermList& list) {
  std::string out;
  for (const Term& term : list.terms()) {
    out += term.id + ":" + term.term;
    for (const std::string& form : term.forms) out += "," + form;
    for (const std::string& acronym : term.acronyms) out += "," + acronym;
    out += " ";
  }
  return out;
}

TEST(Overlay, TheNewsroomsWordGoesBeforeThePacks) {
  const auto pack = [] {
    return read(
        "kpk\torganisation\tKomisi Pemberantasan Korupsi\t\tKPK\t\tCorruption Eradication Commission\n"
        "monas\tplace\tMonas\t\t\t\tMonas\n");
  };
  EXPECT_EQ(listed(put_over(read("kpk\torganisation\tKPK\t\t\t\tanti-graft body\n"), pack())), "kpk:KPK monas:Monas ")
      << "the same id";
  EXPECT_EQ(listed(put_over(read("own\tplace\tmonas\t\t\t\tNational Monument\n"), pack())),
            "own:monas kpk:Komisi Pemberantasan Korupsi,KPK ")
      << "the same term";
  EXPECT_EQ(listed(put_over(read("own\torganisation\tKPK\t\t\t\tthe Commission\n"), pack())),
            "own:KPK kpk:Komisi Pemberantasan Korupsi monas:Monas ")
      << "an acronym of the pack";
  EXPECT_EQ(listed(put_over(read("own\torganisation\tKPK\t\t\tcina|partai\tChinese Communist Party\n"), pack())),
            "own:KPK kpk:Komisi Pemberantasan Korupsi,KPK monas:Monas ")
      << "one of several senses";
}

}  // namespace
}  // namespace kabar::terms
