#include "terms/tbx.h"

#include <gtest/gtest.h>

#include "terms/term_tsv.h"

namespace kabar::terms {
namespace {

TEST(Tbx, WhatIsWrittenReadsTheSame) {
  const std::vector<Term> terms = *parse_terms(
      "id\tkind\tterm\tforms\tacronym\tgender\tcontext\tscope\tsince\tnote\ten\ten_not\ten_first\texample\texample_en\n"
      "kpk\torganisation\tKomisi <A> & B\tlembaga antirasuah\tKPK\t\tkorupsi|suap\tpolitik\t2003\tAnti-graft.\t"
      "KPK|Commission\tCommunist Party\tCommission (KPK)\tKPK hadir.\tThe KPK came.\n",
      "t");
  const Result<std::vector<Term>> again = parse_tbx(write_tbx(terms), "t.tbx");
  ASSERT_TRUE(again.has_value()) << again.error().text();
  EXPECT_EQ(write_terms(*again), write_terms(terms));
}

// TBX of 2008, as other tools write it: martif, langSet, tig, words for the status.
TEST(Tbx, ReadsTheOlderVersion) {
  const Result<std::vector<Term>> terms = parse_tbx(
      "<?xml version=\"1.0\"?><!DOCTYPE martif SYSTEM \"TBXcoreStructV02.dtd\"><martif type=\"TBX\"><text><body>"
      "<termEntry id=\"C_12\"><descrip type=\"definition\">Head of a regency</descrip>"
      "<langSet xml:lang=\"id-ID\"><tig><term>bupati</term></tig></langSet>"
      "<langSet xml:lang=\"fr\"><tig><term>régent</term><termNote "
      "type=\"administrativeStatus\">deprecatedTerm-admn-sts</termNote></tig>"
      "<ntig><termGrp><term>chef de district</term></termGrp></ntig></langSet></termEntry>"
      "<termEntry><langSet xml:lang=\"en\"><tig><term>no source</term></tig></langSet></termEntry>"
      "</body></text></martif>",
      "t.tbx");
  ASSERT_TRUE(terms.has_value()) << terms.error().text();
  ASSERT_EQ(terms->size(), 1u);
  EXPECT_EQ((*terms)[0].id, "c-12");
  EXPECT_EQ((*terms)[0].term, "bupati");
  EXPECT_EQ((*terms)[0].note, "Head of a regency");
  EXPECT_EQ((*terms)[0].rendering(Language::fr).right, std::vector<std::string>{"chef de district"});
  EXPECT_EQ((*terms)[0].rendering(Language::fr).wrong, std::vector<std::string>{"régent"});
}

TEST(Tbx, RefusesEntitiesAndBrokenFiles) {
  EXPECT_EQ(parse_tbx("<!DOCTYPE t [<!ENTITY a \"b\">]><t/>", "t.tbx").error().text(),
            "t.tbx:1: no readable TBX: declares entities, which are not read");
  EXPECT_EQ(parse_tbx("<tbx>\n<text>", "t.tbx").error().text(), "t.tbx:2: no readable TBX: no element found");
}

}  // namespace
}  // namespace kabar::terms
