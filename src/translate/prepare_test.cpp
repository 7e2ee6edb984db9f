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

// What the translator would read.
std::string sent(std::string text) {
  static const terms::Termbase base = *terms::Termbase::make(
      *terms::parse_terms("id\tkind\tterm\tforms\ten\nus\tterm\tAmerika Serikat\tAS\tUnited States\n", "t"));
  const std::vector<Segment> segments = {Segment{.text = std::move(text)}};
  const size_t wanted[] = {0};
  const Language targets[] = {Language::en};
  return prepare(segments, wanted, Context{.source = Language::id}, targets, Silent(), base).at(0).text();
}

TEST(Prepare, QuotesAndBlanksComeAsTheTranslatorLearnedThem) {
  EXPECT_EQ(sent("“Kami tidak tahu,” katanya."), "\"Kami tidak tahu,\" katanya.");
  EXPECT_EQ(sent("Ia minta ma’af yang\u00A0tulus."), "Ia minta ma'af yang tulus.");
}

TEST(Prepare, AnAcronymThatTheTermbaseSaysOtherwiseIsNoNameToBeCopied) {
  EXPECT_EQ(sent("Ia pergi ke AS kemarin."), "Ia pergi ke AS kemarin.");
  EXPECT_EQ(sent("Ia pergi ke GOR kemarin."), "Ia pergi ke ⟦X0⟧ kemarin.");
}

}  // namespace
}  // namespace kabar::translate
