// TOML texts (settings, recipes, messages, model manifests) read with toml++, errors as ours.
#pragma once
#include <toml++/toml.h>

#include <string_view>

#include "base/result.h"

namespace kabar {

// bad_input at "NAME:LINE" for a text that is not TOML 1.0 in UTF-8. A line inside a multi-line array or string must
// not begin with '[' and a character that no key begins with (see the .cpp). `name` says where the text comes from.
Result<toml::table> parse_toml(std::string_view text, std::string_view name);

}  // namespace kabar
