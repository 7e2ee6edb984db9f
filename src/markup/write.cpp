#include "markup/write.h"

#include <functional>

#include <fmt/format.h>

#include "base/utf8.h"
#include "markup/front_matter.h"
#include "markup/inline.h"
#include "text/languages.h"
#include "text/typography.h"

namespace kabar::markup {
namespace {

std::string attribute(const Block& block, const std::string& name) {
  const auto found = block.attributes.find(name);
  return found == block.attributes.end() ? std::string() : found->second;
}

std::string attribute(const InlineTag& tag, const std::string& name) {
  const auto found = tag.attributes.find(name);
  return found == tag.attributes.end() ? std::string() : found->second;
}

struct InlineStyle {
  std::function<std::string(const InlineTag&)> open;
  std::function<std::string(const InlineTag&)> close;
  std::function<std::string(std::string_view)> text;
};

// Walks the nested tags of a text from left to right.
std::string with_tags(const Block& block, const InlineStyle& style) {
  const PointIndex index(block.text);
  std::string out;
  std::vector<const InlineTag*> open;
  int done = 0;
  const auto text_until = [&](int point) {
    if (point <= done) return;
    const size_t begin = index.byte_at(done);
    out += style.text(std::string_view(block.text).substr(begin, index.byte_at(point) - begin));
    done = point;
  };
  const auto close_until = [&](int point) {
    while (!open.empty() && open.back()->span.end <= point) {
      text_until(open.back()->span.end);
      out += style.close(*open.back());
      open.pop_back();
    }
  };
  for (const InlineTag& tag : block.tags) {
    close_until(tag.span.begin);
    text_until(tag.span.begin);
    out += style.open(tag);
    open.push_back(&tag);
  }
  close_until(index.size());
  text_until(index.size());
  return out;
}

std::string html_open(const InlineTag& tag) {
  if (tag.name == "br") return "<br>";
  if (tag.name != "a") return "<" + tag.name + ">";
  std::string out = fmt::format("<a href=\"{}\"", escape_html(attribute(tag, "href")));
  if (const std::string title = attribute(tag, "title"); !title.empty()) {
    out += fmt::format(" title=\"{}\"", escape_html(title));
  }
  return out + ">";
}

std::string html_close(const InlineTag& tag) { return tag.name == "br" ? std::string() : "</" + tag.name + ">"; }

std::string escape_markdown(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_[]<>|~";
  std::string out;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    if (c == '&') {
      out += "&amp;";
    } else if (c != '\n') {
      out += c;
    }
  }
  return out;
}

std::string markdown_open(const InlineTag& tag) {
  if (tag.name == "strong") return "**";
  if (tag.name == "em") return "*";
  if (tag.name == "code") return "<code>";
  if (tag.name == "s") return "~~";
  if (tag.name == "a") return "[";
  if (tag.name == "br") return "\\\n";
  return "<" + tag.name + ">";
}

std::string markdown_close(const InlineTag& tag) {
  if (tag.name == "br") return {};
  if (tag.name == "code") return "</code>";
  if (tag.name != "a") {
    const std::string open = markdown_open(tag);
    return open.front() == '<' ? "</" + tag.name + ">" : open;
  }
  const std::string title = attribute(tag, "title");
  return fmt::format("](<{}>{})", attribute(tag, "href"), title.empty() ? "" : " " + quote_value(title));
}

// A paragraph must not begin like a heading, a list or a quotation.
std::string guard_line_start(std::string line) {
  if (line.empty()) return line;
  const char c = line.front();
  if (c == '#' || c == '+' || c == '-' || c == '=' || c == '>') return "\\" + line;
  size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  if (digits > 0 && digits < 10 && digits < line.size() && (line[digits] == '.' || line[digits] == ')')) {
    line.insert(digits, "\\");
  }
  return line;
}

const Block* following(std::span<const Block> blocks, size_t i, BlockType type) {
  for (size_t j = i + 1; j < blocks.size(); ++j) {
    if (blocks[j].type == type) return &blocks[j];
    if (blocks[j].type != BlockType::alt && blocks[j].type != BlockType::caption) return nullptr;
  }
  return nullptr;
}

const Block* first_of(std::span<const Block> blocks, BlockType type) {
  for (const Block& block : blocks) {
    if (block.type == type) return &block;
  }
  return nullptr;
}

// Cells of one row on one line.
std::string markdown_row(std::span<const Block> blocks, size_t& i) {
  const std::string row = attribute(blocks[i], "row");
  const std::string table = attribute(blocks[i], "table");
  std::string line = "|";
  int columns = 0;
  for (; i < blocks.size() && blocks[i].type == BlockType::table_cell && attribute(blocks[i], "row") == row &&
         attribute(blocks[i], "table") == table;
       ++i, ++columns) {
    line += " " + inline_markdown(blocks[i]) + " |";
  }
  line += "\n";
  if (row == "0") {
    line += "|";
    for (int column = 0; column < columns; ++column) line += " --- |";
    line += "\n";
  }
  return line;
}

std::string markdown_block(const Block& block, std::span<const Block> blocks, size_t i) {
  switch (block.type) {
    case BlockType::headline:
      return "# " + inline_markdown(block);
    case BlockType::subheading: {
      const std::string level = attribute(block, "level");
      const int depth = level.size() == 1 && level[0] >= '2' && level[0] <= '6' ? level[0] - '0' : 2;
      return std::string(static_cast<size_t>(depth), '#') + " " + inline_markdown(block);
    }
    case BlockType::list_item: {
      const std::string depth = attribute(block, "depth");
      const int level = depth.size() == 1 && depth[0] >= '1' && depth[0] <= '9' ? depth[0] - '0' : 1;
      const std::string start = attribute(block, "start");
      const std::string mark = attribute(block, "list") != "ordered" ? "- " : (start.empty() ? "1" : start) + ". ";
      return std::string(static_cast<size_t>(level - 1) * 3, ' ') + mark + guard_line_start(inline_markdown(block));
    }
    case BlockType::quote:
      return "> " + guard_line_start(inline_markdown(block));
    case BlockType::image: {
      const Block* alt = following(blocks, i, BlockType::alt);
      const Block* caption = following(blocks, i, BlockType::caption);
      return fmt::format("![{}](<{}>{})", alt == nullptr ? "" : escape_markdown(alt->text), attribute(block, "src"),
                         caption == nullptr ? "" : " " + quote_value(caption->text));
    }
    case BlockType::rule:
      return "---";
    case BlockType::embed:
      return attribute(block, "raw");
    default:
      return guard_line_start(inline_markdown(block));
  }
}

std::string list_value(const std::vector<std::string>& values) {
  std::string out = "[";
  for (const std::string& value : values) out += (out.size() > 1 ? ", " : "") + quote_value(value);
  return out + "]";
}

std::string front_matter(const Article& article, std::span<const Block> blocks, Language language) {
  std::string out = "---\n";
  const auto line = [&](std::string_view key, const std::string& value) { out += fmt::format("{}: {}\n", key, value); };
  if (!article.id.empty()) line("id", quote_value(article.id));
  if (!article.site.empty()) line("site", quote_value(article.site));
  line("lang", language.code());
  if (const Block* block = first_of(blocks, BlockType::headline)) line("title", quote_value(block->text));
  if (const Block* block = first_of(blocks, BlockType::standfirst)) line("standfirst", quote_value(block->text));
  if (const Block* block = first_of(blocks, BlockType::dateline)) line("dateline", quote_value(block->text));
  if (!article.section.empty()) line("section", quote_value(article.section));
  if (!article.authors.empty()) line("authors", list_value(article.authors));
  if (article.date) line("date", write_date(*article.date));
  if (!article.tags.empty()) line("tags", list_value(article.tags));
  if (!article.image.empty()) line("image", quote_value(article.image));
  for (size_t i = 0; i < blocks.size(); ++i) {
    if (attribute(blocks[i], "lead") != "true") continue;
    if (const Block* alt = following(blocks, i, BlockType::alt)) line("alt", quote_value(alt->text));
    if (const Block* caption = following(blocks, i, BlockType::caption)) line("caption", quote_value(caption->text));
  }
  for (const auto& [key, value] : article.other) line(key, quote_value(value));
  return out + "---\n\n";
}

std::string write_markdown(const Article& article, std::span<const Block> blocks, Language language) {
  std::string out = article.front_matter ? front_matter(article, blocks, language) : std::string();
  bool lead = false;
  BlockType before = BlockType::rule;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    if (block.type == BlockType::image) lead = attribute(block, "lead") == "true";
    const bool in_head =
        article.front_matter && (block.type == BlockType::headline || block.type == BlockType::standfirst ||
                                 block.type == BlockType::dateline || (block.type == BlockType::image && lead));
    // Captions and alternative texts are written with their image.
    if (in_head || block.type == BlockType::alt || block.type == BlockType::caption) continue;
    const bool tight =
        block.type == before && (block.type == BlockType::list_item || block.type == BlockType::table_cell);
    if (!out.empty() && !tight && !out.ends_with("\n\n")) out += "\n";
    before = block.type;
    if (block.type == BlockType::table_cell) {
      out += markdown_row(blocks, i);
      --i;
      continue;
    }
    if (block.type == BlockType::dateline) {
      out += inline_markdown(block) + " - ";
      if (i + 1 < blocks.size() && blocks[i + 1].type == BlockType::paragraph) out += inline_markdown(blocks[++i]);
      out += "\n";
      continue;
    }
    out += markdown_block(block, blocks, i) + "\n";
  }
  return out;
}

// Opens and closes the lists, tables and figures around HTML blocks.
class HtmlWriter {
 public:
  explicit HtmlWriter(Language language) : language_(language) {}

  std::string run(const Article& article, std::span<const Block> blocks) {
    const text::LanguageInfo info = text::language_info(language_);
    const std::string tag = info.html_tag.empty() ? language_.code() : std::string(info.html_tag);
    out_ = fmt::format("<article lang=\"{}\" dir=\"{}\">\n", tag, text::direction_name(info.direction));
    if (article.date) out_ += fmt::format("<time datetime=\"{0}\">{0}</time>\n", write_date(*article.date));
    for (size_t i = 0; i < blocks.size(); ++i) block(blocks[i], blocks, i);
    close_lists(0);
    close_table();
    return out_ + "</article>\n";
  }

 private:
  void block(const Block& block, std::span<const Block> blocks, size_t i) {
    if (block.type != BlockType::list_item) close_lists(0);
    if (block.type != BlockType::table_cell) close_table();
    const std::string text = inline_html(block, language_);
    switch (block.type) {
      case BlockType::headline:
        element("h1", text);
        break;
      case BlockType::standfirst:
        out_ += "<p class=\"standfirst\">" + text + "</p>\n";
        break;
      case BlockType::dateline:
        out_ += "<p class=\"dateline\">" + text + "</p>\n";
        break;
      case BlockType::paragraph:
        element("p", text);
        break;
      case BlockType::subheading:
        element("h" + level_of(block), text);
        break;
      case BlockType::quote:
        out_ += "<blockquote><p>" + text + "</p></blockquote>\n";
        break;
      case BlockType::list_item:
        list_item(block, text);
        break;
      case BlockType::table_cell:
        cell(block, text);
        break;
      case BlockType::image:
        image(block, blocks, i);
        break;
      case BlockType::rule:
        out_ += "<hr>\n";
        break;
      case BlockType::embed:
        out_ += attribute(block, "raw") + "\n";
        break;
      case BlockType::alt:
      case BlockType::caption:
        break;  // written with their image
    }
  }

  void element(const std::string& name, const std::string& text) {
    out_ += "<" + name + ">" + text + "</" + name + ">\n";
  }

  static std::string level_of(const Block& block) {
    const std::string level = attribute(block, "level");
    return level.size() == 1 && level[0] >= '2' && level[0] <= '6' ? level : "2";
  }

  void list_item(const Block& block, const std::string& text) {
    const std::string name = attribute(block, "list") == "ordered" ? "ol" : "ul";
    const std::string depth = attribute(block, "depth");
    const size_t level =
        depth.size() == 1 && depth[0] >= '1' && depth[0] <= '9' ? static_cast<size_t>(depth[0] - '0') : 1;
    close_lists(level);
    if (lists_.size() == level && lists_.back() != name) close_lists(level - 1);
    if (lists_.size() == level) out_ += "</li>\n";
    while (lists_.size() < level) {
      const std::string start = name == "ol" ? attribute(block, "start") : "";
      out_ += "<" + name + (start.empty() ? "" : " start=\"" + escape_html(start) + "\"") + ">\n";
      lists_.push_back(name);
      if (lists_.size() < level) out_ += "<li>";
    }
    out_ += "<li>" + text;
  }

  void close_lists(size_t level) {
    while (lists_.size() > level) {
      out_ += "</li>\n</" + lists_.back() + ">\n";
      lists_.pop_back();
    }
  }

  void cell(const Block& block, const std::string& text) {
    if (attribute(block, "table") != table_) close_table();
    if (table_.empty()) {
      table_ = attribute(block, "table");
      out_ += "<table>\n";
    }
    if (attribute(block, "row") != row_) {
      if (!row_.empty()) out_ += "</tr>\n";
      row_ = attribute(block, "row");
      out_ += "<tr>";
    }
    element(attribute(block, "header") == "true" ? "th" : "td", text);
  }

  void close_table() {
    if (table_.empty()) return;
    out_ += "</tr>\n</table>\n";
    table_.clear();
    row_.clear();
  }

  void image(const Block& block, std::span<const Block> blocks, size_t i) {
    const Block* alt = following(blocks, i, BlockType::alt);
    const Block* caption = following(blocks, i, BlockType::caption);
    out_ += fmt::format("<figure><img src=\"{}\" alt=\"{}\">", escape_html(attribute(block, "src")),
                        alt == nullptr ? "" : escape_html(alt->text));
    if (caption != nullptr) out_ += "<figcaption>" + inline_html(*caption, language_) + "</figcaption>";
    out_ += "</figure>\n";
  }

  Language language_;
  std::string out_;
  std::vector<std::string> lists_;
  std::string table_;
  std::string row_;
};

std::string write_text(std::span<const Block> blocks) {
  std::string out;
  for (size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    if (block.text.empty()) continue;
    if (!out.empty()) out += "\n";
    if (block.type == BlockType::dateline && i + 1 < blocks.size() && blocks[i + 1].type == BlockType::paragraph) {
      out += block.text + " - " + blocks[++i].text + "\n";
    } else {
      out += (block.type == BlockType::list_item ? "- " : "") + block.text + "\n";
    }
  }
  return out;
}

}  // namespace

std::string inline_html(const Block& block, Language language) {
  const bool isolate = text::language_info(language).direction == text::Direction::right_to_left;
  return with_tags(block, {html_open, html_close, [&](std::string_view text) {
                             if (!isolate) return escape_html(text);
                             std::string out;
                             for (const text::DirectionRun& run : text::direction_runs(text)) {
                               out += run.foreign ? "<bdi>" + escape_html(run.text) + "</bdi>" : escape_html(run.text);
                             }
                             return out;
                           }});
}

std::string inline_markdown(const Block& block) {
  return with_tags(block, {markdown_open, markdown_close, escape_markdown});
}

std::string write(const Article& article, std::span<const Block> blocks, Language language, Format format) {
  switch (format) {
    case Format::markdown:
      return write_markdown(article, blocks, language);
    case Format::html:
      return HtmlWriter(language).run(article, blocks);
    case Format::text:
      return write_text(blocks);
  }
  return {};
}

}  // namespace kabar::markup
