// A floor under the committed model, so that a worse one cannot slip in. The scores of the whole sets stand in the
// model's card; here are the first sentences only, so the test takes seconds.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>

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

void expect_floors(Language source, std::span<const Floor> floors) {
  const std::filesystem::path package = std::filesystem::path(KABAR_ROOT) / "models/starter";
  if (!std::filesystem::exists(package)) GTEST_SKIP() << "no starter model in this checkout";
  auto rows = read_six(std::filesystem::path(KABAR_ROOT) / "tests/eval/news-dev.tsv");
  ASSERT_TRUE(rows) << rows.error().text();
  rows->resize(kLines);
  auto model = mt::load_package(package);
  ASSERT_TRUE(model) << model.error().text();
  const auto engine = mt::Engine::create({std::make_shared<const mt::Model>(std::move(*model))}, 2);
  ASSERT_TRUE(engine) << engine.error().text();
  const auto column = [&](Language language) {
    std::vector<std::string> texts;
    const auto at = std::find(kSixLanguages.begin(), kSixLanguages.end(), language) - kSixLanguages.begin();
    for (const auto& row : *rows) texts.push_back(row[static_cast<size_t>(at)]);
    return texts;
  };
  std::vector<mt::Sentence> sentences;
  for (const std::string& text : column(source)) sentences.push_back({.text = text});
  std::vector<Language> targets;
  for (const Floor& floor : floors) targets.push_back(floor.language);
  const auto hypotheses = (*engine)->translate(sentences, source, targets, {}, {});
  ASSERT_TRUE(hypotheses) << hypotheses.error().text();
  for (size_t t = 0; t < targets.size(); ++t) {
    std::vector<std::string> outputs;
    for (const mt::Hypothesis& hypothesis : (*hypotheses)[t]) outputs.push_back(hypothesis.text);
    EXPECT_GE(chrf(outputs, column(targets[t])), floors[t].chrf) << source.view() << "-" << targets[t].view();
  }
}

TEST(StarterModel, TranslatesNewsNoWorseThanItsFloor) {
  expect_floors(
      Language::id,
      std::array<Floor, 5>{
          {{Language::en, 45}, {Language::fr, 40}, {Language::ar, 36}, {Language::zh, 19}, {Language::ja, 20}}});
}

TEST(StarterModel, TranslatesEnglishNewsNoWorseThanItsFloor) {
  expect_floors(Language::en,
                std::array<Floor, 4>{{{Language::fr, 40}, {Language::ar, 34}, {Language::zh, 17}, {Language::ja, 18}}});
}

}  // namespace
}  // namespace kabar::train
