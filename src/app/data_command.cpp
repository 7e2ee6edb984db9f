#include <fmt/format.h>

#include "app/command.h"
#include "train/bilingual_lexicon.h"
#include "train/lexical_tables.h"
#include "train/prepare.h"
#include "train/vocabulary_training.h"

namespace kabar::app {
namespace {

struct DataArguments {
  std::filesystem::path recipe, pack, output;
};

void say(const std::string& line) { fmt::print(stderr, "{}\n", line); }

void print_report(const train::DataRecipe& recipe, const train::PreparationReport& report) {
  for (const auto& [reason, count] : report.dropped) fmt::print("dropped\t{}\t{}\n", reason, count);
  for (const train::GroupRule& group : recipe.groups) {
    const auto count = report.records.find(group.name);
    fmt::print("group\t{}\t{}\n", group.name, count == report.records.end() ? 0 : count->second);
  }
  for (size_t head = 0; head < train::kHeads.size(); ++head) {
    fmt::print("pieces\t{}\t{}\n", train::kHeads[head].view(), report.target_pieces[head]);
  }
  fmt::print("masked\t{}\nnames\t{}\nwritten\t{}\n", report.masked, report.with_names, recipe.pack.string());
}

Result<void> prepare(const DataArguments& arguments) {
  KABAR_ASSIGN(train::DataRecipe recipe, train::read_data_recipe(arguments.recipe));
  if (!arguments.output.empty()) recipe.pack = arguments.output;
  KABAR_ASSIGN(const train::PreparationReport report, train::prepare_data(recipe, say));
  print_report(recipe, report);
  return {};
}

Result<void> vocabularies(const DataArguments& arguments) {
  KABAR_ASSIGN(train::DataRecipe recipe, train::read_data_recipe(arguments.recipe));
  if (!arguments.output.empty()) recipe.vocabularies = arguments.output;
  return train::train_vocabularies(recipe, say);
}

// `write` makes tables of the recipe's packed data in the folder asked for.
template <typename Write>
Result<void> tables(const DataArguments& arguments, const Write& write) {
  KABAR_ASSIGN(const train::DataRecipe recipe, train::read_data_recipe(arguments.recipe));
  KABAR_ASSIGN(const train::Vocabularies pieces, train::Vocabularies::open(recipe.vocabularies));
  KABAR_ASSIGN(const auto records, train::read_pack(recipe.pack));
  return write(recipe, records, pieces, arguments.output);
}

Result<void> lexical(const DataArguments& arguments) {
  return tables(arguments, [](const auto&, const auto& records, const auto& pieces, const auto& folder) {
    return train::write_lexical_tables(records, pieces, folder);
  });
}

Result<void> lexicon(const DataArguments& arguments) {
  return tables(arguments,
                [](const auto& recipe, const auto& records, const auto& pieces, const auto& folder) -> Result<void> {
                  std::vector<train::DictionaryEntry> dictionary;
                  if (!recipe.dictionary.empty()) {
                    KABAR_ASSIGN(dictionary, train::read_dictionary(recipe.dictionary));
                  }
                  return train::write_bilingual_lexicon(records, pieces, dictionary, folder);
                });
}

std::function<Result<void>()> declare(CLI::App& app, Program&) {
  auto arguments = std::make_shared<DataArguments>();
  CLI::App* prepare_app = app.add_subcommand("prepare", "Read, clean, choose, mask, align and pack the corpus");
  CLI::App* vocabularies_app = app.add_subcommand("vocabularies", "Train the vocabularies");
  CLI::App* lexical_app = app.add_subcommand("lexical", "Make the lexical tables of the checks from the packed data");
  CLI::App* lexicon_app = app.add_subcommand("lexicon", "Make the lexicon of the translator from the packed data");
  for (CLI::App* one : {prepare_app, vocabularies_app, lexical_app, lexicon_app}) {
    one->add_option("RECIPE", arguments->recipe, "Recipe with a [data] part")->required();
  }
  prepare_app->add_option("-o,--output", arguments->output, "Pack to write instead of the recipe's");
  vocabularies_app->add_option("-o,--output", arguments->output, "Folder to write to instead of the recipe's");
  for (CLI::App* one : {lexical_app, lexicon_app}) {
    one->add_option("-o,--output", arguments->output, "Folder of the tables")->required();
  }
  app.require_subcommand(1);
  return [=]() -> Result<void> {
    if (prepare_app->parsed()) return prepare(*arguments);
    if (vocabularies_app->parsed()) return vocabularies(*arguments);
    return lexical_app->parsed() ? lexical(*arguments) : lexicon(*arguments);
  };
}

}  // namespace

extern const Command kDataCommand;
const Command kDataCommand = {
    .name = "data",
    .summary = "Prepare the data that models are trained on",
    .examples =
        "kabar data vocabularies train/recipes/starter.toml          # once: a model belongs to its vocabularies\n"
        "kabar data prepare train/recipes/starter.toml               # from the corpus to packed sentences\n"
        "kabar data lexical train/recipes/starter.toml -o data/lexical    # word tables for the checks\n"
        "kabar data lexicon train/recipes/starter.toml -o data/lexicon    # hints for the translator",
    .declare = declare,
};

}  // namespace kabar::app
