#include "markup/builder.h"

#include <algorithm>

namespace kabar::markup {
namespace {

// Other controls too: a reference such as "&#1;" makes them out of plain bytes.
bool is_space(char c) { return (c >= 0 && c <= ' ') || c == 0x7F; }

size_t length_of(unsigned char first) { return first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2; }

}  // namespace

void BlockBuilder::begin(BlockType type, Attributes attributes) {
  if (open_) end();
  block_ = Block{};
  block_.type = type;
  block_.attributes = std::move(attributes);
  tags_.clear();
  points_ = 0;
  space_ = false;
  open_ = true;
}

void BlockBuilder::end() {
  if (!open_) return;
  open_ = false;
  for (const OpenTag& tag : tags_) block_.tags[tag.index].span.end = points_;
  tags_.clear();
  // Line breaks at the end stand before nothing.
  while (!block_.text.empty() && block_.text.back() == '\n') {
    block_.text.pop_back();
    --points_;
  }
  std::erase_if(block_.tags, [&](InlineTag& tag) {
    tag.span.end = std::min(tag.span.end, points_);
    if (tag.name.empty()) return true;  // a link that is not kept
    return tag.name == "br" ? tag.span.begin >= points_ : tag.span.begin >= tag.span.end;
  });
  if (!block_.text.empty()) {
    std::stable_sort(block_.tags.begin(), block_.tags.end(), [](const InlineTag& a, const InlineTag& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    blocks_.push_back(std::move(block_));
  }
  for (Block& block : waiting_) blocks_.push_back(std::move(block));
  waiting_.clear();
}

void BlockBuilder::append(std::string_view bytes, int points) {
  if (space_ && !block_.text.empty() && block_.text.back() != '\n') {
    block_.text += ' ';
    ++points_;
  }
  space_ = false;
  for (OpenTag& tag : tags_) {
    if (!tag.started) block_.tags[tag.index].span.begin = points_;
    tag.started = true;
  }
  block_.text += bytes;
  points_ += points;
}

void BlockBuilder::text(std::string_view text) {
  if (!open_) return;
  for (size_t at = 0; at < text.size();) {
    if (is_space(text[at])) {
      space_ = true;
      ++at;
      continue;
    }
    // A no-break space of an Indonesian text is there for layout only.
    if (text.substr(at, 2) == "\u00A0") {
      space_ = true;
      at += 2;
      continue;
    }
    // A run of plain bytes goes in at once.
    size_t end = at;
    int points = 0;
    while (end < text.size() && !is_space(text[end]) && text.substr(end, 2) != "\u00A0") {
      end += std::min(length_of(static_cast<unsigned char>(text[end])), text.size() - end);
      ++points;
    }
    append(text.substr(at, end - at), points);
    at = end;
  }
}

void BlockBuilder::line_break() {
  if (!open_ || block_.text.empty()) return;
  space_ = false;
  block_.tags.push_back({"br", {points_, points_}, {}});
  block_.text += '\n';
  ++points_;
}

void BlockBuilder::open_tag(std::string_view name, Attributes attributes) {
  if (!open_) return;
  tags_.push_back({block_.tags.size()});
  block_.tags.push_back({std::string(name), {points_, points_}, std::move(attributes)});
}

void BlockBuilder::close_tag(std::string_view name) {
  const auto found = std::find_if(tags_.rbegin(), tags_.rend(),
                                  [&](const OpenTag& tag) { return block_.tags[tag.index].name == name; });
  if (found == tags_.rend()) return;
  const auto first = found.base() - 1;
  for (auto tag = first; tag != tags_.end(); ++tag) {
    block_.tags[tag->index].span.end = tag->started ? points_ : block_.tags[tag->index].span.begin;
  }
  tags_.erase(first, tags_.end());
}

void BlockBuilder::add(Block block) {
  if (open_) end();
  blocks_.push_back(std::move(block));
}

void BlockBuilder::add_after(Block block) { (open_ ? waiting_ : blocks_).push_back(std::move(block)); }

}  // namespace kabar::markup
