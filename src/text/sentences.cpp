#include "text/sentences.h"

#include <array>

#include "base/utf8.h"
#include "text/abbreviations.h"

namespace kabar::text {
namespace {

// A quotation in brackets longer than this is split after all: the closing bracket was forgotten.
constexpr size_t kBracketBytesMax = 1200;
constexpr size_t kWordBytesMax = 24;

// The code point at `at` and its length; invalid bytes count as one point each.
struct Point {
  char32_t value = 0;
  size_t size = 1;
};

Point point_at(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  if (first < 0x80) return {first, 1};
  const size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  if (size == 1 || at + size > text.size()) return {0xFFFD, 1};
  char32_t value = first & (0xFF >> (size + 1));
  for (size_t i = 1; i < size; ++i) value = value << 6 | (byte(at + i) & 0x3F);
  return {value, size};
}

bool is_blank(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xA0 || c == 0x202F || c == 0x3000 ||
         (c >= 0x2000 && c <= 0x200A);
}
bool is_wide_end(char32_t c) { return c == U'。' || c == U'！' || c == U'？' || c == U'｡'; }
bool is_end(char32_t c) {
  return c == U'.' || c == U'!' || c == U'?' || c == U'…' || c == U'؟' || c == U'۔' || is_wide_end(c);
}
bool is_closer(char32_t c) {
  return c == U'"' || c == U'\'' || c == U')' || c == U']' || c == U'”' || c == U'’' || c == U'»' || c == U'」' ||
         c == U'』' || c == U'）' || c == U'》' || c == U'】';
}
bool is_opener(char32_t c) {
  return c == U'"' || c == U'\'' || c == U'(' || c == U'[' || c == U'“' || c == U'‘' || c == U'«' || c == U'「' ||
         c == U'『' || c == U'（' || c == U'《' || c == U'-' || c == U'–' || c == U'—' || c == U'*' || c == U'¿';
}
bool is_small_letter(char32_t c) {
  if (c < 0x80) return c >= U'a' && c <= U'z';
  return (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x100 && c <= 0x17F && (c & 1) == 1) || c == 0x153;
}
bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x3096; }

size_t skip_blanks(std::string_view text, size_t at) {
  while (at < text.size()) {
    const Point point = point_at(text, at);
    if (!is_blank(point.value)) break;
    at += point.size;
  }
  return at;
}

class Splitter {
 public:
  Splitter(std::string_view text, Language language) : text_(text), language_(language) {}

  std::vector<Piece> split() {
    begin_ = skip_blanks(text_, 0);
    for (size_t at = begin_; at < text_.size();) at = step(at);
    if (begin_ < text_.size()) close(text_.size());
    return std::move(pieces_);
  }

 private:
  // Looks at one code point and returns where to go on.
  size_t step(size_t at) {
    const unsigned char first = static_cast<unsigned char>(text_[at]);
    // Most bytes are letters and blanks; decide them without decoding.
    if (first < 0x80 && first != '.' && first != '!' && first != '?' && first != '\n') return at + 1;
    const Point point = point_at(text_, at);
    if (point.value == U'\n') {
      close(at);
      return begin_;
    }
    track_brackets(point.value, at);
    if (!is_end(point.value)) return at + point.size;
    return end_mark(at, point);
  }

  // Chinese and Japanese do not end a sentence inside brackets, which quotations are in Japanese.
  void track_brackets(char32_t c, size_t at) {
    if (c == U'「' || c == U'『' || c == U'（' || c == U'《') {
      if (depth_++ == 0) bracket_ = at;
    } else if ((c == U'」' || c == U'』' || c == U'）' || c == U'》') && depth_ > 0) {
      --depth_;
    }
  }

  size_t end_mark(size_t at, const Point& point) {
    size_t end = at + point.size;
    bool only_full_stop = point.value == U'.';
    while (end < text_.size()) {
      const Point next = point_at(text_, end);
      if (!is_end(next.value)) break;
      only_full_stop = false;
      end += next.size;
    }
    const size_t marks_end = end;
    end = skip_closers(end);
    if (is_wide_end(point.value)) {
      if (depth_ > 0 && end == marks_end && at - bracket_ < kBracketBytesMax) return end;
      if (end > marks_end) depth_ = 0;
      return goes_on(end) ? end : close(end);
    }
    if (end >= text_.size()) return close(end);
    const size_t next = skip_blanks(text_, end);
    if (next == end) return end;
    if (next < text_.size() && !may_start(next)) return end;
    if (only_full_stop && end == marks_end && is_abbreviated(at, next)) return end;
    return close(end);
  }

  // Closing quotes and brackets; in French a space may stand before », which then is never an opening one.
  size_t skip_closers(size_t at) {
    for (;;) {
      size_t next = at;
      if (language_ == Language::fr) next = skip_blanks(text_, at);
      if (next >= text_.size()) return at;
      const Point point = point_at(text_, next);
      if (!is_closer(point.value) || (next > at && point.value != U'»')) return at;
      at = next + point.size;
    }
  }

  // 「…。」と述べた: the quotation is a part of the sentence.
  bool goes_on(size_t at) const {
    if (at >= text_.size()) return false;
    const Point next = point_at(text_, at);
    if (next.value == U'、' || next.value == U'，' || next.value == U'；') return true;
    const bool after_quote = at >= 3 && (text_.substr(at - 3, 3) == "」" || text_.substr(at - 3, 3) == "』");
    return after_quote && is_hiragana(next.value);
  }

  // Whether the text at `next` can be the start of a sentence.
  bool may_start(size_t next) const {
    size_t at = next;
    while (at < text_.size()) {
      const Point point = point_at(text_, at);
      if (!is_opener(point.value) && !(is_blank(point.value) && at > next)) {
        if (point.value == U',' || point.value == U';' || point.value == U':') return false;
        // "Siapa?" tanya dia: the sentence goes on behind the quotation.
        return !is_small_letter(point.value);
      }
      at += point.size;
    }
    return true;
  }

  // The word before the full stop at `stop`, in small letters; empty if it is too long to be an abbreviation.
  std::string_view word_before(size_t stop, std::array<char, kWordBytesMax>& buffer) const {
    size_t begin = stop;
    while (begin > begin_ && stop - begin < kWordBytesMax) {
      const unsigned char c = static_cast<unsigned char>(text_[begin - 1]);
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC3;
      const bool continuation = c >= 0x80 && c < 0xC0;
      if (!letter && !continuation && c != '.' && c != '-' && !(c >= '0' && c <= '9')) break;
      --begin;
    }
    if (stop - begin >= kWordBytesMax) return {};
    for (size_t i = begin; i < stop; ++i) {
      const char c = text_[i];
      buffer[i - begin] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return {buffer.data(), stop - begin};
  }

  std::string_view word_after(size_t at, std::array<char, kWordBytesMax>& buffer) const {
    size_t size = 0;
    while (at + size < text_.size() && size < kWordBytesMax) {
      const char c = text_[at + size];
      const bool small = c >= 'a' && c <= 'z';
      if (!small && !(c >= 'A' && c <= 'Z')) break;
      buffer[size++] = small ? c : static_cast<char>(c + 32);
    }
    return {buffer.data(), size};
  }

  bool is_abbreviated(size_t stop, size_t next) const {
    std::array<char, kWordBytesMax> before{};
    const std::string_view word = word_before(stop, before);
    if (word.empty()) return false;
    const bool digit_follows = next < text_.size() && text_[next] >= '0' && text_[next] <= '9';
    if (word.find_first_not_of("0123456789") == std::string_view::npos) {
      return stop - word.size() == begin_ && word.size() <= 3;  // "1. Pertama": the number of a list item
    }
    std::array<char, kWordBytesMax> after{};
    const auto starter = [&] { return is_sentence_starter(word_after(next, after), language_); };
    switch (find_abbreviation(word, language_)) {
      case Abbreviation::inner:
        return true;
      case Abbreviation::before_number:
        return digit_follows;
      case Abbreviation::maybe_last:
        return digit_follows || (language_ == Language::en && !starter());
      case Abbreviation::none:
        break;
    }
    // Initials: "A. Yani", "S.T. Burhanuddin"; in Arabic one letter too (د. أحمد).
    const int points = count_points(word);
    const unsigned char first = static_cast<unsigned char>(text_[stop - word.size()]);
    if (points == 1) return (first >= 'A' && first <= 'Z' && !is_pronoun(first)) || (first >= 0xD8 && first <= 0xDB);
    const bool dotted = points % 2 == 1 && points <= 9 && is_dotted(word);
    return dotted && !starter();
  }

  // English "… and I." ends a sentence.
  bool is_pronoun(unsigned char letter) const { return language_ == Language::en && letter == 'I'; }

  // "s.t", "u.s"
  static bool is_dotted(std::string_view word) {
    for (size_t i = 1; i < word.size(); i += 2) {
      if (word[i] != '.') return false;
    }
    return true;
  }

  // Ends the sentence before byte `end`; returns where the next one begins.
  size_t close(size_t end) {
    size_t trimmed = end;
    while (trimmed > begin_) {
      size_t last = trimmed - 1;
      while (last > begin_ && (static_cast<unsigned char>(text_[last]) & 0xC0) == 0x80) --last;
      if (!is_blank(point_at(text_, last).value)) break;
      trimmed = last;
    }
    const size_t next = skip_blanks(text_, end);
    if (trimmed > begin_) {
      points_ += count_points(text_.substr(counted_, begin_ - counted_));
      const int begin = points_;
      points_ += count_points(text_.substr(begin_, trimmed - begin_));
      counted_ = trimmed;
      pieces_.push_back({{begin, points_}, std::string(text_.substr(trimmed, next - trimmed))});
    }
    begin_ = next;
    depth_ = 0;
    return next;
  }

  std::string_view text_;
  Language language_;
  std::vector<Piece> pieces_;
  size_t begin_ = 0;    // first byte of the sentence
  size_t counted_ = 0;  // bytes up to here hold points_ code points
  int points_ = 0;
  int depth_ = 0;
  size_t bracket_ = 0;  // byte of the outermost open bracket
};

}  // namespace

std::vector<Piece> split_sentences(std::string_view text, Language language) {
  return Splitter(text, language).split();
}

}  // namespace kabar::text
