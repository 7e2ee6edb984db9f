#include "terms/termbase.h"

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "terms/term_rules.h"
#include "terms/term_tsv.h"

namespace kabar::terms {
namespace {

Termbase base_of(std::string_view rows) {
  Result<std::vector<Term>> terms = parse_terms(rows, "t.tsv");
  EXPECT_TRUE(terms.has_value()) << (terms ? "" : terms.error().text());
  Result<Termbase> base = Termbase::make(std::move(*terms));
  EXPECT_TRUE(base.has_value());
  return std::move(*base);
}

std::string ids_in(const Termbase& base, std::string_view text, const TermContext& context = {}) {
  std::string ids;
  for (const TermMatch& match : base.find_terms(fold(text, Language::id), context)) {
    ids += (ids.empty() ? "" : " ") + match.term->id;
  }
  return ids;
}

TEST(Termbase, FindsTermsWithIndonesianEndingsAndTheLongestFirst) {
  const Termbase base = base_of(
      "id\tkind\tterm\tacronym\ten\n"
      "polres\torganisation\tKepolisian Resor\tPolres\tdistrict police\n"
      "polres-metro\torganisation\tKepolisian Resor Metro\tPolres Metro\tmetropolitan police\n"
      "ma\torganisation\tMahkamah Agung\tMA\tSupreme Court\n"
      "pihak\tterm\tpihak\t\tside\n");
  EXPECT_EQ(ids_in(base, "Kapolres tiba di Polres Metro Bekasi"), "polres-metro");
  EXPECT_EQ(ids_in(base, "Polresnya"), "polres");
  EXPECT_EQ(ids_in(base, "ma ma, kata anak itu"), "");
  EXPECT_EQ(ids_in(base, "Putusan MA itu"), "ma");
  EXPECT_EQ(ids_in(base, "pihak-pihak dan PIHAKNYA"), "pihak pihak pihak");
  EXPECT_EQ(ids_in(base, "memihak"), "");
}

TEST(Termbase, ContextWordsDecideBetweenSenses) {
  const Termbase base = base_of(
      "id\tkind\tterm\tcontext\ten\n"
      "minggu-hari\tsense\tMinggu\t\tSunday\n"
      "partai-laga\tsense\tpartai\tfinal|semifinal|gol\tmatch\n"
      "partai\tsense\tpartai\t\tparty\n");
  EXPECT_EQ(ids_in(base, "partai final itu"), "partai-laga");
  EXPECT_EQ(ids_in(base, "ketua partai"), "partai");
  EXPECT_EQ(ids_in(base, "partai itu seru", {.before = "Timnas masuk semifinal.", .section = {}, .year = 0}),
            "partai-laga");
  EXPECT_EQ(ids_in(base, "dua minggu lagi"), "");
}

TEST(Termbase, YearsAndSectionsLimitATerm) {
  const Termbase base = base_of(
      "id\tkind\tterm\tscope\tsince\tuntil\ten\n"
      "kominfo\torganisation\tKominfo\t\t\t2024\tinformation ministry\n"
      "seri\tsense\tseri\tolahraga\t\t\tdraw\n");
  EXPECT_EQ(ids_in(base, "Kominfo", {.before = {}, .section = {}, .year = 2023}), "kominfo");
  EXPECT_EQ(ids_in(base, "Kominfo", {.before = {}, .section = {}, .year = 2025}), "");
  EXPECT_EQ(ids_in(base, "seri", {.before = {}, .section = "politik", .year = 0}), "");
}

struct RenderingCase {
  Language language;
  const char* listed;
  const char* text;
  const char* found;  // what must be found in it; "" = nothing
};

const RenderingCase kRenderings[] = {
    {Language::en, "district head", "The district heads met", "district heads"},
    {Language::en, "agency", "two agencies said", "agencies"},
    {Language::en, "regent", "the regent's car", "regent's"},
    {Language::en, "detain*", "Police have detained him", "detained"},
    {Language::en, "WHO", "people who said", ""},
    {Language::en, "men", "women", ""},
    {Language::fr, "chef de district", "les chefs de district", "chefs de district"},
    {Language::fr, "tribunal", "les tribunaux", "tribunaux"},
    {Language::fr, "lev* le pied", "elles levaient le pied", "levaient le pied"},
    {Language::fr, "agence", "l’agence", "agence"},
    {Language::ar, "رئيس مقاطعة", "قال رئيس المقاطعة", "رئيس المقاطعة"},
    {Language::ar, "مقاطعة", "وللمقاطعة", "مقاطعة"},
    {Language::ar, "احتجز*", "واحتجزت الشرطة", "احتجزت"},
    {Language::zh, "县长", "该县长说", "县长"},
    {Language::ja, "県知事", "元県知事を拘束", "県知事"},
};

TEST(Termbase, FindsRenderingsInTheirInflectedForms) {
  for (const RenderingCase& test : kRenderings) {
    const std::string column(test.language.view());
    const Termbase base = base_of("id\tkind\tterm\t" + column + "\nx\tterm\tx\t" + test.listed + "\n");
    const std::vector<RenderingMatch> found = base.find_renderings(fold(test.text, test.language), test.language);
    ASSERT_EQ(found.empty(), std::string(test.found).empty()) << test.text;
    if (!found.empty()) {
      EXPECT_NE(std::string(slice_points(test.text, found[0].span)).find(test.found), std::string::npos)
          << slice_points(test.text, found[0].span);
    }
  }
}

TEST(Termbase, FaultsNameTheLine) {
  EXPECT_EQ(parse_terms("id\tkind\n", "a.tsv").error().text(), "a.tsv: column 'term' is missing");
  EXPECT_EQ(parse_terms("id\tkind\tterm\tcolour\n", "a.tsv").error().text(), "a.tsv: unknown column 'colour'");
  EXPECT_EQ(parse_terms("# x\nid\tkind\tterm\nkpk\tclub\tKPK\n", "a.tsv").error().text(),
            "a.tsv:3: 'club' is no valid kind");
  EXPECT_EQ(parse_terms("id\tkind\tterm\na\tterm\tx\ty\n", "a.tsv").error().text(),
            "a.tsv:2: 4 cells, but the header names 3 columns");
}

TEST(Termbase, WrittenTermsReadTheSame) {
  const char* rows =
      "id\tkind\tterm\tforms\tgender\tcontext\tsince\ten\tfr_not\texample\texample_en\n"
      "a\tperson\tBudi\tB. Santoso|Pak Budi\tm\tx|y\t2024\tBudi\tBoudi\tBudi x.\tBudi x.\n";
  const std::vector<Term> terms = *parse_terms(rows, "t");
  std::vector<Term> again = *parse_terms(write_terms(terms), "t");
  again[0].place = terms[0].place;
  EXPECT_EQ(again[0].forms, terms[0].forms);
  EXPECT_EQ(again[0].renderings, terms[0].renderings);
  EXPECT_EQ(write_terms(again), write_terms(terms));
}

TEST(TermRules, RefuseWhatWouldFlagGoodTranslations) {
  const Termbase base = base_of(
      "id\tkind\tterm\ten\ten_not\texample\texample_en\n"
      "a\tterm\tmassa\tmass rally|crowd\tmass\tMassa datang.\tThe crowd came.\n");
  ASSERT_EQ(check_terms(base).size(), 1u);
  EXPECT_EQ(check_terms(base)[0].text(), "t.tsv:2: a: en_not 'mass' is found in the right rendering 'mass rally'");
}

// The starter pack: every rule holds and every example selects its own entry.
TEST(TermRules, TheStarterPackIsSound) {
  Result<TermList> terms = read_term_folder(KABAR_ROOT "/data/termbase/id-news");
  ASSERT_TRUE(terms.has_value()) << terms.error().text();
  const Result<Termbase> base = Termbase::make(std::move(*terms));
  ASSERT_TRUE(base.has_value()) << base.error().text();
  for (const Error& fault : check_terms(*base)) ADD_FAILURE() << fault.text();
}

}  // namespace
}  // namespace kabar::terms
