#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "app/command.h"
#include "app/stop_signal.h"
#include "app/training_validation.h"
#include "base/file.h"
#include "train/export.h"
#include "train/plot.h"
#include "train/prepare.h"
#include "train/training_run.h"
#include "train/vocabulary_training.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  fs::path recipe = "train/recipes/starter.toml";
  bool resume = false;
  bool cool = false;
  fs::path from;
  double minutes = 0;
  fs::path input;   // checkpoint or log
  fs::path output;  // package, SVG or checkpoint
  std::string name = "starter", version = "1", licence, data;
};

constexpr size_t kLogBytesMax = size_t{64} << 20;

fs::path last_checkpoint(const train::TrainingRecipe& recipe) { return recipe.training.folder / "last.checkpoint"; }

// The packed data of the recipe; what is missing on the way from the raw corpus is made first.
Result<std::vector<train::PackedRecord>> packed_data(const train::TrainingRecipe& recipe) {
  const auto say = [](const std::string& line) { fmt::print(stderr, "{}\n", line); };
  if (!fs::exists(recipe.data.vocabularies / "source.spm")) KABAR_TRY(train::train_vocabularies(recipe.data, say));
  if (!fs::exists(recipe.data.pack)) KABAR_TRY(train::prepare_data(recipe.data, say));
  return train::read_pack(recipe.data.pack);
}

// One line, drawn again: where the run stands and how long it still takes.
void show(const train::LogLine& line, double minutes) {
  std::string left;
  if (minutes > 0) left = fmt::format("  {:.0f} min left", std::max(0.0, minutes - line.hours * 60));
  fmt::print(stderr, "\rstep {}  loss {:.3f}  {:.0f} tokens/s  {:.2f} CPU-hours{}   ", line.step, line.loss,
             line.tokens_per_second, line.cpu_hours, left);
}

Result<void> run(const Arguments& arguments) {
  if (arguments.cool && arguments.minutes <= 0) return fail(ErrorKind::usage, "--cool", "needs --minutes");
  const std::stop_token stop = stop_on_signals();
  KABAR_ASSIGN(const train::TrainingRecipe recipe, train::read_training_recipe(arguments.recipe));
  KABAR_ASSIGN(const std::vector<train::PackedRecord> records, packed_data(recipe));
  KABAR_ASSIGN(const std::unique_ptr<train::Trainer> trainer, train::Trainer::create(recipe, records));
  if (arguments.resume) {
    KABAR_TRY(trainer->load(last_checkpoint(recipe)));
  } else if (!arguments.from.empty()) {
    KABAR_ASSIGN(const mt::Model model, mt::load_package(arguments.from));
    KABAR_ASSIGN(const std::vector<float> weights, train::import_weights(trainer->layout(), model));
    trainer->set_weights(weights.data());
  } else if (fs::exists(last_checkpoint(recipe))) {
    return fail(ErrorKind::conflict, last_checkpoint(recipe).string(),
                "a run was begun here: go on from it with --resume, or take it away");
  }
  train::RunOptions options;
  options.minutes = arguments.minutes;
  options.cool = arguments.cool;
  options.checkpoint = arguments.output.empty() ? last_checkpoint(recipe) : arguments.output;
  options.checkpoint_minutes = recipe.training.checkpoint_minutes;
  options.log = options.checkpoint.parent_path() / "log.tsv";
  KABAR_ASSIGN(options.validate, make_validation(recipe, records));
  options.validation_minutes = recipe.training.validation_minutes;
  options.patience = recipe.training.patience;
  options.best = options.checkpoint.parent_path() / "best.checkpoint";
  std::error_code error;
  fs::create_directories(options.checkpoint.parent_path(), error);
  const Result<void> done =
      run_training(*trainer, options, stop, [&](const train::LogLine& line) { show(line, arguments.minutes); });
  fmt::print(stderr, "\n");
  return done;
}

Result<void> export_checkpoint(const Arguments& arguments) {
  KABAR_ASSIGN(const train::TrainingRecipe recipe, train::read_training_recipe(arguments.recipe));
  KABAR_ASSIGN(const std::vector<train::PackedRecord> records, packed_data(recipe));
  KABAR_ASSIGN(const std::unique_ptr<train::Trainer> trainer, train::Trainer::create(recipe, records));
  KABAR_TRY(trainer->load(arguments.input));
  KABAR_ASSIGN(train::PackageParts parts, train::parts_of_recipe(recipe, records));
  parts.name = arguments.name;
  parts.version = arguments.version;
  parts.licence = arguments.licence;
  parts.data = arguments.data;
  return train::export_package(trainer->layout(), trainer->averages(), parts, arguments.output);
}

Result<void> plot(const Arguments& arguments) {
  KABAR_ASSIGN(const std::string log, read_file(arguments.input, kLogBytesMax));
  KABAR_ASSIGN(const std::string svg, train::plot_log(log, arguments.input.string()));
  return disk().write(arguments.output, svg);
}

std::function<Result<void>()> declare(CLI::App& app, Program&) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("--recipe", arguments->recipe, "The recipe")->type_name("FILE")->capture_default_str();
  app.add_flag("--resume", arguments->resume, "Go on from the last checkpoint of the recipe's folder");
  app.add_option("--from", arguments->from, "Begin from the weights of a package")->type_name("PACKAGE");
  app.add_option("--minutes", arguments->minutes, "End after so long; without it when asked to stop");
  app.add_flag("--cool", arguments->cool, "Take the learning rate down to nothing over --minutes: for a release");
  app.add_option("--checkpoint", arguments->output, "Where to; else last.checkpoint in the recipe's folder")
      ->type_name("FILE");
  CLI::App* export_app = app.add_subcommand("export", "Make a package of a checkpoint's averaged weights");
  export_app->add_option("CHECKPOINT", arguments->input, "The checkpoint")->required();
  export_app->add_option("-o,--output", arguments->output, "Folder of the package")->required()->type_name("PACKAGE");
  export_app->add_option("--name", arguments->name, "Name of the model")->capture_default_str();
  export_app->add_option("--version", arguments->version, "Its version")->capture_default_str();
  export_app->add_option("--licence", arguments->licence, "Licence of the model");
  export_app->add_option("--data", arguments->data, "What it was trained on, in a sentence");
  CLI::App* plot_app = app.add_subcommand("plot", "Draw a training log");
  plot_app->add_option("LOG", arguments->input, "log.tsv of a run")->required();
  plot_app->add_option("-o,--output", arguments->output, "The picture")->required()->type_name("SVG");
  for (CLI::App* sub : {export_app, plot_app}) sub->fallthrough();
  return [=]() -> Result<void> {
    if (export_app->parsed()) return export_checkpoint(*arguments);
    if (plot_app->parsed()) return plot(*arguments);
    return run(*arguments);
  };
}

}  // namespace

extern const Command kTrainCommand;
const Command kTrainCommand = {
    .name = "train",
    .summary = "Train a translation model on this machine",
    .examples =
        "kabar train --recipe train/recipes/starter.toml            # from raw texts to checkpoints\n"
        "kabar train --resume                                       # go on after an interruption\n"
        "kabar train --from models/starter                          # go on from a package\n"
        "kabar train --resume --minutes 60 --cool --checkpoint training/release/cooled.checkpoint\n"
        "kabar train export training/release/cooled.checkpoint -o training/candidate\n"
        "kabar train plot training/starter/log.tsv -o loss.svg      # loss over CPU-hours",
    .declare = declare,
};

}  // namespace kabar::app
