// The list of all commands and the program made of them.
#pragma once
#include <memory>
#include <span>

#include "app/command.h"

namespace kabar::app {

// In the order in which help shows them.
std::span<const Command* const> commands();

// What the program's exit codes mean; the numbers are those of base/result.h.
struct ExitCode {
  int number;
  std::string_view meaning;
};
std::span<const ExitCode> exit_codes();

// A command line that is declared and can be parsed.
struct CommandLine {
  std::unique_ptr<CLI::App> cli;
  std::unique_ptr<Program> program;
  std::vector<std::function<Result<void>()>> actions;  // one per command, in the order of commands()
};
CommandLine declare_commands();

// Runs the program and returns its exit code: 0, 1 for a fault of ours, else exit_code() of base/result.h.
int run(int argument_count, const char* const* arguments);

}  // namespace kabar::app
