#include "translate/prepare.h"

#include <gtest/gtest.h>

#include "terms/term_tsv.h"

namespace kabar::translate {
namespace {

// Knows placeholders; is never asked to translate.
class Silent : public mt::Translator {
 public:
  Result<std::vector<std::vector<mt::Hypothesis>>> translate(std::span<const mt::Sentence>, Language,
                                                             std::span<const Language>, const mt::TranslateOptions&,
                                                             std::stop_token) const override {
    return fail(ErrorKind::not_found, "", "nothing is translated here");
  }
  std::string model_name(Language, Language) const override { return "test 1"; }
  bool keeps_placeholders(Language, Language) const override { return true; }
};

const checks::Knowledge& knowledge() {
  static const checks::Knowledge loaded = *checks::Knowledge::load(
      KABAR_ROOT "/data", *terms::Termbase::make(*terms::parse_terms(
                              "id\tkind\tterm\tforms\ten\nus\tterm\tAmerika Serikat\tAS\tUnited "
                              "States\nmalra\tplace\tMaluku Tenggara\t\tSoutheast "
                              "Maluku\nlima\tplace\tLima\t\tLima\nrio\tplace\tRio\t\tRio de Janeiro\n",
                              "t")));
  return loaded;
}

Prepared prepared(std::string text, std::string body = "", Language source = Language::id) {
  std::vector<Segment> segments = {Segment{.text = std::move(text)}};
  if (!body.empty()) segments.push_back(Segment{.text = std::move(body)});
  const size_t wanted[] = {0};
  const Language targets[] = {source == Language::id ? Language::en : Language::fr};
  return prepare(segments, wanted, Context{.source = source}, targets, Silent(), knowledge()).at(0);
}

// What the translator would read.
std::string sent(std::string text, std::string body = "") { return prepared(std::move(text), std::move(body)).text(); }

TEST(Prepare, QuotesAndBlanksComeAsTheTranslatorLearnedThem) {
  EXPECT_EQ(sent("“Kami tidak tahu,” katanya."), "\"Kami tidak tahu,\" katanya.");
  EXPECT_EQ(sent("Ia minta ma’af yang\u00A0tulus."), "Ia minta ma'af yang tulus.");
}

TEST(Prepare, AnAcronymThatTheTermbaseSaysOtherwiseIsNoNameToBeCopied) {
  EXPECT_EQ(sent("Ia pergi ke AS kemarin."), "Ia pergi ke AS kemarin.");
  EXPECT_EQ(sent("Ia pergi ke GOR kemarin."), "Ia pergi ke ⟦X0⟧ kemarin.");
}

TEST(Prepare, WhatOpensASentenceAndIsNoWordIsAName) {
  EXPECT_EQ(sent("Stewart menang lagi."), "⟦X0⟧ menang lagi.");
  EXPECT_EQ(sent("Anak-anak bermain di lapangan."), "Anak-anak bermain di lapangan.");
  for (const std::string_view words :
       {"Harga naik lagi.", "Pengarsipannya rapi.", "Terowongan itu ambruk.", "Anda menang."}) {
    EXPECT_EQ(sent(std::string(words)), words);
  }
}

TEST(Prepare, AHeadlineInTitleCaseIsReadAsASentence) {
  EXPECT_EQ(sent("Calon Perempuan Unggul di Lima Kabupaten Versi Hitung Cepat"),
            "Calon perempuan unggul di lima kabupaten versi hitung cepat");
  EXPECT_EQ(sent("Warga Maluku Tenggara Diminta Tetap Tenang Usai Diguncang Gempa"),
            "Warga ⟦X0⟧ diminta tetap tenang usai diguncang gempa");
  EXPECT_EQ(sent("Polisi Tangkap Dua Pelaku Pencurian Motor pada Senin Malam"),
            "Polisi tangkap dua pelaku pencurian motor pada Senin malam");
  EXPECT_EQ(sent("Presiden Joko Widodo bertemu Menteri Retno Marsudi di Istana Bogor."),
            sent("Presiden Joko Widodo bertemu Menteri Retno Marsudi di Istana Bogor."));
}

TEST(Prepare, AnEnglishHeadlineInTitleCaseIsReadAsASentence) {
  const auto english = [](std::string text, std::string body = "") {
    return prepared(std::move(text), std::move(body), Language::en).text();
  };
  EXPECT_EQ(english("Police Seek Three People After Attack in May"), "Police seek three people after attack in May");
  EXPECT_EQ(english("Floods Cut Off Southeast Maluku Villages in Rio de Janeiro"),
            "Floods cut off ⟦X0⟧ villages in ⟦X1⟧");
  EXPECT_EQ(english("Rose Wins Again in the Second Round", "The crowd cheered for Rose again."),
            "Rose wins again in the second round");
  EXPECT_EQ(english("Police say that Rose won."), "Police say that Rose won.");
}

TEST(Prepare, AHeadlineKnowsTheWordsOfItsArticle) {
  EXPECT_EQ(sent("Dua Siswa Ubah Minyak Jelantah Jadi Bahan Bakar", "Mereka mengolah minyak jelantah."),
            "Dua siswa ubah minyak jelantah jadi bahan bakar");
  EXPECT_EQ(sent("Warga Sebut Bunga Bertahan Hidup Usai Gempa Besar", "Warga menolong Bunga dari reruntuhan."),
            "Warga sebut ⟦X0⟧ bertahan hidup usai gempa besar");
}

// The piece that stands for ⟦X0⟧ in the first target.
std::string first_name(std::string text) {
  const Prepared one = prepared(std::move(text));
  return one.sent.held.empty() ? "" : one.sent.held[0].fixed.renderings[0];
}

TEST(Prepare, WordsWithCapitalsAreNoNames) {
  EXPECT_EQ(sent("Program Makan Bergizi Gratis dimulai."), "Program makan bergizi gratis dimulai.");
  EXPECT_EQ(first_name("Pelaku Rahmat ditahan."), "suspect Rahmat") << "a title, not a part of the name";
  EXPECT_EQ(sent("Warga menolong Bunga dari reruntuhan."), "Warga menolong ⟦X0⟧ dari reruntuhan.") << "alone: a girl";
}

TEST(Prepare, AGenericWordTravelsWithItsName) {
  EXPECT_EQ(sent("Banjir di Sungai Ciliwung surut."), "Banjir di ⟦X0⟧ surut.");
  EXPECT_EQ(first_name("Banjir di Sungai Ciliwung surut."), "the Ciliwung River");
  EXPECT_EQ(first_name("Wali Kota Wonosobo hadir."), "Wonosobo") << "a mayor";
}

TEST(Prepare, APlaceInsideANameIsSomeone) {
  EXPECT_EQ(first_name("Ia terbang ke Rio kemarin."), "Rio de Janeiro");
  EXPECT_EQ(first_name("Pembalap itu bernama Rio Haryanto."), "Rio Haryanto");
}

TEST(Prepare, ANumberThatOpensASentenceIsNoPlace) {
  EXPECT_EQ(sent("Lima calon bupati unggul."), "Lima calon bupati unggul.");
  EXPECT_EQ(sent("Lima belas batu jatuh."), "⟦N0⟧ batu jatuh.");
  EXPECT_EQ(first_name("Delapan belas persen warga menganggur."), "18 percent");
  EXPECT_EQ(sent("Ia tiba di Lima kemarin."), "Ia tiba di ⟦X0⟧ kemarin.");
}

TEST(Prepare, InitialsAreNoCountry) {
  EXPECT_EQ(sent("Polisi menangkap AS (34) kemarin."), "Polisi menangkap ⟦X0⟧ (⟦N0⟧) kemarin.");
  EXPECT_EQ(sent("Polisi menangkap pria berinisial AS di Bogor."), "Polisi menangkap pria berinisial ⟦X0⟧ di ⟦X1⟧.");
}

TEST(Prepare, AUnitGoesWithItsFigure) {
  EXPECT_EQ(sent("Angin bertiup 60 km/jam."), "Angin bertiup ⟦N0⟧.");
  EXPECT_EQ(sent("Jaraknya 60 meter."), "Jaraknya ⟦N0⟧ meter.");
}

}  // namespace
}  // namespace kabar::translate
