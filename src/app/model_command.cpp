#include <fmt/format.h>

#include "app/command.h"
#include "app/eval_command.h"
#include "base/language.h"
#include "mt/convert.h"
#include "mt/package.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

struct ConvertArguments {
  mt::ConvertOptions options;
  std::string precision, from, to;
  fs::path package;
};

Result<Language> language(const char* option, const std::string& code) {
  const std::optional<Language> parsed = Language::parse(code);
  if (!parsed) return fail(ErrorKind::usage, option, fmt::format("'{}' is not a language code", code));
  return *parsed;
}

Result<void> convert(ConvertArguments& arguments) {
  KABAR_ASSIGN(arguments.options.source, language("--from", arguments.from));
  KABAR_ASSIGN(arguments.options.target, language("--to", arguments.to));
  if (arguments.precision == "int8") arguments.options.precision = mt::Precision::int8;
  if (arguments.precision == "float32") arguments.options.precision = mt::Precision::float32;
  return mt::convert_model(arguments.options, arguments.package);
}

Result<void> info(const fs::path& package) {
  KABAR_ASSIGN(const mt::PackageInfo info, mt::read_package_info(package));
  fmt::print(
      "name          {}\nversion       {}\narchitecture  {}\nlicence       {}\ndata          {}\nsource        {}\n",
      info.name, info.version, info.architecture, info.licence, info.data, mt::list_sources(info, " "));
  fmt::print("targets      ");
  for (const Language head : info.heads) fmt::print(" {}", head.view());
  fmt::print("\n");
  for (const auto& [key, value] : info.scores) fmt::print("score         {} {}\n", key, value);
  for (const auto& [name, file] : info.files) fmt::print("file          {} {} {}\n", name, file.bytes, file.sha256);
  return {};
}

Result<void> verify(const fs::path& package) {
  KABAR_TRY(mt::verify_package(package));
  fmt::print("{}: every file is whole and fits\n", package.string());
  return {};
}

Result<void> list(const fs::path& folder) {
  for (const fs::path& package : mt::list_packages(folder)) {
    const Result<mt::PackageInfo> info = mt::read_package_info(package);
    if (!info) {
      fmt::print("{}\t{}\n", package.string(), info.error().text());
      continue;
    }
    std::string targets;
    for (const Language head : info->heads) targets += fmt::format("{}{}", targets.empty() ? "" : ",", head.view());
    fmt::print("{}\t{} {}\t{} -> {}\n", package.string(), info->name, info->version, mt::list_sources(*info, ","),
               targets);
  }
  return {};
}

void declare_convert(CLI::App& app, ConvertArguments& arguments) {
  mt::ConvertOptions& options = arguments.options;
  app.add_option("--weights", options.weights, "Marian model, .npz or .bin (float32, or int8 with or without alphas)")
      ->required()
      ->type_name("FILE");
  app.add_option("--source-vocab", options.source_vocabulary, "Vocabulary: .spm, .yml, or one piece per line")
      ->required()
      ->type_name("FILE");
  app.add_option("--target-vocab", options.target_vocabulary, "The same for the target")->required()->type_name("FILE");
  app.add_option("--source-spm", options.source_spm, "SentencePiece model that segments for a .yml vocabulary")
      ->type_name("FILE");
  app.add_option("--target-spm", options.target_spm, "The same for the target")->type_name("FILE");
  app.add_option("--shortlist", options.shortlist, "Lexical shortlist, Marian's binary or text format")
      ->type_name("FILE");
  app.add_option("--precision", arguments.precision, "Of the matrices; without it as in the file")
      ->check(CLI::IsMember({"int8", "float32"}));
  app.add_option("--from", arguments.from, "Source language")->required()->type_name("LANG");
  app.add_option("--to", arguments.to, "Target language")->required()->type_name("LANG");
  app.add_option("-o,--output", arguments.package, "Folder of the package")->required()->type_name("PACKAGE");
  app.add_option("--name", options.name, "Name of the model; without it FROM-TO");
  app.add_option("--licence", options.licence, "Licence of the model");
  app.add_option("--data", options.data, "What it was trained on, in a sentence");
}

std::function<Result<void>()> declare(CLI::App& app, Program&) {
  struct Arguments {
    ConvertArguments convert;
    fs::path package;
    fs::path folder = "models";
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* convert_app = app.add_subcommand("convert", "Make a package of a Marian, OPUS-MT or Firefox model");
  declare_convert(*convert_app, arguments->convert);
  CLI::App* info_app = app.add_subcommand("info", "Show what a package is and holds");
  CLI::App* verify_app = app.add_subcommand("verify", "Check every file of a package against its SHA-256");
  for (CLI::App* one : {info_app, verify_app})
    one->add_option("PACKAGE", arguments->package, "Folder of the package")->required();
  CLI::App* list_app = app.add_subcommand("list", "List the packages of a folder");
  list_app->add_option("FOLDER", arguments->folder, "Where packages are")->capture_default_str();
  CLI::App* eval_app = app.add_subcommand("eval", "Score a package on sentences with reference translations");
  const std::function<Result<void>()> evaluate = declare_model_eval(*eval_app);
  app.require_subcommand(1);
  return [=]() -> Result<void> {
    if (eval_app->parsed()) return evaluate();
    if (convert_app->parsed()) return convert(arguments->convert);
    if (info_app->parsed()) return info(arguments->package);
    if (verify_app->parsed()) return verify(arguments->package);
    return list(arguments->folder);
  };
}

}  // namespace

extern const Command kModelCommand;
const Command kModelCommand = {
    .name = "model",
    .summary = "Convert, inspect, check and score translation models",
    .examples =
        "kabar model info models/starter\n"
        "kabar model verify models/starter    # SHA-256 of every file\n"
        "kabar model eval models/starter --set tests/eval/news-dev.tsv    # chrF and BLEU per language\n"
        "kabar model convert --weights model.npz --source-vocab vocab.spm --target-vocab vocab.spm --from en --to id "
        "-o models/en-id   # a Marian model",
    .declare = declare,
};

}  // namespace kabar::app
