#include "translate/article.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "markup/segments.h"

namespace kabar::translate {
namespace {

// Says the same sentence in three languages, but gets a figure wrong in Japanese.
class Misreading : public mt::Translator {
 public:
  Result<std::vector<std::vector<mt::Hypothesis>>> translate(std::span<const mt::Sentence> sentences, Language,
                                                             std::span<const Language> targets,
                                                             const mt::TranslateOptions&,
                                                             std::stop_token) const override {
    std::vector<std::vector<mt::Hypothesis>> result;
    for (const Language target : targets) {
      const char* text = target == Language::en   ? "The losses reached 250 tons."
                         : target == Language::fr ? "Les pertes ont atteint 250 tonnes."
                                                  : "損失は520トンに達した。";
      result.emplace_back(sentences.size(), mt::Hypothesis{.text = text});
    }
    return result;
  }
  std::string model_name(Language, Language) const override { return "test 1"; }
  bool keeps_placeholders(Language, Language) const override { return false; }
};

TEST(TranslateArticle, TheVersionsAreComparedWithEachOther) {
  const Result<checks::Knowledge> knowledge = checks::Knowledge::load(KABAR_ROOT "/data");
  ASSERT_TRUE(knowledge) << knowledge.error().text();
  const Misreading translator;
  Article article;
  article.language = Language::id;
  article.blocks.push_back({.id = "b1", .type = BlockType::paragraph, .text = "Kerugian mencapai 250 ton."});
  const std::vector<Segment> segments = markup::segment(article);
  const Language targets[] = {Language::en, Language::fr, Language::ja};
  const auto versions = translate_article(article, segments, targets, Pipeline(translator, *knowledge));
  ASSERT_TRUE(versions) << versions.error().text();
  for (const Version& version : *versions) {
    const std::vector<Finding>& findings = version.segments.at(0).findings;
    const bool suspect = std::any_of(findings.begin(), findings.end(),
                                     [](const Finding& finding) { return finding.check == "sibling"; });
    EXPECT_EQ(suspect, version.language == Language::ja) << version.language.view();
  }
}

TEST(TranslateArticle, OnlyIndonesianSourcesAreLinted) {
  Article article;
  article.language = Language::id;
  article.blocks.push_back({.id = "b1", .type = BlockType::paragraph, .text = "Hal itu disitat dari Antara."});
  const std::vector<Segment> segments = markup::segment(article);
  EXPECT_EQ(lint(article, segments).size(), 1u);
  article.language = Language::en;
  EXPECT_TRUE(lint(article, segments).empty());
}

}  // namespace
}  // namespace kabar::translate
