#include <fmt/format.h>

#include "app/newsroom.h"
#include "app/readers_first.h"
#include "life/steps/correct.h"

namespace kabar::app {
namespace {

struct Arguments {
  life::CorrectionRequest request;
  std::string what = "other";
  std::string language;
  int remove = 0;
};

Result<void> run_correct(const Program& program, Arguments& arguments) {
  life::CorrectionRequest& request = arguments.request;
  request.who = editor_name(request.who);
  if (arguments.remove > 0) {
    KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk(program));
    KABAR_TRY(life::remove_correction(desk->life(), request.article, arguments.remove, request.who));
    return show_readers_now(*desk);
  }
  const std::optional<life::Wrong> what = life::parse_wrong(arguments.what);
  if (!what) return fail(ErrorKind::usage, "--what", fmt::format("must be one of {}", life::wrong_names()));
  request.what = *what;
  if (!arguments.language.empty()) {
    const std::optional<Language> language = Language::parse(arguments.language);
    if (!language) return fail(ErrorKind::usage, "--to", "not a language code");
    request.language = *language;
  }
  KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk(program));
  return life::correct(desk->life(), request);
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("ARTICLE", arguments->request.article, "Id of the article")->required();
  app.add_option("--remove", arguments->remove, "Take back the notice of this number (kabar show tells it)")
      ->check(CLI::PositiveNumber)
      ->type_name("NUMBER");
  app.add_option("--what", arguments->what, fmt::format("What was wrong: {}", life::wrong_names()))->type_name("KIND");
  app.add_option("--wrong", arguments->request.wrong, "What it said, in the main language")->type_name("TEXT");
  app.add_option("--right", arguments->request.right, "What is right, in the main language")->type_name("TEXT");
  app.add_option("--to", arguments->language, "Only this translation was wrong; --wrong and --right are in it")
      ->type_name("LANG");
  app.add_option("--by", arguments->request.who, "Who corrects; else the user's name")->type_name("NAME");
  return [&program, arguments] { return run_correct(program, *arguments); };
}

}  // namespace

extern const Command kCorrectCommand;
const Command kCorrectCommand = {
    .name = "correct",
    .summary = "Tell readers in every language what was wrong (import mends the text)",
    .examples =
        "kabar correct harga-beras --what number --wrong \"12 ribu\" --right \"1,2 juta\"\n"
        "kabar correct harga-beras --what name --wrong \"Sri Hartati\" --right \"Sri Hartini\"\n"
        "kabar correct harga-beras --remove 2    # a notice that was itself a mistake\n"
        "kabar correct harga-beras --to en --wrong \"He\" --right \"She\"    # a fault of the translation",
    .declare = declare,
};

}  // namespace kabar::app
