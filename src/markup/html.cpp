#include "markup/html.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <gumbo.h>

#include "markup/html_scan.h"
#include "markup/inline.h"
#include "markup/parse.h"

namespace kabar::markup {
namespace {

struct FreeOutput {
  void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};
using Tree = std::unique_ptr<GumboOutput, FreeOutput>;

Tree parse_tree(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  return Tree(gumbo_parse_with_options(&options, html.data(), html.size()));
}

std::string_view piece(const GumboStringPiece& piece) { return {piece.data, piece.length}; }

std::string attribute(const GumboNode* node, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&node->v.element.attributes, name);
  return found == nullptr ? std::string() : std::string(found->value);
}

bool is_element(const GumboNode* node) { return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE; }

template <typename Visit>
void each_child(const GumboNode* node, const Visit& visit) {
  if (!is_element(node)) return;
  const GumboVector& children = node->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) visit(static_cast<const GumboNode*>(children.data[i]));
}

void collect_text(const GumboNode* node, std::string& out) {
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) out += node->v.text.text;
  each_child(node, [&](const GumboNode* child) { collect_text(child, out); });
}

// Furniture that newsroom pages mark by class or id. Whole words: "ads" but not "adsense-free-heads".
constexpr std::array<std::string_view, 24> kFurniture = {
    "ads",    "ad",     "advertisement", "iklan",      "related",   "terkait",   "share",   "sharing",
    "social", "sosmed", "breadcrumb",    "newsletter", "komentar",  "comments",  "sidebar", "promo",
    "navbar", "paging", "pagination",    "bacajuga",   "linksisip", "recommend", "taboola", "outbrain"};
constexpr std::array<std::string_view, 5> kEmbedClasses = {"twitter-tweet", "instagram-media", "tiktok-embed",
                                                           "fb-post", "fb-video"};

bool has_furniture_word(std::string_view names) {
  std::string word;
  for (size_t i = 0; i <= names.size(); ++i) {
    const char c = i < names.size() ? names[i] : ' ';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter) {
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    } else {
      if (std::find(kFurniture.begin(), kFurniture.end(), word) != kFurniture.end()) return true;
      word.clear();
    }
  }
  return false;
}

bool is_embed(const GumboNode* node) {
  switch (node->v.element.tag) {
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_PRE:
      return true;
    default:
      break;
  }
  const std::string classes = attribute(node, "class");
  return std::any_of(kEmbedClasses.begin(), kEmbedClasses.end(),
                     [&](std::string_view name) { return classes.find(name) != std::string::npos; });
}

// The source text of an element from its start tag to its end tag.
std::string source_of(const GumboNode* node) {
  const std::string_view start = piece(node->v.element.original_tag);
  const std::string_view end = piece(node->v.element.original_end_tag);
  if (start.empty()) return {};
  if (end.empty() || end.data() < start.data()) return std::string(start);
  return std::string(start.data(), static_cast<size_t>(end.data() + end.size() - start.data()));
}

int heading_level(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6 ? static_cast<int>(tag) - static_cast<int>(GUMBO_TAG_H1) + 1 : 0;
}

class Walker {
 public:
  Walker(BlockBuilder& builder, const GumboNode* root, bool page) : builder_(builder), root_(root), page_(page) {}

  void walk() {
    each_child(root_, [&](const GumboNode* child) { visit(child); });
    builder_.end();
  }

 private:
  // What a paragraph is here: list item, quote, cell, caption.
  struct Context {
    BlockType type = BlockType::paragraph;
    Attributes attributes;
  };

  void visit(const GumboNode* node) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA || node->type == GUMBO_NODE_WHITESPACE) {
      if (node->type != GUMBO_NODE_WHITESPACE && !builder_.open()) builder_.begin(context_.type, context_.attributes);
      builder_.text(node->v.text.text);
      return;
    }
    if (!is_element(node) || is_skipped(node)) return;
    if (is_embed(node)) return embed(node);
    const GumboTag tag = node->v.element.tag;
    if (const int level = heading_level(tag)) return heading(node, level);
    switch (tag) {
      case GUMBO_TAG_BR:
        return builder_.line_break();
      case GUMBO_TAG_HR:
        return builder_.add({.type = BlockType::rule});
      case GUMBO_TAG_IMG:
        return image(node);
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
        return list(node, tag == GUMBO_TAG_OL);
      case GUMBO_TAG_LI:
        return block(node, {BlockType::list_item, list_attributes()});
      case GUMBO_TAG_BLOCKQUOTE:
        return block(node, {BlockType::quote, {}});
      case GUMBO_TAG_FIGCAPTION:
        return block(node, {BlockType::caption, {}});
      case GUMBO_TAG_TABLE:
        return table(node);
      case GUMBO_TAG_TR:
        return row(node);
      case GUMBO_TAG_TD:
      case GUMBO_TAG_TH:
        return cell(node, tag == GUMBO_TAG_TH);
      default:
        break;
    }
    if (is_inline(node)) return inline_element(node);
    block(node, context_);
  }

  bool is_skipped(const GumboNode* node) const {
    switch (node->v.element.tag) {
      case GUMBO_TAG_SCRIPT:
      case GUMBO_TAG_STYLE:
      case GUMBO_TAG_NOSCRIPT:
      case GUMBO_TAG_TEMPLATE:
      case GUMBO_TAG_HEAD:
      case GUMBO_TAG_BUTTON:
      case GUMBO_TAG_SELECT:
      case GUMBO_TAG_INPUT:
      case GUMBO_TAG_TEXTAREA:
      case GUMBO_TAG_SVG:
      case GUMBO_TAG_MATH:
      case GUMBO_TAG_CANVAS:
      case GUMBO_TAG_TITLE:
        return true;
      case GUMBO_TAG_NAV:
      case GUMBO_TAG_ASIDE:
      case GUMBO_TAG_FOOTER:
      case GUMBO_TAG_FORM:
        return page_;
      case GUMBO_TAG_HEADER:
        return page_ && root_->v.element.tag == GUMBO_TAG_BODY;
      default:
        break;
    }
    if (gumbo_get_attribute(&node->v.element.attributes, "hidden") != nullptr) return true;
    return page_ && (has_furniture_word(attribute(node, "class")) || has_furniture_word(attribute(node, "id")));
  }

  static bool is_inline(const GumboNode* node) {
    const GumboTag tag = node->v.element.tag;
    return inline_tag_name(gumbo_normalized_tagname(tag)) || tag == GUMBO_TAG_SPAN || tag == GUMBO_TAG_FONT ||
           tag == GUMBO_TAG_SMALL || tag == GUMBO_TAG_ABBR || tag == GUMBO_TAG_TIME || tag == GUMBO_TAG_Q ||
           tag == GUMBO_TAG_BIG || tag == GUMBO_TAG_BDI || tag == GUMBO_TAG_BDO || tag == GUMBO_TAG_INS ||
           tag == GUMBO_TAG_LABEL || tag == GUMBO_TAG_DFN || tag == GUMBO_TAG_KBD || tag == GUMBO_TAG_VAR;
  }

  void block(const GumboNode* node, Context context) {
    std::swap(context_, context);
    builder_.end();
    each_child(node, [&](const GumboNode* child) { visit(child); });
    builder_.end();
    std::swap(context_, context);
  }

  void inline_element(const GumboNode* node) {
    const std::optional<std::string_view> name = inline_tag_name(gumbo_normalized_tagname(node->v.element.tag));
    Attributes attributes;
    bool kept = name.has_value();
    if (name == "a") {
      const std::string href = attribute(node, "href");
      kept = !href.empty() && is_safe_link(href);
      attributes["href"] = href;
      if (std::string title = attribute(node, "title"); !title.empty()) attributes["title"] = std::move(title);
    }
    if (!builder_.open()) builder_.begin(context_.type, context_.attributes);
    if (kept) builder_.open_tag(*name, std::move(attributes));
    each_child(node, [&](const GumboNode* child) { visit(child); });
    if (kept) builder_.close_tag(*name);
  }

  void heading(const GumboNode* node, int level) {
    block(node, {BlockType::subheading, {{"level", std::to_string(level)}}});
  }

  void embed(const GumboNode* node) {
    Block block{.type = BlockType::embed};
    block.attributes["raw"] = source_of(node);
    if (!block.attributes["raw"].empty()) builder_.add_after(std::move(block));
  }

  void image(const GumboNode* node) {
    std::string source = attribute(node, "src");
    // Pages that load images late keep the address elsewhere.
    for (const char* late : {"data-src", "data-original"}) {
      if (source.empty() || source.starts_with("data:")) source = attribute(node, late);
    }
    if (source.empty() || !is_safe_link(source)) return;
    Block block{.type = BlockType::image};
    block.attributes["src"] = source;
    for (const char* size : {"width", "height"}) {
      if (std::string value = attribute(node, size); !value.empty()) block.attributes[size] = value;
    }
    builder_.add_after(std::move(block));
    if (std::string alt = attribute(node, "alt"); !alt.empty()) {
      BlockBuilder words;
      words.begin(BlockType::alt);
      words.text(alt);
      words.end();
      for (Block& text : words.blocks()) builder_.add_after(std::move(text));
    }
  }

  Attributes list_attributes() {
    Attributes attributes = {{"list", ordered_.empty() || !ordered_.back() ? "unordered" : "ordered"},
                             {"depth", std::to_string(std::max<size_t>(ordered_.size(), 1))}};
    if (const std::string start = std::exchange(start_, ""); !start.empty()) attributes["start"] = start;
    return attributes;
  }

  void list(const GumboNode* node, bool ordered) {
    ordered_.push_back(ordered);
    start_ = ordered ? attribute(node, "start") : "";
    const bool number = start_.size() < 10 && start_.find_first_not_of("0123456789") == std::string::npos;
    if (!number || start_ == "1") start_.clear();  // one that begins as any does
    block(node, context_);
    ordered_.pop_back();
  }

  void table(const GumboNode* node) {
    const int row = row_;
    row_ = -1;
    ++table_;
    block(node, context_);
    row_ = row;
  }
  void row(const GumboNode* node) {
    ++row_;
    column_ = 0;
    block(node, context_);
  }
  void cell(const GumboNode* node, bool header) {
    Attributes attributes = {{"table", std::to_string(table_)},
                             {"row", std::to_string(std::max(row_, 0))},
                             {"column", std::to_string(column_++)}};
    if (header) attributes["header"] = "true";
    block(node, {BlockType::table_cell, std::move(attributes)});
  }

  BlockBuilder& builder_;
  const GumboNode* root_;
  bool page_;
  Context context_;
  std::string start_;  // number of the next list item, if its list does not begin with 1
  std::vector<bool> ordered_;
  int table_ = 0;
  int row_ = -1;
  int column_ = 0;
};

// The element with the most text among those of this tag.
void find_longest(const GumboNode* node, GumboTag tag, const GumboNode*& best, size_t& best_size) {
  if (!is_element(node)) return;
  if (node->v.element.tag == tag) {
    std::string text;
    collect_text(node, text);
    if (best == nullptr || text.size() > best_size) {
      best = node;
      best_size = text.size();
    }
    return;  // an article inside an article is a comment or a teaser
  }
  each_child(node, [&](const GumboNode* child) { find_longest(child, tag, best, best_size); });
}

const GumboNode* find_first(const GumboNode* node, GumboTag tag) {
  if (!is_element(node)) return nullptr;
  if (node->v.element.tag == tag) return node;
  const GumboNode* found = nullptr;
  each_child(node, [&](const GumboNode* child) {
    if (found == nullptr) found = find_first(child, tag);
  });
  return found;
}

void read_meta(const GumboNode* node, HtmlHead& head) {
  if (!is_element(node)) return;
  if (node->v.element.tag == GUMBO_TAG_META) {
    std::string name = attribute(node, "property");
    if (name.empty()) name = attribute(node, "name");
    std::string content = attribute(node, "content");
    if (content.empty()) return;
    if (name == "og:title") head.title = content;
    if (name == "article:published_time") head.date = content;
    if (name == "og:image") head.image = content;
    if (name == "article:section") head.section = content;
    if (name == "author") head.authors.push_back(content);
    if (name == "article:tag") head.tags.push_back(content);
  }
  if (node->v.element.tag == GUMBO_TAG_TITLE && head.title.empty()) {
    collect_text(node, head.title);
    // "Headline - Site" and "Headline | Site": the site is no part of it.
    size_t bar = head.title.rfind(" | ");
    if (bar == std::string::npos) bar = head.title.rfind(" - ");
    if (bar != std::string::npos && bar > 0) head.title.resize(bar);
  }
  each_child(node, [&](const GumboNode* child) { read_meta(child, head); });
}

}  // namespace

Result<HtmlHead> read_html_page(std::string_view html, std::string_view name, BlockBuilder& builder) {
  KABAR_TRY(scan_html(html, name));
  const Tree tree = parse_tree(html);
  HtmlHead head;
  if (tree->root == nullptr) return head;
  if (const GumboNode* node = find_first(tree->root, GUMBO_TAG_HEAD)) read_meta(node, head);
  head.language = attribute(tree->root, "lang");
  const GumboNode* root = nullptr;
  size_t size = 0;
  find_longest(tree->root, GUMBO_TAG_ARTICLE, root, size);
  if (root == nullptr) root = find_first(tree->root, GUMBO_TAG_MAIN);
  if (root == nullptr) root = find_first(tree->root, GUMBO_TAG_BODY);
  if (root != nullptr) Walker(builder, root, true).walk();
  return head;
}

Result<void> read_html_fragment(std::string_view html, std::string_view name, int first_line, BlockBuilder& builder) {
  KABAR_TRY(scan_html(html, name, first_line));
  const Tree tree = parse_tree(html);
  const GumboNode* body = tree->root == nullptr ? nullptr : find_first(tree->root, GUMBO_TAG_BODY);
  if (body != nullptr) Walker(builder, body, false).walk();
  return {};
}

}  // namespace kabar::markup
