#include "text/editor_marks.h"

#include "base/utf8.h"

namespace kabar::text {
namespace {

constexpr std::string_view kMarks[] = {"red.", "red", "ed.", "Red.", "Red", "Ed."};

bool ends_in_separator(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text.empty() || text.ends_with(',') || text.ends_with('-') || text.ends_with("–") || text.ends_with("—");
}

}  // namespace

std::vector<Span> find_editor_marks(std::string_view text) {
  std::vector<Span> spans;
  for (size_t open = text.find('('); open != std::string_view::npos; open = text.find('(', open + 1)) {
    const size_t close = text.find(')', open);
    if (close == std::string_view::npos) break;
    std::string_view inner = text.substr(open + 1, close - open - 1);
    while (inner.ends_with(' ')) inner.remove_suffix(1);
    for (const std::string_view mark : kMarks) {
      if (!inner.ends_with(mark) || !ends_in_separator(inner.substr(0, inner.size() - mark.size()))) continue;
      const int begin = count_points(text.substr(0, open + 1 + inner.size() - mark.size()));
      spans.push_back({begin, begin + static_cast<int>(mark.size())});
      break;
    }
  }
  return spans;
}

std::string_view editor_mark(Language language) {
  if (language == Language::id) return "red.";
  if (language == Language::fr) return "NDLR";
  if (language == Language::zh) return "编者注";
  if (language == Language::ja) return "編集部注";
  if (language == Language::ar) return "المحرر";
  return "ed.";
}

}  // namespace kabar::text
