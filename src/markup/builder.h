// Collects blocks while a reader walks through its markup: joins white space, keeps inline tags nested.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"

namespace kabar::markup {

using Attributes = std::map<std::string, std::string>;

class BlockBuilder {
 public:
  // Starts a text block; one that is open is ended first.
  void begin(BlockType type, Attributes attributes = {});
  // Ends the block; one without text is dropped. Open tags are closed.
  void end();
  bool open() const { return open_; }

  // Text of the open block. Runs of white space become one space; at the edges they vanish.
  void text(std::string_view text);
  void line_break();  // <br>: a line feed in the text and a tag "br"
  void open_tag(std::string_view name, Attributes attributes = {});
  // Closes the innermost open tag of this name and those inside it; nothing if there is none.
  void close_tag(std::string_view name);

  // A block without text (image, embed, rule), or a text block that is complete.
  void add(Block block);
  // Blocks that must wait until the open one ends: an image inside a paragraph.
  void add_after(Block block);

  std::vector<Block>& blocks() { return blocks_; }

 private:
  struct OpenTag {
    size_t index;  // in block_.tags
    bool started = false;
  };
  void append(std::string_view character, int points);

  std::vector<Block> blocks_;
  std::vector<Block> waiting_;
  Block block_;
  std::vector<OpenTag> tags_;
  int points_ = 0;
  bool open_ = false;
  bool space_ = false;
};

}  // namespace kabar::markup
