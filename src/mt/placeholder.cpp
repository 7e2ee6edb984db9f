#include "mt/placeholder.h"

namespace kabar::mt {
namespace {
constexpr std::string_view kOpen = "\u27E6";
constexpr std::string_view kClose = "\u27E7";
}  // namespace

std::string to_string(Placeholder placeholder) {
  std::string text(kOpen);
  text += placeholder.kind;
  text += static_cast<char>('0' + placeholder.index);
  text += kClose;
  return text;
}

std::optional<Placeholder> parse_placeholder(std::string_view text) {
  if (text.size() < kPlaceholderBytes || !text.starts_with(kOpen) || text.substr(5, 3) != kClose) return std::nullopt;
  const Placeholder placeholder{text[3], text[4] - '0'};
  if (kPlaceholderKinds.find(placeholder.kind) == std::string_view::npos) return std::nullopt;
  if (placeholder.index < 0 || placeholder.index >= kPlaceholdersPerKind) return std::nullopt;
  return placeholder;
}

}  // namespace kabar::mt
