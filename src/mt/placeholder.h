// Placeholders: single vocabulary pieces that stand for a fact or term and pass through the model unharmed.
// "⟦N0⟧" is the first number of a sentence, "⟦N1⟧" the second. The starter model is trained on them; the same
// strings are user-defined symbols of its vocabularies on both sides.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kabar::mt {

inline constexpr std::string_view kPlaceholderKinds = "NPMDTCX";
// N number, P percent, M money, D date, T time, C copy (link, e-mail, handle, hashtag, code), X term or name.
inline constexpr int kPlaceholdersPerKind = 6;  // ⟦N0⟧ … ⟦N5⟧: 42 symbols

struct Placeholder {
  char kind = 'N';  // one of kPlaceholderKinds
  int index = 0;    // 0 … kPlaceholdersPerKind - 1, counted per kind from the start of the sentence
  auto operator<=>(const Placeholder&) const = default;
};

// "⟦N0⟧": U+27E6, kind, index, U+27E7.
std::string to_string(Placeholder placeholder);
// The placeholder that `text` begins with, or nothing. Its length is always kPlaceholderBytes.
std::optional<Placeholder> parse_placeholder(std::string_view text);
inline constexpr size_t kPlaceholderBytes = 8;
inline constexpr int kPlaceholderPoints = 4;

}  // namespace kabar::mt
