#include "text/typography.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/facts/fact.h"

namespace kabar::text {
namespace {

constexpr char32_t kNarrow = 0x202F;
constexpr char32_t kNoBreak = 0xA0;

bool is_space(char32_t c) { return c == U' ' || c == kNoBreak || c == kNarrow || c == 0x2009 || c == 0x3000; }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_latin(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7);
}
bool is_wide_letter(char32_t c) {
  return (c >= 0x3040 && c <= 0x30FF && c != U'・') || (c >= 0x3400 && c <= 0x9FFF) || c == U'々';
}

class Typesetter {
 public:
  Typesetter(std::string_view text, Language language) : points_(decode_utf8(text)), kept_(points_.size()) {
    // Only texts that can hold an address are searched for one.
    if (text.find_first_of("@#/") == std::string_view::npos && text.find("www.") == std::string_view::npos &&
        text.find(".co") == std::string_view::npos) {
      return;
    }
    for (const Fact& fact : find_facts(text, language)) {
      const bool link = fact.kind == FactKind::url || fact.kind == FactKind::email || fact.kind == FactKind::handle ||
                        fact.kind == FactKind::hashtag;
      for (int i = fact.span.begin; link && i < fact.span.end; ++i) kept_[static_cast<size_t>(i)] = true;
    }
  }

  std::vector<Edit> french() {
    for (int i = 0; i < size(); ++i) {
      if (kept(i)) continue;
      const char32_t c = at(i);
      if (c == U'"' || c == U'“' || c == U'”') {
        french_quote(i);
      } else if (c == U'«') {
        ++guillemets_;
        space_after(i, kNarrow);
      } else if (c == U'»') {
        guillemets_ = std::max(guillemets_ - 1, 0);
        space_before(i, kNarrow);
      } else if (c == U'!' || c == U'?' || c == U';') {
        if (!is_mark(at(i - 1)) && i > 0) space_before(i, kNarrow);
      } else if (c == U':') {
        const bool inside = is_digit(at(i - 1)) && is_digit(at(i + 1));
        if (!inside && i > 0 && (is_space(at(i + 1)) || i + 1 == size() || is_quote(at(i + 1))))
          space_before(i, kNoBreak);
      } else if (c == U'%') {
        if (is_digit(at(i - 1)) || (is_space(at(i - 1)) && is_digit(at(i - 2)))) space_before(i, kNarrow);
      } else if (c == U'\'') {
        if (is_latin(at(i - 1)) && is_latin(at(i + 1))) replace(i, 1, U"’");
      } else if (c == U' ' && is_group_space(i)) {
        replace(i, 1, std::u32string(1, kNarrow));
      } else {
        dots(i, U"…");
      }
    }
    return std::move(edits_);
  }

  std::vector<Edit> english() {
    for (int i = 0; i < size(); ++i) {
      if (kept(i)) continue;
      const char32_t c = at(i);
      if (c == U'"') {
        replace(i, 1, opens(i) ? U"“" : U"”");
      } else if (c == U'\'') {
        const bool inside = is_latin(at(i - 1)) || is_digit(at(i - 1)) || (is_digit(at(i + 1)) && !is_latin(at(i - 1)));
        replace(i, 1, inside || !opens_single(i) ? U"’" : U"‘");
      } else if (c == U' ' && (at(i + 1) == U',' || at(i + 1) == U';') && is_latin(at(i - 1))) {
        replace(i, 1, U"");
      }
    }
    return std::move(edits_);
  }

  std::vector<Edit> indonesian() {
    for (int i = 0; i < size(); ++i) {
      if (!kept(i) && at(i) == U'"') replace(i, 1, opens(i) ? U"“" : U"”");
    }
    return std::move(edits_);
  }

  std::vector<Edit> arabic() {
    for (int i = 0; i < size(); ++i) {
      if (kept(i)) continue;
      const char32_t c = at(i);
      if (c == U'"' || c == U'“' || c == U'”') {
        const bool open = c == U'“' || (c == U'"' && opens(i));
        replace(i, 1, open ? U"«" : U"»");
      } else if ((c == U',' || c == U';' || c == U'?') && in_arabic(i)) {
        replace(i, 1, c == U',' ? U"،" : c == U';' ? U"؛" : U"؟");
      }
    }
    return std::move(edits_);
  }

  std::vector<Edit> chinese() {
    int depth = 0;
    for (int i = 0; i < size(); ++i) {
      if (kept(i)) continue;
      const char32_t c = at(i);
      if (c == U'"') {
        replace(i, 1, depth++ % 2 == 0 ? U"“" : U"”");
      } else {
        wide_mark(i, U"，", U"……");
      }
    }
    return std::move(edits_);
  }

  std::vector<Edit> japanese() {
    int depth = 0;
    bool straight = false;
    for (int i = 0; i < size(); ++i) {
      if (kept(i)) continue;
      const char32_t c = at(i);
      if (c == U'「' || c == U'『') ++depth;
      if ((c == U'」' || c == U'』') && depth > 0) --depth;
      const bool open = c == U'“' || (c == U'"' && !straight);
      const bool close = c == U'”' || (c == U'"' && straight);
      if (c == U'"') straight = !straight;
      if (open) {
        replace(i, 1, depth++ == 0 ? U"「" : U"『");
      } else if (close) {
        depth = std::max(depth - 1, 0);
        replace(i, 1, depth == 0 ? U"」" : U"』");
      } else if (c == U'%' && is_digit(at(i - 1))) {
        replace(i, 1, U"％");
      } else {
        wide_mark(i, U"、", U"……");
      }
    }
    return std::move(edits_);
  }

 private:
  int size() const { return static_cast<int>(points_.size()); }
  char32_t at(int i) const { return i >= 0 && i < size() ? points_[static_cast<size_t>(i)] : U'\0'; }
  bool kept(int i) const { return kept_[static_cast<size_t>(i)]; }
  static bool is_quote(char32_t c) { return c == U'"' || c == U'“' || c == U'”' || c == U'«' || c == U'»'; }
  static bool is_mark(char32_t c) { return c == U'!' || c == U'?' || c == U';' || c == U':' || c == U'.' || c == U'…'; }

  void replace(int begin, int count, std::u32string_view by) {
    if (std::u32string_view(points_).substr(static_cast<size_t>(begin), static_cast<size_t>(count)) == by) return;
    edits_.push_back({{begin, begin + count}, encode_utf8(by)});
  }

  void space_before(int i, char32_t space) {
    if (is_space(at(i - 1))) {
      // The blank may have been set when it was a part of something else already.
      if (!edits_.empty() && edits_.back().span.end == i && !edits_.back().span.empty()) edits_.pop_back();
      if (at(i - 1) != space) edits_.push_back({{i - 1, i}, encode_utf8(std::u32string(1, space))});
    } else if (i > 0) {
      edits_.push_back({{i, i}, encode_utf8(std::u32string(1, space))});
    }
  }

  void space_after(int i, char32_t space) {
    if (is_space(at(i + 1))) {
      if (at(i + 1) != space) edits_.push_back({{i + 1, i + 2}, encode_utf8(std::u32string(1, space))});
    } else if (i + 1 < size()) {
      edits_.push_back({{i + 1, i + 1}, encode_utf8(std::u32string(1, space))});
    }
  }

  // Whether a straight quote opens: nothing, a blank or an opening sign stands before it.
  bool opens(int i) const {
    const char32_t before = at(i - 1);
    return i == 0 || is_space(before) || before == U'\n' || before == U'(' || before == U'[' || before == U'‘' ||
           before == U'—' || before == U'–';
  }
  bool opens_single(int i) const { return opens(i) || at(i - 1) == U'“' || at(i - 1) == U'"'; }

  void french_quote(int i) {
    // A quotation inside another keeps its English marks.
    const bool open = at(i) == U'“' || (at(i) == U'"' && opens(i));
    if (open) {
      if (guillemets_++ > 0) return replace(i, 1, U"“");
      std::u32string by = U"«";
      by += kNarrow;
      const int blank = is_space(at(i + 1)) ? 1 : 0;
      replace(i, 1 + blank, by);
    } else {
      if (--guillemets_ > 0) return replace(i, 1, U"”");
      guillemets_ = 0;
      std::u32string by(1, kNarrow);
      by += U"»";
      if (is_space(at(i - 1))) {
        if (edits_.empty() || edits_.back().span.end != i) return replace(i - 1, 2, by);
        return replace(i, 1, U"»");
      }
      replace(i, 1, by);
    }
  }

  // The blank of "12 500".
  bool is_group_space(int i) const {
    int first = 0;
    while (first < 4 && is_digit(at(i - 1 - first))) ++first;
    const bool number = first >= 1 && first <= 3 && !is_latin(at(i - 1 - first)) && at(i - 1 - first) != U',';
    return number && is_digit(at(i + 1)) && is_digit(at(i + 2)) && is_digit(at(i + 3)) && !is_digit(at(i + 4));
  }

  void dots(int i, std::u32string_view by) {
    if (at(i) == U'.' && at(i + 1) == U'.' && at(i + 2) == U'.' && at(i + 3) != U'.' && at(i - 1) != U'.')
      replace(i, 3, by);
  }

  // The sign belongs to Arabic words: what stands before it, blanks and closing signs aside, is no Latin word.
  bool in_arabic(int i) const {
    if (is_digit(at(i - 1)) && is_digit(at(i + 1))) return false;
    const bool latin_before = is_latin(at(i - 1));
    const int next = is_space(at(i + 1)) ? i + 2 : i + 1;
    return !latin_before || !is_latin(at(next));
  }

  // Whether the next letter or digit to the left or right of `i` is a wide letter. Marks and blanks are passed over, so
  // that it does not matter which of them are set already.
  bool wide_towards(int i, int step) const {
    for (int j = i + step; j >= 0 && j < size(); j += step) {
      if (is_wide_letter(at(j))) return true;
      if (is_digit(at(j)) || is_latin(at(j)) || at(j) == U'\n') return false;
    }
    return false;
  }

  int blanks_at(int i) const {
    int count = 0;
    while (is_space(at(i + count)) && at(i + count) != 0x3000) ++count;
    return count;
  }

  void wide_mark(int i, std::u32string_view comma, std::u32string_view ellipsis) {
    const char32_t c = at(i);
    if (c >= 0x80 || is_digit(c) || is_latin(c)) return;
    if (c == U' ') return wide_space(i);
    const bool between_digits = is_digit(at(i - 1)) && is_digit(at(i + 1));
    const bool at_end = i + 1 == size() || at(i + 1) == U'\n';
    const bool ends_text = at_end && has_wide();
    const int count = 1 + blanks_at(i + 1);
    if (c == U'.') {
      if (at(i + 1) == U'.' && at(i + 2) == U'.') return dots(i, ellipsis);
      if (at(i - 1) == U'.' || at(i - 1) == U'…' || at(i - 1) == U'。' || at(i + 1) == U'.' || between_digits) return;
      if (ends_text || (wide_towards(i, -1) && !is_latin(at(i + 1)))) replace(i, count, U"。");
      return;
    }
    if (between_digits) return;
    const bool wide = wide_towards(i, -1) || wide_towards(i, 1);
    if (c == U',' && wide) return replace(i, count, comma);
    if (c == U';' && wide) return replace(i, count, U"；");
    if (c == U':' && wide) return replace(i, count, U"：");
    if (c == U'?' && (wide || ends_text)) return replace(i, count, U"？");
    if (c == U'!' && (wide || ends_text)) return replace(i, count, U"！");
    if (c == U'(' && has_wide()) return replace(i, 1, U"（");
    if (c == U')' && has_wide()) return replace(i, 1, U"）");
  }

  // No blank between a wide letter and Latin ones or digits, nor beside marks among wide letters; one between wide
  // letters divides the halves of a headline.
  void wide_space(int i) {
    if (is_space(at(i - 1)) || (!edits_.empty() && edits_.back().span.end > i)) return;
    const int count = blanks_at(i);
    const char32_t before = at(i - 1);
    const char32_t after = at(i + count);
    if (i == 0 || i + count >= size() || after == 0x3000) return;
    const auto is_mark_like = [](char32_t c) {
      return !is_digit(c) && !is_latin(c) && !is_wide_letter(c) && c != U'\n';
    };
    const bool letters = is_wide_letter(before) && is_wide_letter(after);
    const bool marks = (is_mark_like(before) || is_mark_like(after)) && (wide_towards(i, -1) || wide_towards(i, 1));
    if (!letters && (is_wide_letter(before) || is_wide_letter(after) || marks || (after == U'(' && has_wide()))) {
      replace(i, count, U"");
    }
  }

  bool has_wide() {
    if (has_wide_ < 0) has_wide_ = std::any_of(points_.begin(), points_.end(), is_wide_letter) ? 1 : 0;
    return has_wide_ == 1;
  }

  std::u32string points_;
  std::vector<bool> kept_;
  std::vector<Edit> edits_;
  int guillemets_ = 0;
  int has_wide_ = -1;
};

}  // namespace

std::vector<Edit> typography_edits(std::string_view text, Language language) {
  Typesetter typesetter(text, language);
  if (language == Language::fr) return typesetter.french();
  if (language == Language::en) return typesetter.english();
  if (language == Language::id) return typesetter.indonesian();
  if (language == Language::ar) return typesetter.arabic();
  if (language == Language::zh) return typesetter.chinese();
  if (language == Language::ja) return typesetter.japanese();
  return {};
}

std::string apply_edits(std::string_view text, std::span<const Edit> edits) {
  const PointIndex index(text);
  std::string out;
  size_t done = 0;
  for (const Edit& edit : edits) {
    const size_t begin = index.byte_at(edit.span.begin);
    out += text.substr(done, begin - done);
    out += edit.replacement;
    done = index.byte_at(edit.span.end);
  }
  out += text.substr(done);
  return out;
}

int moved_position(std::span<const Edit> edits, int position, bool end_of_span) {
  int shift = 0;
  for (const Edit& edit : edits) {
    const int length = count_points(edit.replacement);
    if (edit.span.begin > position) break;
    if (edit.span.begin == position && (end_of_span || edit.span.size() > 0)) break;
    if (edit.span.end > position) {  // inside a replaced piece: behind it for an end, before it for a beginning
      return edit.span.begin + shift + (end_of_span ? length : 0);
    }
    shift += length - edit.span.size();
  }
  return position + shift;
}

std::string typeset(std::string_view text, Language language) {
  return apply_edits(text, typography_edits(text, language));
}

std::vector<DirectionRun> direction_runs(std::string_view text) {
  const std::u32string points = decode_utf8(text);
  const int size = static_cast<int>(points.size());
  const auto at = [&](int i) { return i >= 0 && i < size ? points[static_cast<size_t>(i)] : U'\0'; };
  const auto joins = [](char32_t c) {
    return is_space(c) || c == U'-' || c == U'–' || c == U'.' || c == U'\'' || c == U'’' || c == U'/' || c == U'@' ||
           c == U'&' || c == U'_' || c == U':' || c == U'+';
  };
  std::vector<DirectionRun> runs;
  const auto add = [&](int begin, int end, bool foreign) {
    if (begin < end) {
      runs.push_back({encode_utf8(std::u32string_view(points).substr(static_cast<size_t>(begin),
                                                                     static_cast<size_t>(end - begin))),
                      foreign});
    }
  };
  int done = 0;
  for (int i = 0; i < size;) {
    const bool pair = is_digit(at(i)) && !is_digit(at(i - 1));
    if (!is_latin(at(i)) && !pair) {
      ++i;
      continue;
    }
    // To the last Latin letter or digit that is reached over joining signs only.
    int end = i;
    bool latin = false;
    bool dash = false;
    for (int j = i; j < size && (is_latin(at(j)) || is_digit(at(j)) || joins(at(j))); ++j) {
      latin = latin || is_latin(at(j));
      if (is_space(at(j)) && !latin) break;
      if (joins(at(j))) continue;
      dash = dash || at(j - 1) == U'-' || at(j - 1) == U'–';
      end = j + 1;
    }
    if (latin || dash) {
      add(done, i, false);
      add(i, end, true);
      done = end;
    }
    i = std::max(end, i + 1);
  }
  add(done, size, false);
  return runs;
}

char32_t plain_character(char32_t point) {
  switch (point) {
    case 0x00A0:
    case 0x2007:
    case 0x2009:
    case 0x202F:
      return U' ';
    case U'‘':
    case U'’':
      return U'\'';
    case U'“':
    case U'”':
    case U'„':
      return U'"';
    default:
      return point;
  }
}

}  // namespace kabar::text
