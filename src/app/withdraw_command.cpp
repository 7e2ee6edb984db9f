#include <fmt/format.h>

#include "app/newsroom.h"
#include "app/readers_first.h"
#include "life/steps/withdraw.h"

namespace kabar::app {
namespace {

struct Arguments {
  std::string article;
  std::string reason;
  std::string note;
  std::string by;
};

Result<void> run_withdraw(const Program& program, const Arguments& arguments) {
  KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk(program));
  KABAR_ASSIGN(
      const std::vector<Language> languages,
      life::withdraw(desk->life(), arguments.article, editor_name(arguments.by), arguments.reason, arguments.note));
  std::string names;
  for (const Language language : languages) names += (names.empty() ? "" : ", ") + language.code();
  fmt::print("withdrawn{}{}\n", names.empty() ? "" : ": ", names);
  return show_readers_now(*desk);
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("ARTICLE", arguments->article, "Id of the article")->required();
  app.add_option("--reason", arguments->reason, "What readers are told: error or law; else a neutral sentence")
      ->check(CLI::IsMember({"error", "law"}))
      ->type_name("REASON");
  app.add_option("--note", arguments->note, "Why, for the log only")->type_name("TEXT");
  app.add_option("--by", arguments->by, "Who withdraws; else the user's name")->type_name("NAME");
  return [&program, arguments] { return run_withdraw(program, *arguments); };
}

}  // namespace

extern const Command kWithdrawCommand;
const Command kWithdrawCommand = {
    .name = "withdraw",
    .summary = "Take an article from readers in every language at once",
    .examples = "kabar withdraw harga-beras --reason law --note \"court order 12/2026\"",
    .declare = declare,
};

}  // namespace kabar::app
