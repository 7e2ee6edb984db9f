// A language by its code; any code of two or three small letters (ISO 639) is a Language.
// What we know of a language (name, script, direction) stands in text/languages.cpp.
#pragma once
#include <array>
#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kabar {

class Language {
 public:
  constexpr Language() = default;  // no language: code() is empty

  // Nothing unless `code` is two or three small letters a-z.
  static constexpr std::optional<Language> parse(std::string_view code) {
    if (code.size() < 2 || code.size() > 3) return std::nullopt;
    for (char c : code) {
      if (c < 'a' || c > 'z') return std::nullopt;
    }
    return Language(code);
  }

  std::string code() const { return std::string(view()); }
  constexpr std::string_view view() const { return std::string_view(letters_.data(), size_); }
  constexpr bool empty() const { return size_ == 0; }
  constexpr auto operator<=>(const Language&) const = default;

  static const Language id, en, zh, ja, ar, fr;  // zh is Simplified Chinese

 private:
  explicit constexpr Language(std::string_view code) : size_(static_cast<unsigned char>(code.size())) {
    for (size_t i = 0; i < code.size(); ++i) letters_[i] = code[i];
  }
  std::array<char, 3> letters_{};
  unsigned char size_ = 0;
};

inline constexpr Language Language::id{"id"};
inline constexpr Language Language::en{"en"};
inline constexpr Language Language::zh{"zh"};
inline constexpr Language Language::ja{"ja"};
inline constexpr Language Language::ar{"ar"};
inline constexpr Language Language::fr{"fr"};

}  // namespace kabar

template <>
struct std::hash<kabar::Language> {
  size_t operator()(const kabar::Language& language) const { return std::hash<std::string_view>()(language.view()); }
};
