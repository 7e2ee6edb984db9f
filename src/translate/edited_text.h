// A text with some pieces replaced, and where each piece of one text stands in the other.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "text/typography.h"

namespace kabar::translate {

using text::Edit;  // in order and disjoint

class EditedText {
 public:
  EditedText() = default;
  EditedText(std::string_view original, const std::vector<Edit>& edits);

  const std::string& text() const { return text_; }
  // A span that begins or ends inside a replaced piece is widened to hold the whole of its counterpart.
  Span to_edited(Span original) const;
  Span to_original(Span edited) const;
  // Where the replacements stand in text(), in order.
  std::vector<Span> replaced() const;

 private:
  struct Piece {
    Span original;
    Span edited;
  };
  std::string text_;
  std::vector<Piece> replaced_;
};

}  // namespace kabar::translate
