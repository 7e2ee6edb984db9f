#include "markup/segments.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "base/utf8.h"
#include "text/languages.h"
#include "text/sentences.h"

namespace kabar::markup {
namespace {

// These are no running text; a full stop in them is no end ("St. Petersburg").
bool is_one_segment(BlockType type) {
  return type == BlockType::headline || type == BlockType::subheading || type == BlockType::dateline;
}

// The piece in parts of bounded length: behind the last blank that fits, else anywhere.
void cut_long(const std::u32string& points, const text::Piece& piece, std::vector<text::Piece>& parts) {
  const auto is_blank = [&](int i) { return points[static_cast<size_t>(i)] == U' '; };
  int begin = piece.span.begin;
  while (piece.span.end - begin > kSegmentPointsMax) {
    int end = begin + kSegmentPointsMax;
    while (end > begin && !is_blank(end)) --end;
    if (end == begin) end = begin + kSegmentPointsMax;
    int next = end;
    while (next < piece.span.end && is_blank(next)) ++next;
    while (end > begin + 1 && is_blank(end - 1)) --end;
    parts.push_back({{begin, end}, std::string(static_cast<size_t>(next - end), ' ')});
    begin = next;
  }
  parts.push_back({{begin, piece.span.end}, piece.gap});
}

std::vector<text::Piece> sentences_of(const Block& block, Language language) {
  if (is_one_segment(block.type)) return {{{0, count_points(block.text)}, ""}};
  return text::split_sentences(block.text, language);
}

std::vector<text::Piece> pieces_of(const Block& block, Language language) {
  std::vector<text::Piece> pieces = sentences_of(block, language);
  const bool fit = std::all_of(pieces.begin(), pieces.end(), [](const text::Piece& piece) {
    return piece.span.end - piece.span.begin <= kSegmentPointsMax;
  });
  if (fit) return pieces;
  const std::u32string points = decode_utf8(block.text);
  std::vector<text::Piece> parts;
  for (const text::Piece& piece : pieces) cut_long(points, piece, parts);
  return parts;
}

// The tags that touch `span`, cut to it and counted from its start.
InlineTags tags_within(const InlineTags& tags, Span span, Span next) {
  InlineTags within;
  for (const InlineTag& tag : tags) {
    InlineTag cut = tag;
    cut.span = {std::max(tag.span.begin, span.begin), std::min(tag.span.end, span.end)};
    // A line break in the white space behind a sentence belongs to it.
    const bool point_inside =
        tag.span.empty() && tag.span.begin >= span.begin && (tag.span.begin < next.begin || next.empty());
    if (point_inside) cut.span = {std::min(tag.span.begin, span.end), std::min(tag.span.begin, span.end)};
    if (cut.span.empty() && !point_inside) continue;
    cut.span.begin -= span.begin;
    cut.span.end -= span.begin;
    within.push_back(std::move(cut));
  }
  return within;
}

}  // namespace

std::vector<Segment> segment(const Article& article) {
  std::vector<Segment> segments;
  for (const Block& block : article.blocks) {
    if (block.text.empty()) continue;
    const std::vector<text::Piece> pieces = pieces_of(block, article.language);
    for (size_t i = 0; i < pieces.size(); ++i) {
      Segment segment;
      segment.id = fmt::format("{}.{}", block.id, i + 1);
      segment.block_id = block.id;
      segment.block_type = block.type;
      segment.text = std::string(slice_points(block.text, pieces[i].span));
      segment.tags = tags_within(block.tags, pieces[i].span, i + 1 < pieces.size() ? pieces[i + 1].span : Span{});
      segment.gap = i + 1 < pieces.size() ? pieces[i].gap : "";
      segments.push_back(std::move(segment));
    }
  }
  return segments;
}

std::vector<Block> blocks_of(const Article& article, std::span<const TranslatedSegment> segments, Language language) {
  std::unordered_map<std::string_view, std::vector<const TranslatedSegment*>> by_block;
  for (const TranslatedSegment& segment : segments) by_block[segment.block_id].push_back(&segment);
  std::vector<Block> blocks = article.blocks;
  for (Block& block : blocks) {
    const auto found = by_block.find(block.id);
    if (found == by_block.end()) continue;
    // The gaps are those of the source's sentences, as far as there are as many.
    const std::vector<text::Piece> pieces = pieces_of(block, article.language);
    std::string joined;
    InlineTags tags;
    int points = 0;
    for (size_t i = 0; i < found->second.size(); ++i) {
      const TranslatedSegment& segment = *found->second[i];
      if (i > 0) {
        const std::string gap = text::gap_in(i - 1 < pieces.size() ? pieces[i - 1].gap : " ", language);
        joined += gap;
        points += count_points(gap);
      }
      for (InlineTag tag : segment.tags) {
        tag.span.begin += points;
        tag.span.end += points;
        tags.push_back(std::move(tag));
      }
      joined += segment.text;
      points += count_points(segment.text);
    }
    block.text = std::move(joined);
    block.tags = std::move(tags);
  }
  return blocks;
}

}  // namespace kabar::markup
