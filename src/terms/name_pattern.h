// "the {} River": what a language writes before and behind a name.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kabar::terms {

struct NamePattern {
  std::string before, behind;  // the name

  // Nothing unless the cell has one {}.
  static std::optional<NamePattern> parse(std::string_view cell) {
    const size_t place = cell.find("{}");
    if (place == std::string_view::npos || cell.find("{}", place + 1) != std::string_view::npos) return std::nullopt;
    return NamePattern{std::string(cell.substr(0, place)), std::string(cell.substr(place + 2))};
  }
  std::string fill(std::string_view name) const { return before + std::string(name) + behind; }
};

}  // namespace kabar::terms
