// A set of sentences in several languages, line by line the same.
#pragma once
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "mt/engine.h"

namespace kabar::app {

using EvalSet = std::map<Language, std::vector<std::string>>;

// A folder with a file XX.txt for each language, or a file of six tab-separated columns (id en fr zh ja ar).
// bad_input when the files do not have the same number of lines.
Result<EvalSet> read_eval_set(const std::filesystem::path& path);

// The model alone, without anything around it: [target][line].
Result<std::vector<std::vector<mt::Hypothesis>>> translate_bare(const mt::Engine& engine,
                                                                const std::vector<std::string>& lines, Language source,
                                                                std::span<const Language> targets, int beam);

}  // namespace kabar::app
