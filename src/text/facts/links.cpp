#include "text/facts/readers.h"

namespace kabar::text {
namespace {

bool is_alnum(char32_t c) { return is_digit(c) || (c >= U'a' && c <= U'z'); }
bool is_host(char32_t c) { return is_alnum(c) || c == U'-' || c == U'.'; }
bool is_address(char32_t c) {
  return c > 0x20 && c < 0x7F && c != U'"' && c != U'<' && c != U'>' && c != U'\'' && c != U'{' && c != U'}';
}

// Punctuation behind an address belongs to the sentence.
int trim_end(const FoldedText& text, int begin, int end) {
  int open = 0;
  for (int i = begin; i < end; ++i) open += text.at(i) == U'(' ? 1 : text.at(i) == U')' ? -1 : 0;
  while (end > begin) {
    const char32_t c = text.at(end - 1);
    const bool stray_bracket = c == U')' && open < 0;
    if (c != U'.' && c != U',' && c != U';' && c != U':' && c != U'!' && c != U'?' && !stray_bracket) break;
    if (stray_bracket) ++open;
    --end;
  }
  return end;
}

bool starts_with(const FoldedText& text, int at, std::u32string_view prefix) {
  for (size_t i = 0; i < prefix.size(); ++i) {
    if (text.at(at + static_cast<int>(i)) != prefix[i]) return false;
  }
  return true;
}

// Only these make "name.tld" an address without "http://": a missing space after a full stop must not.
bool ends_in_domain(const FoldedText& text, int begin, int end) {
  constexpr std::u32string_view kDomains[] = {U".com", U".net", U".org", U".id", U".info", U".gov", U".edu",
                                              U".co",  U".tv",  U".io",  U".jp", U".fr",   U".cn",  U".uk"};
  for (const std::u32string_view domain : kDomains) {
    const int size = static_cast<int>(domain.size());
    if (end - begin > size && starts_with(text, end - size, domain)) return true;
  }
  return false;
}

std::optional<Fact> fact(FactKind kind, int begin, int end) {
  Fact found;
  found.kind = kind;
  found.span = {begin, end};
  return found;
}

std::optional<Fact> read_url(const FoldedText& text, int at) {
  int host = at;
  bool certain = false;
  for (const std::u32string_view scheme :
       {std::u32string_view(U"http://"), std::u32string_view(U"https://"), std::u32string_view(U"www.")}) {
    if (!starts_with(text, at, scheme)) continue;
    certain = true;
    host = at + static_cast<int>(scheme.size());
  }
  int end = host;
  while (is_host(text.at(end))) ++end;
  const int host_end = trim_end(text, host, end);
  if (host_end == host || (!certain && !ends_in_domain(text, host, host_end))) return std::nullopt;
  end = host_end;
  if (certain || text.at(end) == U'/') {
    while (is_address(text.at(end))) ++end;
    end = trim_end(text, at, end);
  }
  return fact(FactKind::url, at, end);
}

std::optional<Fact> read_email(const FoldedText& text, int at) {
  const auto is_local = [](char32_t c) { return is_host(c) || c == U'_' || c == U'+' || c == U'%'; };
  int end = at;
  while (is_local(text.at(end))) ++end;
  if (end == at || text.at(end) != U'@') return std::nullopt;
  const int host = end + 1;
  bool dot = false;
  for (end = host; is_host(text.at(end)); ++end) dot = dot || text.at(end) == U'.';
  end = trim_end(text, host, end);
  if (!dot || end - host < 4) return std::nullopt;
  return fact(FactKind::email, at, end);
}

std::optional<Fact> read_tag(const FoldedText& text, int at) {
  const bool handle = text.at(at) == U'@';
  int end = at + 1;
  bool letters = false;
  for (;; ++end) {
    const char32_t c = text.at(end);
    const LetterClass letter = letter_class(c);
    const bool inner_dot = handle && c == U'.' && is_alnum(text.at(end + 1));
    if (!is_digit(c) && c != U'_' && !inner_dot && (letter == LetterClass::none || (handle && c >= 0x80))) break;
    letters = letters || letter != LetterClass::none;
  }
  if (!letters) return std::nullopt;
  return fact(handle ? FactKind::handle : FactKind::hashtag, at, end);
}

}  // namespace

std::optional<Fact> read_link(const Reader& reader, int at) {
  const FoldedText& text = reader.text;
  const char32_t c = text.at(at);
  if (c == U'@' || c == U'#') return read_tag(text, at);
  if (!is_alnum(c)) return std::nullopt;
  // Cheap look ahead: an address has '@', '.' or ':' behind its first letters.
  int end = at;
  while (is_alnum(text.at(end)) || text.at(end) == U'-' || text.at(end) == U'_' || text.at(end) == U'+') ++end;
  const char32_t next = text.at(end);
  if (next != U'@' && next != U'.' && next != U':') return std::nullopt;
  if (std::optional<Fact> email = read_email(text, at)) return email;
  return read_url(text, at);
}

}  // namespace kabar::text
