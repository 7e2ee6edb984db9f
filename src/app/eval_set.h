// A set of sentences in several languages, line by line the same.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/language.h"
#include "base/result.h"

namespace kabar::app {

using EvalSet = std::map<Language, std::vector<std::string>>;

// A folder with a file XX.txt for each language, or a file of six tab-separated columns (id en fr zh ja ar).
// bad_input when the files do not have the same number of lines.
Result<EvalSet> read_eval_set(const std::filesystem::path& path);

}  // namespace kabar::app
