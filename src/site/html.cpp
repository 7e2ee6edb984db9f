#include "site/html.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "base/utf8.h"
#include "site/address.h"
#include "site/sanitize.h"
#include "site/word_iterator.h"

namespace kabar::site {
namespace {

// What stands for a character in HTML, and the place of that text by the character's byte; 0: it stands for itself.
constexpr std::string_view kEntities[] = {"", "&amp;", "&lt;", "&gt;", "&quot;", "&#39;", ""};
constexpr std::array<unsigned char, 256> kEntityOf = [] {
  std::array<unsigned char, 256> places{};
  // Controls are forbidden in XML: one of them would take a whole feed from its readers.
  for (size_t byte = 0; byte < 0x20; ++byte) places[byte] = 6;
  places['\t'] = places['\n'] = places['\r'] = 0;
  places['&'] = 1;
  places['<'] = 2;
  places['>'] = 3;
  places['"'] = 4;
  places['\''] = 5;
  return places;
}();

constexpr std::string_view kInlineTags[] = {"strong", "em", "b", "i",   "a", "code", "sup",
                                            "sub",    "br", "s", "del", "q", "u",    "mark"};

bool is_inline_tag(std::string_view name) { return std::ranges::find(kInlineTags, name) != std::end(kInlineTags); }

std::string attribute(const Block& block, const char* name) {
  const auto found = block.attributes.find(name);
  return found == block.attributes.end() ? std::string() : found->second;
}

int number_attribute(const Block& block, const char* name) {
  int value = 0;
  for (const char c : attribute(block, name)) {
    if (c < '0' || c > '9' || value > 100'000) return 0;
    value = value * 10 + (c - '0');
  }
  return value;
}

// The start tag, or "" for a tag that is not allowed; `close` gets the end tag.
std::string start_tag(const InlineTag& tag, std::string& close) {
  close.clear();
  if (!is_inline_tag(tag.name)) return "";
  if (tag.name == "br") return "<br>";
  std::string attributes;
  if (tag.name == "a") {
    const auto href = tag.attributes.find("href");
    const std::string address = href == tag.attributes.end() ? "" : safe_link(href->second);
    if (address.empty()) return "";
    attributes = " href=\"" + escape_html(address) + '"';
    if (address.starts_with("http")) attributes += " rel=\"noopener noreferrer\"";
  }
  close = "</" + tag.name + '>';
  return '<' + tag.name + attributes + '>';
}

// Writes [piece) of a text; tags that reach beyond the piece are cut to it.
class InlineWriter {
 public:
  InlineWriter(std::string_view text, const InlineTags& tags) : text_(text), index_(text), tags_(tags) {}

  void write(Span piece, std::string& out) const {
    std::vector<std::pair<int, std::string>> open;  // where it ends, end tag
    int at = piece.begin;
    for (const InlineTag& tag : tags_) {
      const Span span{std::max(tag.span.begin, piece.begin), std::min(tag.span.end, piece.end)};
      const bool point = tag.span.empty() && tag.span.begin >= piece.begin && tag.span.begin < piece.end;
      if (span.empty() && !point) continue;
      close_until(span.begin, open, at, out);
      put(at, span.begin, out);
      at = std::max(at, span.begin);
      std::string end_tag;
      out += start_tag(tag, end_tag);
      if (!point && !end_tag.empty()) {
        // An inner tag must not outlive the outer one, whatever the input says.
        const int end = open.empty() ? span.end : std::min(span.end, open.back().first);
        open.emplace_back(end, std::move(end_tag));
      }
    }
    close_until(piece.end, open, at, out);
    put(at, piece.end, out);
  }

  int size() const { return index_.size(); }
  int point_at(size_t byte) const { return index_.point_at(byte); }

 private:
  void put(int begin, int end, std::string& out) const {
    if (end <= begin) return;
    const size_t first = index_.byte_at(begin);
    append_escaped(out, text_.substr(first, index_.byte_at(end) - first));
  }

  void close_until(int place, std::vector<std::pair<int, std::string>>& open, int& at, std::string& out) const {
    while (!open.empty() && open.back().first <= place) {
      put(at, open.back().first, out);
      at = std::max(at, open.back().first);
      out += open.back().second;
      open.pop_back();
    }
  }

  std::string_view text_;
  PointIndex index_;
  const InlineTags& tags_;
};

// Pieces of body HTML in order; remembers what must be closed when the kind of block changes.
class BodyWriter {
 public:
  BodyWriter(const std::vector<Block>& blocks, const std::vector<TranslatedSegment>& segments,
             const BodyOptions& options)
      : blocks_(blocks), options_(options) {
    if (!options.mark_sentences) return;
    for (const TranslatedSegment& segment : segments) segments_[segment.block_id].push_back(&segment);
  }

  std::string write() {
    for (size_t i = 0; i < blocks_.size(); ++i) {
      const Block& block = blocks_[i];
      if (block.type != BlockType::list_item) close_lists(0);
      if (block.type != BlockType::table_cell) close_table();
      switch (block.type) {
        case BlockType::headline:
        case BlockType::standfirst:
        case BlockType::caption:  // written with their image
        case BlockType::alt:
          break;
        case BlockType::dateline:
          dateline_ = block.text;
          break;
        case BlockType::paragraph:
          paragraph(block);
          break;
        case BlockType::subheading:
          subheading(block);
          break;
        case BlockType::list_item:
          list_item(block);
          break;
        case BlockType::quote:
          element("blockquote><p", "p></blockquote", block);
          break;
        case BlockType::table_cell:
          table_cell(block);
          break;
        case BlockType::image:
          image(i);
          break;
        case BlockType::embed:
          out_ += sanitize_embed(attribute(block, "raw"), *options_.site, options_.embed_link);
          break;
        case BlockType::rule:
          out_ += "<hr>\n";
          break;
      }
    }
    close_lists(0);
    close_table();
    return std::move(out_);
  }

 private:
  void text(const Block& block) {
    const InlineWriter writer(block.text, block.tags);
    int at = 0;
    size_t byte = 0;
    if (const auto found = segments_.find(block.id); found != segments_.end()) {
      for (const TranslatedSegment* segment : found->second) {
        const size_t begin = segment->text.empty() ? std::string::npos : block.text.find(segment->text, byte);
        if (begin == std::string::npos) continue;
        byte = begin + segment->text.size();
        const Span sentence{writer.point_at(begin), writer.point_at(byte)};
        writer.write({at, sentence.begin}, out_);
        out_ += "<span data-s=\"" + escape_html(segment->id) + "\">";
        writer.write(sentence, out_);
        out_ += "</span>";
        at = sentence.end;
      }
    }
    writer.write({at, writer.size()}, out_);
  }

  void element(std::string_view open, std::string_view close, const Block& block) {
    out_ += fmt::format("<{}>", open);
    text(block);
    out_ += fmt::format("</{}>\n", close);
  }

  void paragraph(const Block& block) {
    out_ += "<p>";
    if (!dateline_.empty()) {
      out_ += "<b class=\"dateline\">" + escape_html(dateline_) + "</b> – ";
      dateline_.clear();
    }
    text(block);
    out_ += "</p>\n";
  }

  void subheading(const Block& block) {
    // The page's own h1 is the headline; levels never skip downwards from there.
    const int wanted = std::clamp(number_attribute(block, "level"), 2, 6);
    heading_ = std::min(wanted, heading_ + 1);
    const std::string name = fmt::format("h{}", heading_);
    element(name, name, block);
  }

  void list_item(const Block& block) {
    const int depth = std::clamp(number_attribute(block, "depth"), 1, 8);
    const std::string_view name = attribute(block, "list") == "ordered" ? "ol" : "ul";
    close_lists(static_cast<size_t>(depth));
    if (lists_.size() == static_cast<size_t>(depth) && lists_.back() != name)
      close_lists(static_cast<size_t>(depth) - 1);
    if (lists_.size() == static_cast<size_t>(depth)) out_ += "</li>\n";
    while (lists_.size() < static_cast<size_t>(depth)) {
      const std::string start = name == "ol" ? attribute(block, "start") : "";
      out_ +=
          start.empty() ? fmt::format("<{}>\n", name) : fmt::format("<{} start=\"{}\">\n", name, escape_html(start));
      lists_.push_back(name);
      if (lists_.size() < static_cast<size_t>(depth)) out_ += "<li>";
    }
    out_ += "<li>";
    text(block);
  }

  void close_lists(size_t depth) {
    while (lists_.size() > depth) {
      out_ += fmt::format("</li>\n</{}>\n", lists_.back());
      lists_.pop_back();
    }
  }

  void table_cell(const Block& block) {
    const int row = number_attribute(block, "row");
    if (row_ < 0)
      out_ += "<div class=\"table\" tabindex=\"0\"><table>\n<tr>";
    else if (row != row_)
      out_ += "</tr>\n<tr>";
    row_ = row;
    const bool header = attribute(block, "header") == "true";
    const std::string_view open = !header ? "td" : row == 0 ? "th scope=\"col\"" : "th scope=\"row\"";
    out_ += fmt::format("<{}>", open);
    text(block);
    out_ += header ? "</th>" : "</td>";
  }

  void close_table() {
    if (row_ < 0) return;
    out_ += "</tr>\n</table></div>\n";
    row_ = -1;
  }

  void image(size_t i) {
    const Block& block = blocks_[i];
    const Block* caption = nullptr;
    std::string alt;
    for (size_t k = i + 1; k < blocks_.size(); ++k) {
      if (blocks_[k].type == BlockType::caption)
        caption = &blocks_[k];
      else if (blocks_[k].type == BlockType::alt)
        alt = blocks_[k].text;
      else
        break;
    }
    const std::string address = own_address(*options_.site, attribute(block, "src"));
    if (address.empty()) return;  // a picture elsewhere would be a request to a third party
    if (!lead_written_ && address == options_.lead) {
      lead_written_ = true;
      return;
    }
    SiteImage image{.width = number_attribute(block, "width"), .height = number_attribute(block, "height")};
    if (options_.pictures != nullptr) {
      if (const auto known = options_.pictures->find(address); known != options_.pictures->end()) {
        image = known->second;
        if (image.src.empty()) return;  // it is not there
      }
    }
    out_ += "<figure>";
    if (!image.widths.empty()) out_ += "<picture>";
    for (const char* format : {"avif", "webp"}) {  // browsers take the first that they know
      const std::string sources = source_set(image, format);
      if (sources.empty()) continue;
      out_ += fmt::format("<source type=\"image/{}\" srcset=\"{}\" sizes=\"(min-width: 60rem) 40rem, 100vw\">", format,
                          escape_html(sources));
    }
    out_ += fmt::format("<img src=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\" loading=\"lazy\" decoding=\"async\">",
                        escape_html(address), escape_html(alt), image.shown_width(), image.shown_height());
    if (!image.widths.empty()) out_ += "</picture>";
    if (caption != nullptr) element("figcaption", "figcaption", *caption);
    out_ += "</figure>\n";
  }

  const std::vector<Block>& blocks_;
  const BodyOptions& options_;
  std::map<std::string, std::vector<const TranslatedSegment*>> segments_;
  std::string out_;
  std::string dateline_;
  std::vector<std::string_view> lists_;
  int row_ = -1;     // of the open table
  int heading_ = 1;  // level of the last heading
  bool lead_written_ = false;
};

std::string with_breaks(std::string_view headline, icu::BreakIterator* words) {
  const icu::UnicodeString text =
      icu::UnicodeString::fromUTF8({headline.data(), static_cast<int32_t>(headline.size())});
  words->setText(text);
  std::string out;
  int32_t unbroken = 0;  // since where no line may end
  int32_t begin = words->first();
  for (int32_t end = words->next(); end != icu::BreakIterator::DONE; begin = end, end = words->next()) {
    // Between letters only: no line begins with a mark, nor ends with an opening one. A word of one character goes with
    // the next: 三座, 在雅加达.
    const auto is_han = [&](int32_t at) { return uscript_hasScript(text.char32At(at), USCRIPT_HAN) != 0; };
    if (begin - unbroken > 1 && is_han(begin) && is_han(begin - 1)) {
      out += "<wbr>";
      unbroken = begin;
    }
    std::string word;
    text.tempSubStringBetween(begin, end).toUTF8String(word);
    append_escaped(out, word);
  }
  return out;
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  size_t done = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const unsigned char place = kEntityOf[static_cast<unsigned char>(text[i])];
    if (place == 0) continue;
    out.append(text.substr(done, i - done)).append(kEntities[place]);
    done = i + 1;
  }
  out.append(text.substr(done));
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  append_escaped(out, text);
  return out;
}

std::string safe_link(std::string_view address) {
  // Browsers skip control characters and blanks when they look for the scheme: "java\nscript:".
  std::string clean;
  for (const char c : address) {
    if (static_cast<unsigned char>(c) > 0x20 && c != 0x7F) clean += c;
  }
  const size_t end = clean.find_first_of(":/?#");
  if (end == std::string::npos || clean[end] != ':') return clean.starts_with("//") ? "" : clean;
  std::string scheme = clean.substr(0, end);
  std::ranges::transform(scheme, scheme.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const bool known = scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
  return known ? clean : "";
}

std::string own_address(const SiteConfig& site, std::string_view address) {
  if (address.starts_with(site.base_url + "/")) address.remove_prefix(site.base_url.size());
  const std::string clean = safe_link(address);
  if (clean.empty() || clean.find(':') != std::string::npos) return "";
  return clean.front() == '/' ? clean : '/' + clean;
}

std::string variant_address(const SiteImage& image, int width, std::string_view format) {
  return fmt::format("{}-{}.{}", image.variants, width, format);
}

std::string source_set(const SiteImage& image, std::string_view format) {
  std::string out;
  if (format == "avif" && !image.avif) return out;
  for (const int width : image.widths) {
    out += fmt::format("{}{} {}w", out.empty() ? "" : ", ", encode_uri(variant_address(image, width, format)), width);
  }
  return out;
}

std::string render_body(const std::vector<Block>& blocks, const std::vector<TranslatedSegment>& segments,
                        const BodyOptions& options) {
  return BodyWriter(blocks, segments, options).write();
}

std::string render_inline(std::string_view text, const InlineTags& tags) {
  const InlineWriter writer(text, tags);
  std::string out;
  writer.write({0, writer.size()}, out);
  return out;
}

std::string headline_html(std::string_view headline, Language language) {
  icu::BreakIterator* const words = language == Language::zh ? word_iterator(language) : nullptr;
  if (words == nullptr) return escape_html(headline);
  // Finding words is slow, and a headline stands on the pages of related stories and on lists too.
  constexpr size_t kKeptMax = 5'000;
  thread_local std::map<std::string, std::string, std::less<>> kept;
  const auto found = kept.find(headline);
  if (found != kept.end()) return found->second;
  if (kept.size() >= kKeptMax) kept.clear();
  return kept.emplace(headline, with_breaks(headline, words)).first->second;
}

const Block* find_block(const std::vector<Block>& blocks, BlockType type) {
  const auto found = std::ranges::find(blocks, type, &Block::type);
  return found == blocks.end() ? nullptr : &*found;
}

std::string plain_body(const std::vector<Block>& blocks) {
  std::string out;
  for (const Block& block : blocks) {
    if (block.text.empty() || block.type == BlockType::headline || block.type == BlockType::alt) continue;
    out += block.text;
    out += '\n';
  }
  return out;
}

int reading_minutes(std::string_view text, bool spaced) {
  constexpr int kWordsAMinute = 220;
  constexpr int kCharactersAMinute = 500;
  if (!spaced) return std::max(1, (count_points(text) + kCharactersAMinute / 2) / kCharactersAMinute);
  int words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank && !inside) ++words;
    inside = !blank;
  }
  return std::max(1, (words + kWordsAMinute / 2) / kWordsAMinute);
}

}  // namespace kabar::site
