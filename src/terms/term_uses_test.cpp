#include "terms/term_uses.h"

#include <gtest/gtest.h>

#include "terms/term_tsv.h"

namespace kabar::terms {
namespace {

const Termbase& base() {
  static const Termbase instance =
      *Termbase::make(*parse_terms("id\tkind\tterm\tforms\tacronym\ten\ten_not\ten_first\n"
                                   "kpk\torganisation\tKomisi Pemberantasan Korupsi\t\tKPK\tKPK\tCommunist "
                                   "Party\tCorruption Eradication Commission (KPK)\n"
                                   "aman\tsense\tmengamankan\tdiamankan\t\tdetained|detain*\tprotected|protect*\t\n",
                                   "t"));
  return instance;
}

TEST(TermUses, TheFirstMentionIsWrittenOutAndLaterOnesAreShort) {
  Mentions mentions;
  const std::vector<TermUse> first = constraints_for(base(), "Ketua KPK hadir.", Language::en, {}, &mentions);
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].any_of, (std::vector<std::string>{"Corruption Eradication Commission (KPK)", "KPK"}));
  EXPECT_EQ(first[0].source, (Span{6, 9}));
  EXPECT_EQ(first[0].forbidden, std::vector<std::string>{"Communist Party"});
  EXPECT_TRUE(first[0].fixed);
  EXPECT_EQ(constraints_for(base(), "KPK pergi.", Language::en, {}, &mentions)[0].any_of,
            std::vector<std::string>{"KPK"});
}

TEST(TermUses, ANameAndItsAcronymInBracketsAreSaidOnce) {
  const std::vector<TermUse> uses =
      constraints_for(base(), "Komisi Pemberantasan Korupsi (KPK) pergi.", Language::en, {});
  ASSERT_EQ(uses.size(), 1u);
  EXPECT_EQ(uses[0].source, (Span{0, 34}));
  EXPECT_EQ(uses[0].any_of.front(), "Corruption Eradication Commission (KPK)");
  // Without a first-mention form it is made of the preferred name and the acronym, in the brackets of the script.
  const Termbase bnpb = *Termbase::make(*parse_terms(
      "id\tkind\tterm\tacronym\ten\tzh\nbnpb\torganisation\tBadan Bencana\tBNPB\tDisaster Agency|BNPB\t国家抗灾署\n",
      "t"));
  const std::string_view sentence = "Badan Bencana (BNPB) mengirim bantuan.";
  EXPECT_EQ(constraints_for(bnpb, sentence, Language::en)[0].any_of.front(), "Disaster Agency (BNPB)");
  EXPECT_EQ(constraints_for(bnpb, sentence, Language::zh)[0].any_of.front(), "国家抗灾署（BNPB）");
  EXPECT_EQ(constraints_for(bnpb, "Badan Bencana, BNPB, mengirim bantuan.", Language::en).size(), 2u);
}

TEST(TermUses, ANameWithoutARenderingStaysAsItIs) {
  const std::vector<TermUse> uses = constraints_for(base(), "Komisi Pemberantasan Korupsi pergi.", Language::fr, {});
  ASSERT_EQ(uses.size(), 1u);
  EXPECT_EQ(uses[0].any_of.front(), "Komisi Pemberantasan Korupsi");
  EXPECT_TRUE(constraints_for(base(), "Polisi mengamankan dia.", Language::fr, {}).empty());
}

TEST(TermUses, PatternsVerifyButAreNotGivenToAnEngine) {
  const std::vector<TermUse> uses = constraints_for(base(), "Dua orang diamankan.", Language::en);
  ASSERT_EQ(uses.size(), 1u);
  EXPECT_EQ(uses[0].any_of, std::vector<std::string>{"detained"});
  EXPECT_EQ(uses[0].forbidden, std::vector<std::string>{"protected"});
  EXPECT_FALSE(uses[0].fixed);
}

TEST(TermUses, AcronymsAreExpandedOnce) {
  Mentions mentions;
  const std::vector<text::Edit> edits = expand_acronyms(base(), "Ketua KPK hadir.", {}, mentions);
  ASSERT_EQ(edits.size(), 1u);
  EXPECT_EQ(edits[0].span, (Span{6, 9}));
  EXPECT_EQ(edits[0].replacement, "Komisi Pemberantasan Korupsi (KPK)");
  EXPECT_TRUE(expand_acronyms(base(), "Ketua KPK pergi.", {}, mentions).empty());
}

}  // namespace
}  // namespace kabar::terms
