#include "markup/front_matter.h"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace kabar::markup {
namespace {

constexpr int kEntriesMax = 200;
constexpr std::chrono::hours kNewsroomZone{7};

std::string_view trim(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// Goes through the lines of the head; `line` counts from 1 as editors do.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  bool next(std::string_view& out) {
    if (at_ >= text_.size()) return false;
    const size_t end = std::min(text_.find('\n', at_), text_.size());
    out = text_.substr(at_, end - at_);
    if (!out.empty() && out.back() == '\r') out.remove_suffix(1);
    before_ = at_;
    at_ = std::min(end + 1, text_.size());
    ++line;
    return true;
  }
  void back() {
    at_ = before_;
    --line;
  }
  size_t at() const { return at_; }
  int line = 0;

 private:
  std::string_view text_;
  size_t at_ = 0;
  size_t before_ = 0;
};

// Reads one scalar at the front of `rest` and takes it off. Flow lists end it at ',' and ']'.
Result<std::string> read_scalar(std::string_view& rest, bool in_list, const std::string& place) {
  rest = trim(rest);
  std::string value;
  if (!rest.empty() && rest.front() == '"') {
    size_t at = 1;
    for (; at < rest.size() && rest[at] != '"'; ++at) {
      if (rest[at] == '\\' && at + 1 < rest.size()) {
        ++at;
        value += rest[at] == 'n' ? '\n' : rest[at] == 't' ? '\t' : rest[at];
      } else {
        value += rest[at];
      }
    }
    if (at >= rest.size()) return fail(ErrorKind::bad_input, place, "a quoted value has no closing \"");
    rest.remove_prefix(at + 1);
    return value;
  }
  if (!rest.empty() && rest.front() == '\'') {
    size_t at = 1;
    for (; at < rest.size(); ++at) {
      if (rest[at] == '\'') {
        if (at + 1 >= rest.size() || rest[at + 1] != '\'') break;
        ++at;
      }
      value += rest[at];
    }
    if (at >= rest.size()) return fail(ErrorKind::bad_input, place, "a quoted value has no closing '");
    rest.remove_prefix(at + 1);
    return value;
  }
  size_t end = in_list ? std::min(rest.find_first_of(",]"), rest.size()) : rest.size();
  const size_t comment = rest.find(" #");
  const std::string_view plain = rest.substr(0, std::min(end, comment));
  rest.remove_prefix(comment < end ? rest.size() : end);
  return std::string(trim(plain));
}

Result<void> read_flow_list(std::string_view rest, FrontMatterEntry& entry, const std::string& place) {
  entry.list = true;
  rest.remove_prefix(1);
  for (;;) {
    rest = trim(rest);
    if (rest.empty()) return fail(ErrorKind::bad_input, place, "a list has no closing ]");
    if (rest.front() == ']') return {};
    KABAR_ASSIGN(std::string value, read_scalar(rest, true, place));
    if (!value.empty()) entry.values.push_back(std::move(value));
    rest = trim(rest);
    if (!rest.empty() && rest.front() == ',') {
      rest.remove_prefix(1);
    } else if (rest.empty() || rest.front() != ']') {
      return fail(ErrorKind::bad_input, place, "expected , or ] in a list");
    }
  }
}

// The lines below a key that are indented or begin with "- ".
Result<void> read_block(Lines& lines, char style, FrontMatterEntry& entry, std::string_view name) {
  std::string text;
  std::string_view line;
  while (lines.next(line)) {
    const bool indented = !line.empty() && (line.front() == ' ' || line.front() == '\t');
    const std::string_view content = trim(line);
    const bool item = style == '-' && content.starts_with("- ");
    if (!indented && !item && !content.empty()) {
      lines.back();
      break;
    }
    if (style == '-') {
      if (content.empty() || content.front() == '#') continue;
      const std::string place = fmt::format("{}:{}", name, lines.line);
      if (!item) return fail(ErrorKind::bad_input, place, "nested values are not understood here");
      std::string_view rest = content.substr(2);
      KABAR_ASSIGN(std::string value, read_scalar(rest, false, place));
      entry.list = true;
      entry.values.push_back(std::move(value));
    } else {
      if (!text.empty()) text += style == '|' ? '\n' : ' ';
      text += content;
    }
  }
  if (style != '-') {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    entry.values.push_back(std::move(text));
  }
  return {};
}

Result<FrontMatterEntry> read_entry(Lines& lines, std::string_view line, std::string_view name) {
  const std::string place = fmt::format("{}:{}", name, lines.line);
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || line.front() == ' ' || line.front() == '-') {
    return fail(ErrorKind::bad_input, place, "expected \"key: value\" in the front matter");
  }
  FrontMatterEntry entry;
  for (const char c : trim(line.substr(0, colon))) entry.key += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (entry.key.empty()) return fail(ErrorKind::bad_input, place, "a front matter line has no key");
  std::string_view rest = trim(line.substr(colon + 1));
  if (rest.starts_with('[')) {
    KABAR_TRY(read_flow_list(rest, entry, place));
  } else if (rest.starts_with('{')) {
    return fail(ErrorKind::bad_input, place, "nested values are not understood here");
  } else if (rest == "|" || rest == ">" || rest == "|-" || rest == ">-") {
    KABAR_TRY(read_block(lines, rest.front(), entry, name));
  } else if (rest.empty() || rest.front() == '#') {
    KABAR_TRY(read_block(lines, '-', entry, name));
  } else {
    KABAR_ASSIGN(std::string value, read_scalar(rest, false, place));
    const std::string_view left = trim(rest);
    if (!left.empty() && left.front() != '#') return fail(ErrorKind::bad_input, place, "text behind a quoted value");
    entry.values.push_back(std::move(value));
  }
  return entry;
}

// Digits at the front of `text`, exactly `count`; -1 otherwise.
int take_number(std::string_view& text, size_t count) {
  int value = 0;
  if (text.size() < count) return -1;
  for (size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::string_view FrontMatter::value(std::string_view key) const {
  for (const FrontMatterEntry& entry : entries) {
    if (entry.key == key && !entry.values.empty()) return entry.values.front();
  }
  return {};
}

Result<FrontMatter> read_front_matter(std::string_view bytes, std::string_view name) {
  FrontMatter matter;
  Lines lines(bytes);
  std::string_view line;
  if (!lines.next(line) || trim(line) != "---") return matter;
  while (lines.next(line)) {
    const std::string_view content = trim(line);
    if (content == "---" || content == "...") {
      matter.bytes = lines.at();
      matter.lines = lines.line;
      return matter;
    }
    if (content.empty() || content.front() == '#') continue;
    KABAR_ASSIGN(FrontMatterEntry entry, read_entry(lines, line, name));
    matter.entries.push_back(std::move(entry));
    if (matter.entries.size() > kEntriesMax) {
      return fail(ErrorKind::limit, fmt::format("{}:{}", name, lines.line), "too many entries in the front matter");
    }
  }
  return fail(ErrorKind::bad_input, fmt::format("{}:1", name), "the front matter has no closing ---");
}

std::optional<Time> parse_date(std::string_view text) {
  text = trim(text);
  const int year = take_number(text, 4);
  if (year < 0 || !take(text, '-')) return std::nullopt;
  const int month = take_number(text, 2);
  if (month < 0 || !take(text, '-')) return std::nullopt;
  const int day = take_number(text, 2);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(std::max(day, 0)))};
  if (day < 0 || !date.ok()) return std::nullopt;
  Time time = std::chrono::sys_days(date);
  if (!text.empty() && (text.front() == 'T' || text.front() == ' ')) {
    text.remove_prefix(1);
    const int hour = take_number(text, 2);
    if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
    const int minute = take_number(text, 2);
    if (minute < 0 || minute > 59) return std::nullopt;
    int second = 0;
    if (take(text, ':') && ((second = take_number(text, 2)) < 0 || second > 60)) return std::nullopt;
    if (take(text, '.')) text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
    time += std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
  }
  text = trim(text);
  if (text.empty() || text == "WIB") return time - kNewsroomZone;
  if (text == "Z" || text == "UTC") return time;
  const int sign = text.front() == '-' ? -1 : 1;
  text.remove_prefix(1);
  const int hours = take_number(text, 2);
  take(text, ':');
  const int minutes = text.empty() ? 0 : take_number(text, 2);
  if (hours < 0 || minutes < 0 || !text.empty()) return std::nullopt;
  return time - sign * (std::chrono::hours(hours) + std::chrono::minutes(minutes));
}

std::string write_date(Time time) {
  const auto local = time + kNewsroomZone;
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(local - days);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+07:00", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

std::string quote_value(std::string_view value) {
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n') {
      quoted += "\\n";
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

}  // namespace kabar::markup
