// The values that everything else speaks of: an article in its main language, cut into blocks and segments.
// No behaviour, no files, no database. All text is valid UTF-8 in NFC; all spans count code points.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/language.h"
#include "base/span.h"

namespace kabar {

enum class BlockType {
  headline,
  standfirst,
  dateline,
  paragraph,
  subheading,  // attribute "level": "2" … "6"
  list_item,   // attribute "list": "ordered" or "unordered"; "depth": "1" …
  quote,
  caption,     // text of an image's caption; follows its image
  alt,         // text of an image's alternative text; follows its image
  table_cell,  // attributes "row", "column" (from 0), "header": "true"
  image,       // no text; attributes "src", "width", "height"
  embed,       // no text; attribute "raw": markup that is carried over as it is
  rule,        // no text: a thematic break
};

inline bool is_headline(BlockType type) { return type == BlockType::headline || type == BlockType::subheading; }

// A mark inside a text: bold, italic, link, code, superscript …
struct InlineTag {
  std::string name;  // HTML element name: "strong", "em", "a", "code", "sup", "sub", "span", "br"
  Span span;         // of the plain text that it stands on; empty for "br"
  std::map<std::string, std::string> attributes;  // "href", "title", …, unescaped
  auto operator<=>(const InlineTag&) const = default;
};

// Inline tags of one text nest properly: two spans are disjoint or one holds the other;
// of equal spans the one listed first is the outer one. Ordered by begin, then outer first.
using InlineTags = std::vector<InlineTag>;

struct Block {
  std::string id;  // "b1", "b2", … in order, unique in the article
  BlockType type = BlockType::paragraph;
  std::string text;  // plain; empty for image, embed, rule
  InlineTags tags;
  std::map<std::string, std::string> attributes;
};

// A sentence. The headline is a block and a segment like any other, and the first.
struct Segment {
  std::string id;  // stable over revisions as long as the sentence is unchanged
  std::string block_id;
  BlockType block_type = BlockType::paragraph;
  std::string text;  // plain, trimmed
  InlineTags tags;   // spans within `text`
  std::string gap;   // white space between this segment and the next of the same block
};

enum class Format { markdown, html, text };

struct Article {
  std::string id;    // from the front matter, else its path below the imported folder
  std::string site;  // of the newsroom's sites the one that it belongs to; empty: the first
  Language language = Language::id;
  Format format = Format::markdown;
  std::string section;  // slug, e.g. "ekonomi"; empty = "berita"
  std::vector<std::string> authors;
  std::vector<std::string> tags;
  std::optional<Time> date;                  // publication as the newsroom states it
  std::string image;                         // lead image: path or address; empty if there is none
  bool front_matter = false;                 // Markdown: the file has a front matter, so its versions get one too
  std::vector<Block> blocks;                 // the first one is the headline
  std::map<std::string, std::string> other;  // front matter that we do not use, carried over

  // The text of the headline block; empty if there is none.
  const std::string& title() const;
};

}  // namespace kabar
