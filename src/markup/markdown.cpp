#include "markup/markdown.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <md4c.h>

#include "markup/html.h"
#include "markup/inline.h"
#include "markup/parse.h"

namespace kabar::markup {
namespace {

// md4c is slow on very many unclosed brackets and quadratic in very deep quotations; no article has them.
constexpr int kBracketsMax = 2'000;  // unclosed in one paragraph
constexpr int kQuotesMax = 100;

Result<void> scan_markdown(std::string_view text, std::string_view name, int first_line) {
  int line = first_line;
  int quotes = 0;
  int brackets = 0;
  bool line_start = true;
  bool blank = true;
  for (const char c : text) {
    if (c == '\n') {
      if (blank) brackets = 0;
      ++line;
      quotes = 0;
      line_start = blank = true;
      continue;
    }
    if (c != ' ' && c != '\t' && c != '\r') blank = false;
    if (line_start && c == '>') ++quotes;
    if (c != '>' && c != ' ') line_start = false;
    if (c == '[') ++brackets;
    if (c == ']' && brackets > 0) --brackets;
    if (quotes > kQuotesMax || brackets > kBracketsMax) {
      return fail(ErrorKind::limit, fmt::format("{}:{}", name, line), "quotations or brackets are nested too deeply");
    }
  }
  return {};
}

std::string attribute_text(const MD_ATTRIBUTE& attribute) {
  std::string text;
  for (int i = 0; attribute.text != nullptr && attribute.substr_offsets[i] < attribute.size; ++i) {
    const std::string_view part(attribute.text + attribute.substr_offsets[i],
                                attribute.substr_offsets[i + 1] - attribute.substr_offsets[i]);
    text += attribute.substr_types[i] == MD_TEXT_ENTITY ? decode_reference(part) : std::string(part);
  }
  return text;
}

// The value of `name="…"` in the text of a tag.
std::string raw_attribute(std::string_view tag, std::string_view name) {
  size_t at = tag.find(std::string(name) + "=");
  if (at == std::string_view::npos) return {};
  at += name.size() + 1;
  if (at >= tag.size() || (tag[at] != '"' && tag[at] != '\'')) return {};
  const size_t end = tag.find(tag[at], at + 1);
  if (end == std::string_view::npos) return {};
  return std::string(tag.substr(at + 1, end - at - 1));
}

class Reader {
 public:
  Reader(BlockBuilder& builder, std::string_view text, std::string_view name, int first_line)
      : builder_(builder), text_(text), name_(name), first_line_(first_line) {}

  Result<void> run() {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
      return static_cast<Reader*>(self)->enter_block(type, detail);
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
      return static_cast<Reader*>(self)->leave_block(type, detail);
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
      return static_cast<Reader*>(self)->enter_span(type, detail);
    };
    parser.leave_span = [](MD_SPANTYPE type, void* detail, void* self) {
      return static_cast<Reader*>(self)->leave_span(type, detail);
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* begin, MD_SIZE size, void* self) {
      return static_cast<Reader*>(self)->text(type, {begin, size});
    };
    const int code = md_parse(text_.data(), static_cast<MD_SIZE>(text_.size()), &parser, this);
    if (!error_.message.empty()) return tl::unexpected<Error>(error_);
    if (code != 0) return fail(ErrorKind::bad_input, std::string(name_), "the Markdown cannot be read");
    builder_.end();
    return {};
  }

 private:
  int enter_block(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE:
        ++quotes_;
        break;
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        builder_.end();
        ordered_.push_back(type == MD_BLOCK_OL);
        start_ = type == MD_BLOCK_OL ? static_cast<int>(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start) : 1;
        break;
      case MD_BLOCK_LI:
        begin_item();
        break;
      case MD_BLOCK_P:
        begin_paragraph();
        break;
      case MD_BLOCK_H:
        builder_.begin(BlockType::subheading,
                       {{"level", std::to_string(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level)}});
        break;
      case MD_BLOCK_HR:
        builder_.add({.type = BlockType::rule});
        break;
      case MD_BLOCK_CODE:
      case MD_BLOCK_HTML:
        builder_.end();
        raw_.clear();
        break;
      case MD_BLOCK_TABLE:
        builder_.end();
        ++table_;
        row_ = -1;
        break;
      case MD_BLOCK_TR:
        ++row_;
        column_ = 0;
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        begin_cell(type == MD_BLOCK_TH);
        break;
      default:
        break;
    }
    return 0;
  }

  int leave_block(MD_BLOCKTYPE type, void*) {
    switch (type) {
      case MD_BLOCK_QUOTE:
        --quotes_;
        break;
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        ordered_.pop_back();
        break;
      case MD_BLOCK_LI:
      case MD_BLOCK_P:
      case MD_BLOCK_H:
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        builder_.end();
        break;
      case MD_BLOCK_CODE: {
        Block block{.type = BlockType::embed};
        block.attributes["raw"] = "<pre><code>" + escape_html(raw_) + "</code></pre>";
        builder_.add(std::move(block));
        break;
      }
      case MD_BLOCK_HTML:
        if (Result<void> read = read_html_fragment(raw_, name_, raw_line_, builder_); !read) {
          error_ = std::move(read).error();
          return 1;
        }
        break;
      default:
        break;
    }
    if (builder_.blocks().size() > static_cast<size_t>(kBlocksMax)) {
      error_ = {ErrorKind::limit, std::string(name_), "too many paragraphs"};
      return 1;
    }
    return 0;
  }

  void begin_item() {
    Attributes attributes = {{"list", ordered_.empty() || !ordered_.back() ? "unordered" : "ordered"},
                             {"depth", std::to_string(std::max<size_t>(ordered_.size(), 1))}};
    if (const int start = std::exchange(start_, 1); start != 1) attributes["start"] = std::to_string(start);
    builder_.begin(BlockType::list_item, std::move(attributes));
    item_fresh_ = true;
  }

  void begin_paragraph() {
    // The first paragraph of a loose list item is the item.
    if (!ordered_.empty() && item_fresh_ && builder_.open()) {
      item_fresh_ = false;
      return;
    }
    if (quotes_ > 0) {
      builder_.begin(BlockType::quote);
    } else if (!ordered_.empty()) {
      begin_item();
      item_fresh_ = false;
    } else {
      builder_.begin(BlockType::paragraph);
    }
  }

  void begin_cell(bool header) {
    Attributes attributes = {{"table", std::to_string(table_)},
                             {"row", std::to_string(std::max(row_, 0))},
                             {"column", std::to_string(column_++)}};
    if (header) attributes["header"] = "true";
    builder_.begin(BlockType::table_cell, std::move(attributes));
  }

  int enter_span(MD_SPANTYPE type, void* detail) {
    if (images_ > 0 && type != MD_SPAN_IMG) return 0;
    switch (type) {
      case MD_SPAN_EM:
        builder_.open_tag("em");
        break;
      case MD_SPAN_STRONG:
        builder_.open_tag("strong");
        break;
      case MD_SPAN_CODE:
        builder_.open_tag("code");
        break;
      case MD_SPAN_DEL:
        builder_.open_tag("s");
        break;
      case MD_SPAN_A: {
        const auto* link = static_cast<MD_SPAN_A_DETAIL*>(detail);
        Attributes attributes = {{"href", attribute_text(link->href)}};
        if (std::string title = attribute_text(link->title); !title.empty()) attributes["title"] = std::move(title);
        const bool safe = is_safe_link(attributes["href"]);
        builder_.open_tag(safe ? "a" : "", std::move(attributes));
        links_.push_back(safe);
        break;
      }
      case MD_SPAN_IMG:
        if (images_++ == 0) alt_.clear();
        break;
      default:
        break;
    }
    return 0;
  }

  int leave_span(MD_SPANTYPE type, void* detail) {
    if (type == MD_SPAN_IMG) {
      if (--images_ == 0) image(*static_cast<MD_SPAN_IMG_DETAIL*>(detail));
      return 0;
    }
    if (images_ > 0) return 0;
    switch (type) {
      case MD_SPAN_EM:
        builder_.close_tag("em");
        break;
      case MD_SPAN_STRONG:
        builder_.close_tag("strong");
        break;
      case MD_SPAN_CODE:
        builder_.close_tag("code");
        break;
      case MD_SPAN_DEL:
        builder_.close_tag("s");
        break;
      case MD_SPAN_A:
        builder_.close_tag(links_.back() ? "a" : "");
        links_.pop_back();
        break;
      default:
        break;
    }
    return 0;
  }

  void image(const MD_SPAN_IMG_DETAIL& detail) {
    const std::string source = attribute_text(detail.src);
    if (source.empty() || !is_safe_link(source)) return;
    Block block{.type = BlockType::image};
    block.attributes["src"] = source;
    builder_.add_after(std::move(block));
    add_words(BlockType::alt, alt_);
    add_words(BlockType::caption, attribute_text(detail.title));
  }

  void add_words(BlockType type, std::string_view text) {
    BlockBuilder words;
    words.begin(type);
    words.text(text);
    words.end();
    for (Block& block : words.blocks()) builder_.add_after(std::move(block));
  }

  int text(MD_TEXTTYPE type, std::string_view text) {
    if (images_ > 0) {
      alt_ += type == MD_TEXT_SOFTBR || type == MD_TEXT_BR ? " "
              : type == MD_TEXT_ENTITY                     ? decode_reference(text)
                                                           : std::string(text);
      return 0;
    }
    switch (type) {
      case MD_TEXT_BR:
        builder_.line_break();
        break;
      case MD_TEXT_SOFTBR:
        builder_.text(" ");
        break;
      case MD_TEXT_ENTITY:
        builder_.text(decode_reference(text));
        break;
      case MD_TEXT_HTML:
        if (builder_.open()) {
          inline_html(text);
        } else {
          if (raw_.empty()) raw_line_ = line_of(text.data());
          raw_ += text;
        }
        break;
      default:
        if (builder_.open()) {
          builder_.text(text);
        } else {
          raw_ += text;
        }
        break;
    }
    return 0;
  }

  // "<sup>", "</sup>", "<br>" inside a paragraph; others are dropped.
  void inline_html(std::string_view tag) {
    if (tag.starts_with("<!")) return;
    const bool closing = tag.starts_with("</");
    std::string name;
    for (size_t i = closing ? 2 : 1; i < tag.size() && tag[i] != '>' && tag[i] != ' ' && tag[i] != '/'; ++i) {
      name += tag[i] >= 'A' && tag[i] <= 'Z' ? static_cast<char>(tag[i] + 32) : tag[i];
    }
    if (name == "br") return builder_.line_break();
    const std::optional<std::string_view> kept = inline_tag_name(name);
    if (!kept) return;
    if (closing) return builder_.close_tag(*kept);
    Attributes attributes;
    if (*kept == "a") {
      attributes["href"] = raw_attribute(tag, "href");
      if (attributes["href"].empty() || !is_safe_link(attributes["href"])) return;
    }
    builder_.open_tag(*kept, std::move(attributes));
  }

  // md4c hands out pieces of the text that it was given.
  int line_of(const char* at) const {
    if (at < text_.data() || at > text_.data() + text_.size()) return first_line_;
    return first_line_ + static_cast<int>(std::count(text_.data(), at, '\n'));
  }

  BlockBuilder& builder_;
  std::string_view text_;
  std::string_view name_;
  int first_line_;
  int raw_line_ = 1;
  Error error_;
  std::vector<bool> ordered_;  // open lists
  int start_ = 1;              // number of the next item, if it is the first of its list
  std::vector<bool> links_;    // open links: whether each is kept
  std::string raw_;            // text of a code or HTML block
  std::string alt_;
  int quotes_ = 0;
  int images_ = 0;  // images may nest in each other's alternative text
  int table_ = 0;
  int row_ = -1;
  int column_ = 0;
  bool item_fresh_ = false;
};

}  // namespace

Result<void> read_markdown(std::string_view text, std::string_view name, int first_line, BlockBuilder& builder) {
  KABAR_TRY(scan_markdown(text, name, first_line));
  return Reader(builder, text, name, first_line).run();
}

}  // namespace kabar::markup
