#include "translate/edited_text.h"

#include "base/result.h"
#include "base/utf8.h"

namespace kabar::translate {
namespace {

// Maps one edge of a span. Before or after a replaced piece the distance to it is kept;
// strictly inside one, a begin goes to the piece's begin and an end to its end.
template <typename Pieces, typename From, typename To>
int map_edge(int point, bool is_end, const Pieces& pieces, From from, To to) {
  int shift = 0;
  for (const auto& piece : pieces) {
    const Span& in = piece.*from;
    const Span& out = piece.*to;
    if (point <= in.begin && !(is_end && in.empty() && point == in.begin)) break;
    if (point < in.end) return is_end ? out.end : out.begin;
    shift = out.end - in.end;
  }
  return point + shift;
}

}  // namespace

EditedText::EditedText(std::string_view original, const std::vector<Edit>& edits) {
  const PointIndex index(original);
  int done = 0;
  int length = 0;
  for (const Edit& edit : edits) {
    KABAR_CHECK(edit.span.begin >= done && edit.span.end >= edit.span.begin && edit.span.end <= index.size());
    text_ += original.substr(index.byte_at(done), index.byte_at(edit.span.begin) - index.byte_at(done));
    length += edit.span.begin - done;
    const int added = count_points(edit.replacement);
    replaced_.push_back({edit.span, {length, length + added}});
    text_ += edit.replacement;
    length += added;
    done = edit.span.end;
  }
  text_ += original.substr(index.byte_at(done));
}

Span EditedText::to_edited(Span original) const {
  return {map_edge(original.begin, false, replaced_, &Piece::original, &Piece::edited),
          map_edge(original.end, true, replaced_, &Piece::original, &Piece::edited)};
}

Span EditedText::to_original(Span edited) const {
  return {map_edge(edited.begin, false, replaced_, &Piece::edited, &Piece::original),
          map_edge(edited.end, true, replaced_, &Piece::edited, &Piece::original)};
}

std::vector<Span> EditedText::replaced() const {
  std::vector<Span> spans;
  for (const Piece& piece : replaced_) spans.push_back(piece.edited);
  return spans;
}

}  // namespace kabar::translate
