#include "markup/html_scan.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "base/one_of.h"
#include "markup/parse.h"

namespace kabar::markup {
namespace {

// Elements that the parser makes again for open formatting; 100 bytes each is fine, a million is enough.
constexpr size_t kCopiesMax = 1'000'000;
constexpr size_t kNameBytesMax = 32;

constexpr std::array<std::string_view, 16> kVoid = {"area",  "base",  "br",     "col",  "embed", "hr",
                                                    "img",   "input", "link",   "meta", "param", "source",
                                                    "track", "wbr",   "keygen", "frame"};
// Closed by the next of their kind; the parser keeps them shallow.
constexpr std::array<std::string_view, 7> kImplied = {"p", "li", "dt", "dd", "option", "optgroup", "body"};
constexpr std::array<std::string_view, 8> kTableParts = {"td",    "th",    "tr",      "tbody",
                                                         "thead", "tfoot", "caption", "colgroup"};
// An end tag does not reach over these.
constexpr std::array<std::string_view, 9> kScopes = {"table",  "td",     "th",      "caption", "button",
                                                     "object", "applet", "marquee", "template"};
constexpr std::array<std::string_view, 13> kFormatting = {"a",    "b",     "big",    "code",   "em", "font", "i",
                                                          "nobr", "small", "strike", "strong", "tt", "u"};
constexpr std::array<std::string_view, 9> kRawText = {"script", "style",   "textarea", "title",   "xmp",
                                                      "iframe", "noembed", "noframes", "noscript"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

class Scan {
 public:
  Scan(std::string_view html, std::string_view name, int first_line)
      : html_(html), name_(name), first_line_(first_line) {}

  Result<void> run() {
    for (size_t at = html_.find('<'); at < html_.size(); at = html_.find('<', at)) {
      const size_t next = tag_at(at);
      if (stack_.size() > static_cast<size_t>(kNestingMax)) {
        return error(at, fmt::format("more than {} elements are open at once", kNestingMax));
      }
      if (copies_ > kCopiesMax) return error(at, "formatting elements are left open too often");
      at = next;
    }
    return {};
  }

 private:
  tl::unexpected<Error> error(size_t at, std::string message) const {
    const auto line = std::count(html_.begin(), html_.begin() + static_cast<std::ptrdiff_t>(at), '\n') + first_line_;
    return fail(ErrorKind::limit, fmt::format("{}:{}", name_, line), std::move(message));
  }

  // Handles the tag at '<' and returns the position behind it.
  size_t tag_at(size_t at) {
    if (html_.substr(at, 4) == "<!--") return behind("-->", at + 4);
    const bool closing = at + 1 < html_.size() && html_[at + 1] == '/';
    size_t i = at + (closing ? 2 : 1);
    if (i >= html_.size() || !is_letter(html_[i])) return at + 1;
    std::string tag;
    for (; i < html_.size() && html_[i] != '>' && html_[i] != '/' && static_cast<unsigned char>(html_[i]) > ' '; ++i) {
      if (tag.size() < kNameBytesMax) tag += small(html_[i]);
    }
    const size_t end = tag_end(i);
    if (closing) {
      close(tag);
    } else {
      open(tag);
      if (is_one_of(tag, kRawText)) return raw_text_end(tag, end);
    }
    return end;
  }

  size_t behind(std::string_view mark, size_t from) const {
    const size_t found = html_.find(mark, from);
    return found == std::string_view::npos ? html_.size() : found + mark.size();
  }

  // Behind the '>' of a tag; one inside quotes does not count.
  size_t tag_end(size_t at) const {
    char quote = 0;
    for (; at < html_.size(); ++at) {
      const char c = html_[at];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if ((c == '"' || c == '\'') && html_[at - 1] == '=') {
        quote = c;
      } else if (c == '>') {
        return at + 1;
      }
    }
    return html_.size();
  }

  size_t raw_text_end(const std::string& tag, size_t from) {
    for (size_t at = html_.find("</", from); at != std::string_view::npos; at = html_.find("</", at + 2)) {
      bool same = true;
      for (size_t i = 0; i < tag.size() && same; ++i) {
        same = at + 2 + i < html_.size() && small(html_[at + 2 + i]) == tag[i];
      }
      if (same) return at;
    }
    return html_.size();
  }

  void open(const std::string& tag) {
    if (is_one_of(tag, kVoid)) return;
    if (is_one_of(tag, kFormatting)) {
      ++formatting_;
    } else {
      copies_ += formatting_;
    }
    if (is_one_of(tag, kImplied)) return;
    if (is_one_of(tag, kTableParts)) {
      // A new cell or row closes the one before it.
      while (!stack_.empty() && is_one_of(stack_.back(), kTableParts)) pop();
    }
    ++open_[tag];
    stack_.push_back(tag);
  }

  void pop() {
    --open_[stack_.back()];
    stack_.pop_back();
  }

  void close(const std::string& tag) {
    const auto known = open_.find(tag);
    if (known == open_.end() || known->second == 0) return;
    if (is_one_of(tag, kFormatting)) {
      // Only the element itself goes; what was opened inside it stays open.
      const auto found = std::find(stack_.rbegin(), stack_.rend(), tag);
      stack_.erase(found.base() - 1);
      --known->second;
      --formatting_;
      return;
    }
    const bool scoped = !is_one_of(tag, kTableParts) && tag != "table";
    for (auto i = stack_.rbegin(); i != stack_.rend(); ++i) {
      if (*i == tag) break;
      if (scoped && is_one_of(*i, kScopes)) return;
    }
    while (stack_.back() != tag) {
      if (is_one_of(stack_.back(), kFormatting)) --formatting_;
      pop();
    }
    pop();
  }

  std::string_view html_;
  std::string_view name_;
  int first_line_;
  std::vector<std::string> stack_;
  std::unordered_map<std::string, int> open_;
  size_t formatting_ = 0;
  size_t copies_ = 0;
};

}  // namespace

Result<void> scan_html(std::string_view html, std::string_view name, int first_line) {
  return Scan(html, name, first_line).run();
}

}  // namespace kabar::markup
