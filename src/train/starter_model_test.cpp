// A floor under the committed model, so that a worse one cannot slip in. The scores of the whole sets stand in the
// model's card; here are the first sentences only, so the test takes seconds.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "mt/engine.h"
#include "mt/package.h"
#include "train/corpus.h"
#include "train/metrics/chrf.h"
#include "train/pack.h"

namespace kabar::train {
namespace {

constexpr size_t kLines = 60;

struct Floor {
  Language language;
  double chrf;
};

TEST(StarterModel, TranslatesNewsNoWorseThanItsFloor) {
  const std::filesystem::path package = std::filesystem::path(KABAR_ROOT) / "models/starter";
  if (!std::filesystem::exists(package)) GTEST_SKIP() << "no starter model in this checkout";
  const Floor floors[] = {
      {Language::en, 45}, {Language::fr, 40}, {Language::ar, 36}, {Language::zh, 19}, {Language::ja, 20}};
  auto rows = read_six(std::filesystem::path(KABAR_ROOT) / "tests/eval/news-dev.tsv");
  ASSERT_TRUE(rows) << rows.error().text();
  rows->resize(kLines);
  auto model = mt::load_package(package);
  ASSERT_TRUE(model) << model.error().text();
  const auto engine = mt::Engine::create({std::make_shared<const mt::Model>(std::move(*model))}, 2);
  ASSERT_TRUE(engine) << engine.error().text();
  std::vector<mt::Sentence> sentences(kLines);
  for (size_t i = 0; i < kLines; ++i) sentences[i].text = (*rows)[i][0];
  std::vector<Language> targets;
  for (const Floor& floor : floors) targets.push_back(floor.language);
  const auto hypotheses = (*engine)->translate(sentences, Language::id, targets, {}, {});
  ASSERT_TRUE(hypotheses) << hypotheses.error().text();
  for (size_t t = 0; t < targets.size(); ++t) {
    std::vector<std::string> outputs, references;
    const auto column = std::find(kSixLanguages.begin(), kSixLanguages.end(), targets[t]) - kSixLanguages.begin();
    for (size_t i = 0; i < kLines; ++i) {
      outputs.push_back((*hypotheses)[t][i].text);
      references.push_back((*rows)[i][static_cast<size_t>(column)]);
    }
    EXPECT_GE(chrf(outputs, references), floors[t].chrf) << targets[t].view();
  }
}

}  // namespace
}  // namespace kabar::train
