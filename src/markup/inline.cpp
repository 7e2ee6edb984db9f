#include "markup/inline.h"

#include <array>
#include <utility>

#include "base/utf8.h"

namespace kabar::markup {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 15> kTags = {{{"b", "strong"},
                                         {"strong", "strong"},
                                         {"i", "em"},
                                         {"em", "em"},
                                         {"cite", "em"},
                                         {"a", "a"},
                                         {"code", "code"},
                                         {"tt", "code"},
                                         {"sup", "sup"},
                                         {"sub", "sub"},
                                         {"u", "u"},
                                         {"s", "s"},
                                         {"del", "s"},
                                         {"strike", "s"},
                                         {"mark", "mark"}}};

constexpr std::array<Pair, 24> kReferences = {
    {{"amp", "&"},    {"lt", "<"},    {"gt", ">"},    {"quot", "\""}, {"apos", "'"},   {"nbsp", "\u00A0"},
     {"ndash", "–"},  {"mdash", "—"}, {"lsquo", "‘"}, {"rsquo", "’"}, {"ldquo", "“"},  {"rdquo", "”"},
     {"hellip", "…"}, {"laquo", "«"}, {"raquo", "»"}, {"bull", "•"},  {"middot", "·"}, {"deg", "°"},
     {"times", "×"},  {"copy", "©"},  {"reg", "®"},   {"trade", "™"}, {"eacute", "é"}, {"egrave", "è"}}};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

}  // namespace

std::optional<std::string_view> inline_tag_name(std::string_view element) {
  for (const auto& [name, kept] : kTags) {
    if (name == element) return kept;
  }
  return std::nullopt;
}

bool is_safe_link(std::string_view address) {
  // Browsers skip control characters and blanks inside a scheme.
  std::string scheme;
  for (const char c : address) {
    if (static_cast<unsigned char>(c) <= ' ') continue;
    if (c == ':') return scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
    if (!is_name(c)) return true;  // no scheme: a path, a query, a fragment
    scheme += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return true;
}

std::string decode_reference(std::string_view reference) {
  std::string_view name = reference;
  if (!name.starts_with('&')) return std::string(reference);
  name.remove_prefix(1);
  if (name.ends_with(';')) name.remove_suffix(1);
  if (name.starts_with('#')) {
    name.remove_prefix(1);
    const bool hexadecimal = name.starts_with('x') || name.starts_with('X');
    if (hexadecimal) name.remove_prefix(1);
    char32_t point = 0;
    for (const char c : name) {
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : 99;
      if (digit >= (hexadecimal ? 16 : 10) || point > 0x10FFFF) return std::string(reference);
      point = point * (hexadecimal ? 16 : 10) + static_cast<char32_t>(digit);
    }
    std::string out;
    append_utf8(out, point == 0 ? 0xFFFD : point);
    return out;
  }
  for (const auto& [known, value] : kReferences) {
    if (known == name) return std::string(value);
  }
  return std::string(reference);
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace kabar::markup
