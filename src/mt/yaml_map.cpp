#include "mt/yaml_map.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "base/utf8.h"

namespace kabar::mt {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Parser {
 public:
  Parser(std::string_view text, std::string_view name) : text_(text), name_(name) {}

  Result<std::vector<std::pair<std::string, int64_t>>> parse() {
    std::vector<std::pair<std::string, int64_t>> entries;
    if (rest().starts_with("---")) at_ = std::min(text_.find('\n'), text_.size());
    skip_blank();
    const bool flow = rest().starts_with("{");
    if (flow) ++at_;
    while (true) {
      skip_blank();
      if (flow && rest().starts_with("}")) {
        ++at_;
        skip_blank();
        if (at_ < text_.size()) return wrong("text after the closing brace");
        return entries;
      }
      if (at_ == text_.size() || rest().starts_with("...\n")) break;
      KABAR_ASSIGN(std::string key, read_key(flow));
      KABAR_ASSIGN(const int64_t value, read_value());
      entries.emplace_back(std::move(key), value);
      if (!flow) continue;
      skip_blank();
      if (rest().starts_with(",")) {
        ++at_;
      } else if (!rest().starts_with("}")) {
        return wrong("expected ',' or '}'");
      }
    }
    if (flow) return wrong("the closing brace is missing");
    return entries;
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  tl::unexpected<Error> wrong(std::string message) const {
    const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n');
    return fail(ErrorKind::bad_input, fmt::format("{}:{}", name_, line), std::move(message));
  }
  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  // White space, line ends and comment lines.
  void skip_blank() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const bool line_start = at_ == 0 || text_[at_ - 1] == '\n';
      if (c == '#' && line_start) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        ++at_;
      } else {
        return;
      }
    }
  }

  Result<std::string> read_key(bool flow) {
    const bool question = rest().starts_with("? ");
    if (question) {
      at_ += 2;
      skip_spaces();
    }
    std::string key;
    if (rest().starts_with("\"")) {
      KABAR_ASSIGN(key, read_double_quoted());
    } else if (rest().starts_with("'")) {
      KABAR_ASSIGN(key, read_single_quoted());
    } else {
      KABAR_ASSIGN(key, read_plain(flow, question));
    }
    if (question) {
      skip_blank();
    } else {
      skip_spaces();
    }
    if (!rest().starts_with(":")) return wrong("expected ':' behind a piece");
    ++at_;
    return key;
  }

  // A plain key may hold colons itself, so it ends at the last ": NUMBER" of its line.
  Result<std::string> read_plain(bool flow, bool question) {
    const size_t line_end = std::min(text_.find('\n', at_), text_.size());
    std::string_view line = text_.substr(at_, line_end - at_);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r' || line.back() == '\t')) line.remove_suffix(1);
    size_t size = line.size();
    if (flow) {
      size = std::min(line.find(": "), line.size());
    } else if (!question) {
      while (size > 0 && is_digit(line[size - 1])) --size;
      while (size > 0 && line[size - 1] == ' ') --size;
      if (size == 0 || line[size - 1] != ':') return wrong("expected 'piece: number'");
      --size;
    }
    if (size == 0) return wrong("a piece is empty");
    std::string key(line.substr(0, size));
    at_ += size;
    return key;
  }

  Result<std::string> read_single_quoted() {
    std::string key;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != '\'') {
        key += text_[at_];
      } else if (text_.substr(at_ + 1).starts_with("'")) {
        key += '\'';
        ++at_;
      } else {
        ++at_;
        return key;
      }
    }
    return wrong("a quotation mark is not closed");
  }

  Result<std::string> read_double_quoted() {
    std::string key;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return key;
      }
      if (c != '\\') {
        key += c;
        continue;
      }
      if (++at_ == text_.size()) break;
      KABAR_ASSIGN(const char32_t point, read_escape());
      append_utf8(key, point);
    }
    return wrong("a quotation mark is not closed");
  }

  // at_ stands on the character behind the backslash and ends on the last of the escape.
  Result<char32_t> read_escape() {
    constexpr std::string_view kLetters = "0abtnvfre\"\\/ N_LP";
    constexpr char32_t kPoints[] = {0, 7, 8, 9, 10, 11, 12, 13, 27, '"', '\\', '/', ' ', 0x85, 0xA0, 0x2028, 0x2029};
    static_assert(kLetters.size() == std::size(kPoints));
    const char c = text_[at_];
    if (const size_t index = kLetters.find(c); index != std::string_view::npos) return kPoints[index];
    const int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0) return wrong(fmt::format("unknown escape '\\{}'", c));
    KABAR_ASSIGN(char32_t point, read_hex(digits));
    // JSON writes characters beyond U+FFFF as two surrogates.
    if (point >= 0xD800 && point < 0xDC00 && text_.substr(at_ + 1).starts_with("\\u")) {
      at_ += 2;
      KABAR_ASSIGN(const char32_t low, read_hex(4));
      if (low < 0xDC00 || low > 0xDFFF) return wrong("half of a surrogate pair");
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    }
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return wrong("not a character");
    return point;
  }

  Result<char32_t> read_hex(int digits) {
    const std::string_view hex = text_.substr(at_ + 1, static_cast<size_t>(digits));
    uint32_t value = 0;
    const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
    if (error != std::errc() || end != hex.data() + digits) return wrong("a hexadecimal escape is too short");
    at_ += static_cast<size_t>(digits);
    return static_cast<char32_t>(value);
  }

  Result<int64_t> read_value() {
    skip_spaces();
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (error != std::errc()) return wrong("expected a number behind ':'");
    at_ = static_cast<size_t>(end - text_.data());
    return value;
  }

  std::string_view text_, name_;
  size_t at_ = 0;
};

}  // namespace

Result<std::vector<std::pair<std::string, int64_t>>> parse_yaml_map(std::string_view text, std::string_view name) {
  return Parser(strip_bom(text), name).parse();
}

}  // namespace kabar::mt
