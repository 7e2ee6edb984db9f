#include <fmt/format.h>

#include "app/command.h"
#include "app/completion.h"

namespace kabar::app {
namespace {

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto shell = std::make_shared<std::string>();
  app.add_option("SHELL", *shell, "bash, zsh, fish, or man for the man page")->required();
  return [&program, shell]() -> Result<void> {
    if (*shell == "man") {
      fmt::print("{}", man_page(*program.cli));
      return {};
    }
    KABAR_ASSIGN(const std::string script, completion_script(*program.cli, *shell));
    fmt::print("{}", script);
    return {};
  };
}

}  // namespace

extern const Command kCompletionCommand;
const Command kCompletionCommand = {
    .name = "completion",
    .summary = "Print the completion script of a shell, or the man page",
    .examples =
        "source <(kabar completion bash)\n"
        "kabar completion man >/usr/local/share/man/man1/kabar.1",
    .declare = declare,
};

}  // namespace kabar::app
