// The example of docs/engine.md, from a file of another tool to text.
#include <filesystem>

#include <gtest/gtest.h>

#include "mt/convert.h"
#include "mt/engine.h"

namespace kabar {
namespace {

TEST(EngineExample, ConvertLoadTranslate) {
  const std::filesystem::path fixture = std::filesystem::path(KABAR_ROOT) / "tests/fixtures/marian-enid-ssru";
  const std::filesystem::path package = std::filesystem::path(testing::TempDir()) / "kabar-engine-example";
  std::filesystem::remove_all(package);
  ASSERT_TRUE(mt::convert_model({.weights = fixture / "model.intgemm.alphas.bin",
                                 .source_vocabulary = fixture / "vocab.spm",
                                 .target_vocabulary = fixture / "vocab.spm",
                                 .source = Language::en,
                                 .target = Language::id},
                                package));

  const auto model = std::make_shared<mt::Model>(mt::load_package(package).value());
  const auto engine = mt::Engine::create({model}).value();
  const std::vector<mt::Sentence> sentences = {{.text = "Budi bought 7 books."}, {.text = ""}};
  const auto texts = engine->translate(sentences, Language::en, std::vector{Language::id}, {}, {}).value();
  EXPECT_EQ(texts[0][0].text, "Budi membeli 8 sawah.");  // what marian-decoder makes of it: a toy model
  EXPECT_EQ(texts[0][1].text, "");

  // A glossary's word for "books", and the model's own, which must not appear.
  const std::vector<mt::Sentence> with_terms = {
      {.text = "Budi bought 7 books.", .constraints = {{.required = {{{14, 19}, {"kitab"}}}, .forbidden = {"sawah"}}}}};
  const auto constrained = engine->translate(with_terms, Language::en, std::vector{Language::id}, {}, {}).value();
  EXPECT_NE(constrained[0][0].text.find("kitab"), std::string::npos) << constrained[0][0].text;
  EXPECT_EQ(constrained[0][0].text.find("sawah"), std::string::npos) << constrained[0][0].text;
  std::filesystem::remove_all(package);
}

}  // namespace
}  // namespace kabar
