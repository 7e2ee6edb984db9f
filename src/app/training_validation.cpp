#include "app/training_validation.h"

#include <memory>
#include <optional>
#include <utility>

#include "app/eval_set.h"
#include "mt/engine.h"
#include "mt/package.h"
#include "train/export.h"
#include "train/metrics/chrf.h"

namespace kabar::app {
namespace {

// The sum of the scores of one set, and of how many languages.
Result<std::pair<double, int>> score_set(const mt::Engine& engine, const EvalSet& set) {
  const Language source = Language::id;
  std::vector<Language> targets;
  for (const Language head : train::kHeads) {
    if (set.contains(head)) targets.push_back(head);
  }
  KABAR_ASSIGN(const auto hypotheses, translate_bare(engine, set.at(source), source, targets, 1));
  double sum = 0;
  for (size_t i = 0; i < targets.size(); ++i) {
    std::vector<std::string> texts;
    for (const mt::Hypothesis& hypothesis : hypotheses[i]) texts.push_back(hypothesis.text);
    sum += train::chrf(texts, set.at(targets[i]));
  }
  return std::pair(sum, static_cast<int>(targets.size()));
}

}  // namespace

Result<std::function<Result<double>(const train::Trainer&)>> make_validation(
    const train::TrainingRecipe& recipe, const std::vector<train::PackedRecord>& records) {
  if (recipe.training.validation.empty()) return std::function<Result<double>(const train::Trainer&)>();
  std::vector<EvalSet> sets;
  for (const std::filesystem::path& path : recipe.training.validation) {
    KABAR_ASSIGN(EvalSet set, read_eval_set(path));
    if (!set.contains(Language::id)) {
      return fail(ErrorKind::bad_input, path.string(), "has no sentences in Indonesian");
    }
    sets.push_back(std::move(set));
  }
  // Counting the shortlists takes a while: once, when the first validation is due.
  auto parts = std::make_shared<std::optional<train::PackageParts>>();
  return [&recipe, &records, sets = std::move(sets), parts](const train::Trainer& trainer) -> Result<double> {
    if (!*parts) {
      KABAR_ASSIGN(*parts, train::parts_of_recipe(recipe, records));
    }
    const std::filesystem::path folder = recipe.training.folder / "validated";
    KABAR_TRY(train::export_package(trainer.layout(), trainer.averages(), **parts, folder));
    KABAR_ASSIGN(mt::Model model, mt::load_package(folder));
    std::vector<std::shared_ptr<const mt::Model>> models;
    models.push_back(std::make_shared<const mt::Model>(std::move(model)));
    KABAR_ASSIGN(const std::unique_ptr<mt::Engine> engine,
                 mt::Engine::create(std::move(models), recipe.training.threads));
    double sum = 0;
    int count = 0;
    for (const EvalSet& set : sets) {
      KABAR_ASSIGN(const auto scored, score_set(*engine, set));
      sum += scored.first;
      count += scored.second;
    }
    return count == 0 ? 0 : sum / count;
  };
}

}  // namespace kabar::app
