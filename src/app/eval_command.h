// `kabar model eval`: chrF and BLEU of a package on a set of sentences with reference translations.
#pragma once
#include <functional>

#include <CLI/CLI.hpp>

#include "base/result.h"

namespace kabar::app {

// Declares the subcommand's arguments on `app` and returns what to do with them once they are parsed.
std::function<Result<void>()> declare_model_eval(CLI::App& app);

}  // namespace kabar::app
