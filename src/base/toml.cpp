#include "base/toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace kabar {
namespace {

// toml++ 3.3 stops the program at a table header that does not begin with a key ("[!"): such a line is found before.
Result<void> check_headers(std::string_view text, std::string_view name) {
  int line_number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++line_number;
    const auto skip_blanks = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
    skip_blanks();
    if (!line.starts_with('[')) continue;
    for (int brackets = 0; brackets < 2 && line.starts_with('['); ++brackets) {
      line.remove_prefix(1);
      skip_blanks();
    }
    const char first = line.empty() ? '\0' : line.front();
    const bool letter =
        (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || (first >= '0' && first <= '9');
    if (!letter && std::string_view("-_\"'").find(first) == std::string_view::npos) {
      return fail(ErrorKind::bad_input, fmt::format("{}:{}", name, line_number), "a table header without a name");
    }
  }
  return {};
}

}  // namespace

Result<toml::table> parse_toml(std::string_view text, std::string_view name) {
  KABAR_TRY(check_headers(text, name));
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::bad_input, fmt::format("{}:{}", name, error.source().begin.line),
                std::string(error.description()));
  }
}

}  // namespace kabar
