// Percent-encoded bytes (RFC 3986, section 2.1).
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace kabar {

// The byte that "%XX" at `at` stands for; nothing if no percent sign with two hexadecimal digits stands there.
std::optional<char> percent_byte(std::string_view text, size_t at);

}  // namespace kabar
