#include "text/detect.h"

#include <gtest/gtest.h>

namespace kabar::text {
namespace {

TEST(Detect, SentencesOfTheSixLanguages) {
  struct Case {
    Language language;
    std::string_view text;
  };
  for (const Case& c : {Case{Language::id, "Polisi menahan pelaku yang diduga mencuri di rumah warga."},
                        Case{Language::en, "Police detained the man who was said to have stolen from a house."},
                        Case{Language::fr, "La police a interpellé l’homme qui aurait volé dans une maison."},
                        Case{Language::zh, "警方拘留了一名涉嫌在民宅行窃的男子。"},
                        Case{Language::ja, "警察は民家で盗みをした疑いの男を拘束した。"},
                        Case{Language::ar, "احتجزت الشرطة رجلا يشتبه في أنه سرق منزلا."}}) {
    const std::optional<LanguageGuess> guess = detect_language(c.text);
    ASSERT_TRUE(guess) << c.text;
    EXPECT_EQ(guess->language, c.language) << c.text;
    EXPECT_GT(guess->confidence, 0.5f) << c.text;
    EXPECT_TRUE(may_be_language(c.text, c.language));
  }
}

TEST(Detect, NamesAndFiguresTellNothing) {
  EXPECT_FALSE(detect_language("Prabowo Subianto"));
  EXPECT_FALSE(detect_language("12-3, 2026"));
  EXPECT_TRUE(may_be_language("Persib Bandung", Language::ja));
  EXPECT_TRUE(may_be_language("2–1", Language::ar));
}

TEST(Detect, WhatWasLeftUntranslatedIsSeen) {
  EXPECT_FALSE(may_be_language("Polisi menahan pelaku yang diduga mencuri di rumah itu.", Language::fr));
  EXPECT_FALSE(may_be_language("Polisi menahan pelaku yang diduga mencuri di rumah itu.", Language::ar));
  EXPECT_FALSE(may_be_language("The police said that he was in the house.", Language::fr));
  EXPECT_FALSE(may_be_language("警察は民家で盗みをした疑いの男を拘束した。", Language::zh));
  EXPECT_TRUE(may_be_language("警方（KPK）拘留了Budi Santoso。", Language::zh));
}

}  // namespace
}  // namespace kabar::text
