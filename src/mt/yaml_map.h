// The part of YAML and JSON that vocabularies are written in: one map from a string to a number.
// Parsed by hand, since keys such as no, null or 1e3 are pieces and must stay text.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace kabar::mt {

// Entries in the order of the file. Block maps ("piece: 5", "? piece" with ": 5" below), flow maps and JSON; plain,
// single- and double-quoted keys. Errors: bad_input with the line.
Result<std::vector<std::pair<std::string, int64_t>>> parse_yaml_map(std::string_view text, std::string_view name);

}  // namespace kabar::mt
