#include "markup/tags.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "text/typography.h"

namespace kabar::markup {
namespace {

bool is_space(char32_t c) { return c == U' ' || c == U'\n' || c == 0xA0 || c == 0x202F || c == 0x3000; }

// Marks that rather belong to the sentence than to the tagged words.
bool is_edge_mark(char32_t c) {
  constexpr std::u32string_view kMarks = U".,;:!?،؛؟。、，；：！？";
  return kMarks.find(c) != std::u32string_view::npos;
}

bool is_word(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') ||
         (c >= 0xC0 && c < 0x2000) || c >= 0x3041;
}

// Han and Kana have no word borders to keep to.
bool is_wordless(char32_t c) { return c >= 0x2E80; }

struct Node {
  const InlineTag* tag = nullptr;
  std::vector<Node> children;
};

// The tags as a tree: children lie inside their parent.
std::vector<Node> tree_of(const InlineTags& tags) {
  std::vector<Node> roots;
  std::vector<const InlineTag*> order;
  for (const InlineTag& tag : tags) order.push_back(&tag);
  // Equal spans keep their order: the first is the outer one.
  std::stable_sort(order.begin(), order.end(), [](const InlineTag* a, const InlineTag* b) {
    return a->span.begin != b->span.begin ? a->span.begin < b->span.begin : a->span.end > b->span.end;
  });
  for (const InlineTag* tag : order) {
    std::vector<Node>* level = &roots;
    while (!level->empty() && level->back().tag->span.contains(tag->span) && !level->back().tag->span.empty()) {
      level = &level->back().children;
    }
    level->push_back({tag, {}});
  }
  return roots;
}

class Projector {
 public:
  Projector(const Alignment& alignment, std::string_view source, std::string_view target)
      : alignment_(alignment), source_(decode_utf8(source)), target_(decode_utf8(target)) {}

  InlineTags run(const InlineTags& tags) {
    const std::vector<Node> roots = tree_of(tags);
    place(roots, {0, static_cast<int>(source_.size())}, {0, static_cast<int>(target_.size())});
    return std::move(out_);
  }

 private:
  struct Placed {
    const Node* node;
    Span span;
    bool empty;  // stands on no text, as <br>
  };

  // Puts sibling tags into `room`, the target span of their parent (or the whole text).
  void place(const std::vector<Node>& nodes, Span parent, Span room) {
    std::vector<Placed> placed;
    for (const Node& node : nodes) {
      const Span source = cut(node.tag->span, {0, static_cast<int>(source_.size())});
      const bool empty = source.empty();
      Span span = empty ? point(source.begin, parent, room) : wanted(source, parent, room);
      placed.push_back({&node, cut(span, room), empty});
    }
    std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end < b.span.end;
    });
    separate(placed, room);
    for (const Placed& each : placed) {
      InlineTag tag = *each.node->tag;
      const Span source = tag.span;
      tag.span = each.span;
      out_.push_back(std::move(tag));
      place(each.node->children, source, each.span);
    }
  }

  static Span cut(Span span, Span room) {
    const int begin = std::clamp(span.begin, room.begin, room.end);
    return {begin, std::clamp(span.end, begin, room.end)};
  }

  // Where a tag that covers `source` should go.
  Span wanted(Span source, Span parent, Span room) const {
    if (source == parent) return room;
    if (const std::optional<Span> same = unchanged(source, room)) return *same;
    if (const std::optional<Span> aligned = by_alignment(source, room)) return tidy(*aligned, source, room);
    return tidy(in_proportion(source, parent, room), source, room);
  }

  // The one place in `room` where the very words of the source stand.
  std::optional<Span> unchanged(Span source, Span room) const {
    const std::u32string_view words =
        std::u32string_view(source_).substr(static_cast<size_t>(source.begin), static_cast<size_t>(source.size()));
    const std::u32string_view where = std::u32string_view(target_).substr(0, static_cast<size_t>(room.end));
    if (std::none_of(words.begin(), words.end(), is_word)) return std::nullopt;
    const size_t found = where.find(words, static_cast<size_t>(room.begin));
    if (found == std::u32string_view::npos || where.find(words, found + 1) != std::u32string_view::npos)
      return std::nullopt;
    const int begin = static_cast<int>(found);
    const Span span{begin, begin + source.size()};
    const bool inside_word = (begin > 0 && glued(begin - 1, begin)) || glued(span.end - 1, span.end);
    if (inside_word) return std::nullopt;
    return span;
  }

  // Whether a word goes on from one position to the next.
  bool glued(int left, int right) const {
    const char32_t a = at(left);
    const char32_t b = at(right);
    return is_word(a) && is_word(b) && !is_wordless(a) && !is_wordless(b);
  }
  char32_t at(int i) const {
    return i >= 0 && i < static_cast<int>(target_.size()) ? target_[static_cast<size_t>(i)] : U'\0';
  }

  // The stretch of the target whose pieces come rather from `source` than from elsewhere. Stray links far away are
  // left out: the best stretch is the one with the largest sum of +weight inside and -weight outside.
  std::optional<Span> by_alignment(Span source, Span room) const {
    struct Vote {
      Span target;
      float weight;
    };
    std::vector<Vote> votes;
    for (const AlignmentLink& link : alignment_) {
      const Span target = cut(link.target, room);
      if (target.empty() || !link.target.overlaps(room)) continue;
      const float share =
          static_cast<float>(overlap(link.source, source)) / static_cast<float>(std::max(link.source.size(), 1));
      const float length = static_cast<float>(target.size()) * std::max(link.probability, 0.05f);
      votes.push_back({target, (share - 0.5f) * length});
    }
    std::stable_sort(votes.begin(), votes.end(), [](const Vote& a, const Vote& b) { return a.target < b.target; });
    float best = 0;
    float sum = 0;
    Span span;
    std::optional<Span> best_span;
    for (const Vote& vote : votes) {
      if (sum <= 0) {
        sum = 0;
        span = vote.target;
      }
      sum += vote.weight;
      span.end = std::max(span.end, vote.target.end);
      if (sum > best) {
        best = sum;
        best_span = span;
      }
    }
    return best_span;
  }

  static int overlap(Span a, Span b) { return std::max(0, std::min(a.end, b.end) - std::max(a.begin, b.begin)); }

  static Span in_proportion(Span source, Span parent, Span room) {
    const int length = std::max(parent.size(), 1);
    const auto scale = [&](int position) {
      return room.begin + static_cast<int>(static_cast<int64_t>(position - parent.begin) * room.size() / length);
    };
    return {scale(source.begin), scale(source.end)};
  }

  // Where an empty tag goes: behind what the text before it became.
  Span point(int source, Span parent, Span room) const {
    int position = in_proportion({source, source}, parent, room).begin;
    if (source <= parent.begin) position = room.begin;
    if (source >= parent.end) position = room.end;
    int nearest = parent.begin;
    for (const AlignmentLink& link : alignment_) {
      if (link.source.end > source || link.source.end <= nearest || !room.contains(link.target)) continue;
      if (source < parent.end) position = link.target.end;
      nearest = link.source.end;
    }
    return {position, position};
  }

  // Whole words, no blanks at the edges, no closing punctuation that the source had outside; never empty if avoidable.
  Span tidy(Span span, Span source, Span room) const {
    while (span.begin > room.begin && glued(span.begin - 1, span.begin)) --span.begin;
    while (span.end < room.end && span.end > span.begin && glued(span.end - 1, span.end)) ++span.end;
    const bool mark_inside = source.end > source.begin && is_edge_mark(source_[static_cast<size_t>(source.end - 1)]);
    while (span.size() > 1 && (is_space(at(span.end - 1)) || (!mark_inside && is_edge_mark(at(span.end - 1)))))
      --span.end;
    while (span.size() > 1 && is_space(at(span.begin))) ++span.begin;
    if (span.empty() && !room.empty()) {
      span.begin = std::min(span.begin, room.end - 1);
      span.end = span.begin + 1;
      while (span.begin > room.begin && glued(span.begin - 1, span.begin)) --span.begin;
      while (span.end < room.end && glued(span.end - 1, span.end)) ++span.end;
    }
    return span;
  }

  // Makes the sorted spans disjoint within `room`, each with text as long as there is enough for all.
  static void separate(std::vector<Placed>& placed, Span room) {
    int needed = 0;  // tags with text from here to the end
    for (const Placed& each : placed) needed += each.empty ? 0 : 1;
    int free = room.begin;
    for (size_t i = 0; i < placed.size(); ++i) {
      Placed& each = placed[i];
      if (!each.empty) --needed;
      // Leave one code point for each of those that follow.
      const int last = std::max(free, room.end - needed);
      each.span.begin = std::clamp(each.span.begin, free, last);
      each.span.end = std::clamp(each.span.end, each.span.begin, last);
      if (!each.empty && each.span.empty()) {
        if (each.span.end < last) {
          ++each.span.end;
        } else if (each.span.begin > free) {
          --each.span.begin;
        }
      }
      // A span that swallows the start of the next one ends there, if both keep some text.
      if (i + 1 < placed.size() && !each.empty) {
        const int next = placed[i + 1].span.begin;
        if (each.span.end > next && next > each.span.begin) each.span.end = next;
        if (each.span.end > next && next <= each.span.begin && each.span.size() > 1) {
          each.span.end = each.span.begin + (each.span.size() + 1) / 2;
        }
      }
      free = each.span.end;
    }
  }

  const Alignment& alignment_;
  std::u32string source_;
  std::u32string target_;
  InlineTags out_;
};

}  // namespace

InlineTags project_tags(const InlineTags& source_tags, const Alignment& alignment, std::string_view source_text,
                        std::string_view target_text) {
  if (source_tags.empty()) return {};
  return Projector(alignment, source_text, target_text).run(source_tags);
}

void typeset(std::string& text, InlineTags& tags, Language language) {
  const std::vector<text::Edit> edits = text::typography_edits(text, language);
  if (edits.empty()) return;
  text = text::apply_edits(text, edits);
  for (InlineTag& tag : tags) {
    const bool empty = tag.span.empty();
    tag.span.begin = text::moved_position(edits, tag.span.begin, empty);
    tag.span.end = std::max(tag.span.begin, text::moved_position(edits, tag.span.end, true));
  }
}

bool is_well_nested(const InlineTags& tags, int points) {
  std::vector<Span> open;
  Span before{0, 0};
  for (const InlineTag& tag : tags) {
    if (tag.span.begin < 0 || tag.span.end < tag.span.begin || tag.span.end > points) return false;
    if (tag.span.begin < before.begin) return false;
    while (!open.empty() && open.back().end <= tag.span.begin &&
           !(open.back().contains(tag.span) && tag.span.empty())) {
      open.pop_back();
    }
    if (!open.empty() && !open.back().contains(tag.span)) return false;
    if (!tag.span.empty()) open.push_back(tag.span);
    before = tag.span;
  }
  return true;
}

}  // namespace kabar::markup
