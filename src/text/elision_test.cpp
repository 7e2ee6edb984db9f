#include "text/elision.h"

#include <gtest/gtest.h>

namespace kabar::text {
namespace {

struct Case {
  Language language;
  std::string_view text;
  std::string_view joined;
};

const Case kCases[] = {
    {Language::fr, "le chef de Aceh et le Université", "le chef d'Aceh et l'Université"},
    {Language::fr, "à l université, d autres, qu il", "à l'université, d'autres, qu'il"},
    {Language::fr, "Le opposition dit que Anies viendra si il pleut.", "L'opposition dit qu'Anies viendra s'il pleut."},
    {Language::fr, "La armée ne a pas tiré", "L'armée n'a pas tiré"},
    {Language::fr, "le chef de le parti parle à les ministres", "le chef du parti parle aux ministres"},
    {Language::fr, "de le faire, de les voir, à le lire", "de le faire, de les voir, à le lire"},
    {Language::fr, "le onze de France, le oui, de onze", "le onze de France, le oui, de onze"},
    {Language::fr, "de un, la une, de A à Z, il n a rien", "d'un, la une, de A à Z, il n'a rien"},
    {Language::fr, "victime d' fraude, à l' ancien ministre, l’ homme, qu' elle, l' loi",
     "victime de fraude, à l'ancien ministre, l'homme, qu'elle, le loi"},
    {Language::fr, "le haut de la page, plan A et B", "le haut de la page, plan A et B"},
    {Language::fr, "dans la la ville, le l'aéroport, au la gare, du le port",
     "dans la ville, l'aéroport, à la gare, du port"},
    {Language::fr, "de le quartier, à le centre", "du quartier, au centre"},
    {Language::ar, "سيدني و ملبورن و London", "سيدني وملبورن و London"},
    {Language::fr, "à 58 m au sud", "à 58 m au sud"},
    {Language::ar, "ب 100 كيلومتر و 5 أيام", "بـ100 كيلومتر و5 أيام"},
    {Language::ar, "وال الولايات المتحدة لل الصين", "والولايات المتحدة للصين"},
    {Language::ar, "تسرّب غاز و سقط", "تسرّب غاز وسقط"},
    {Language::ar, "ل الولايات المتحدة ب جاكرتا", "للولايات المتحدة بجاكرتا"},
    {Language::en, "a Acehnese teacher, an Javanese one", "an Acehnese teacher, a Javanese one"},
    {Language::en, "A earthquake, a hour, an 5th, a 18th, a 11th", "An earthquake, an hour, a 5th, an 18th, an 11th"},
    {Language::en, "a 8 percent rise, an 12 percent fall", "an 8 percent rise, a 12 percent fall"},
    {Language::en, "an MP, a UN envoy, a Utah company, an urn, a one-off, an onerous task, an mRNA vaccine, a hotel",
     "an MP, a UN envoy, a Utah company, an urn, a one-off, an onerous task, an mRNA vaccine, a hotel"},
    {Language::en, "on the the Ciliwung River", "on the Ciliwung River"},
    {Language::en, "Vitamin A is lost. A egg a day.", "Vitamin A is lost. An egg a day."},
    {Language::zh, "l université", "l université"},
};

TEST(Elision, JoinsWhatALanguageWritesTogether) {
  for (const Case& test : kCases) {
    const std::string joined = apply_edits(test.text, elision_edits(test.text, test.language));
    EXPECT_EQ(joined, test.joined);
    EXPECT_EQ(apply_edits(joined, elision_edits(joined, test.language)), joined) << "joined twice";
  }
}

TEST(Elision, LeavesNamesAlone) {
  const std::vector<Span> names = {{3, 15}};
  const std::string arabic = "وال سوسيلو";
  const std::vector<Span> name = {{4, 10}};
  EXPECT_EQ(apply_edits(arabic, elision_edits(arabic, Language::ar, name)), "وسوسيلو") << "a name has no article";
  EXPECT_TRUE(elision_edits("De Ana de Armas", Language::fr, names).size() == 1) << "before the name, not in it";
  EXPECT_EQ(apply_edits("De Ana de Armas", elision_edits("De Ana de Armas", Language::fr, names)), "D'Ana de Armas");
}

TEST(Elision, TouchesOnlyWhatChanges) {
  const std::vector<Edit> french = elision_edits("de Aceh", Language::fr);
  ASSERT_EQ(french.size(), 1u);
  EXPECT_EQ(french[0].span, (Span{1, 3})) << "a link on Aceh stays on Aceh";
  EXPECT_EQ(french[0].replacement, "'");
  const std::vector<Edit> arabic = elision_edits("و جاكرتا", Language::ar);
  ASSERT_EQ(arabic.size(), 1u);
  EXPECT_EQ(arabic[0].span, (Span{1, 2}));
  EXPECT_EQ(arabic[0].replacement, "");
}

}  // namespace
}  // namespace kabar::text
