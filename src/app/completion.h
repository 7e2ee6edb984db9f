// What is made from the one list of commands: completion scripts for shells and the man page.
#pragma once
#include <string>

#include <CLI/CLI.hpp>

#include "base/result.h"

namespace kabar::app {

// `shell` is bash, zsh or fish; usage for another.
Result<std::string> completion_script(const CLI::App& cli, const std::string& shell);

// troff, for man(1).
std::string man_page(const CLI::App& cli);

}  // namespace kabar::app
