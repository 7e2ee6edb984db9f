// What a command of the program is. One file per command, one line per command in commands.cpp.
#pragma once
#include <filesystem>
#include <functional>
#include <string_view>

#include <CLI/CLI.hpp>

#include "base/result.h"

namespace kabar::app {

// What the global options say; filled before a command runs.
struct Program {
  std::filesystem::path dir;      // --dir as given; empty: the nearest folder upwards with kabar.toml
  const CLI::App* cli = nullptr;  // the whole declared command line, for completion and the man page
};

struct Command {
  std::string_view name;      // one lower-case word
  std::string_view summary;   // one sentence without a full stop
  std::string_view examples;  // complete command lines, one a line, each with what it does behind "#"
  // Declares arguments and options on `app` and returns what to do with them once they are parsed. `program`
  // outlives the call. What the function returns as an Error becomes one line on stderr and the exit code.
  std::function<Result<void>()> (*declare)(CLI::App& app, Program& program);
};

}  // namespace kabar::app
