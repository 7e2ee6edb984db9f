#include "mt/loops.h"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "base/utf8.h"

namespace kabar::mt {
namespace {

constexpr int kRepeatsWithoutLetters = 16;

int repeats_of_loop(int period) {
  if (period == 1) return 6;
  return period <= 3 ? 4 : 3;
}

// Most letters are ASCII, and the tables of ICU are slow beside the rest of a step.
bool is_letter(char32_t point) {
  if (point < 0x80) return (point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z');
  return u_isalpha(static_cast<UChar32>(point)) != 0;
}

bool is_digit(char32_t point) {
  if (point < 0x80) return point >= U'0' && point <= U'9';
  return u_isdigit(static_cast<UChar32>(point)) != 0;
}

char32_t to_lower(char32_t point) {
  if (point < 0x80) return point >= U'A' && point <= U'Z' ? point + (U'a' - U'A') : point;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(point)));
}

// Text of bounded length, without memory of its own.
template <size_t kMax>
struct Points {
  std::array<char32_t, kMax> points;
  size_t size = 0;

  void push(char32_t point) {
    if (size < kMax) points[size++] = point;
  }
  std::u32string_view view() const { return {points.data(), size}; }
};
using PiecePoints = Points<Tail::kPoints>;
using SaidPoints = Points<2 * Tail::kPoints>;  // the tail and a piece

PiecePoints decode_piece(std::string_view piece) {
  PiecePoints decoded;
  const auto* bytes = reinterpret_cast<const uint8_t*>(piece.data());
  const auto length = static_cast<int32_t>(piece.size());
  for (int32_t at = 0; at < length;) {
    UChar32 point = 0;
    U8_NEXT_OR_FFFD(bytes, at, length, point);
    decoded.push(static_cast<char32_t>(point));
  }
  return decoded;
}

bool has_letter(std::span<const int32_t> tokens, const Vocabulary& vocabulary) {
  return std::any_of(tokens.begin(), tokens.end(), [&](int32_t token) {
    const std::u32string points = decode_utf8(vocabulary.piece(token));
    return std::any_of(points.begin(), points.end(), is_letter);
  });
}

int letters_of(std::u32string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), is_letter));
}

// Not hiragana: Japanese has many words such as ますます.
bool is_han_or_katakana(char32_t point) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(point), &status);
  return script == USCRIPT_HAN || script == USCRIPT_KATAKANA;
}

bool ends_sentence(char32_t point) {
  return std::u32string_view(U".!?…。！？؟:;：；").find(point) != std::u32string_view::npos;
}

// A byte of a character that has no piece of its own ("<0xE2>").
bool is_byte(std::u32string_view piece) { return piece.size() == 6 && piece.starts_with(U"<0x"); }

SaidPoints continued(std::u32string_view said, std::u32string_view piece) {
  SaidPoints text;
  text.size = said.size();
  std::copy(said.begin(), said.end(), text.points.begin());
  if (is_byte(piece)) {
    text.push(U'\xFFFD');
    return text;
  }
  for (const char32_t point : piece) {
    if (is_letter(point) || is_digit(point) || point == U'-' || ends_sentence(point)) {
      text.push(to_lower(point));
    } else if (text.size > 0 && text.points[text.size - 1] != U' ') {
      text.push(U' ');
    }
  }
  return text;
}

// The grammar may say these twice.
bool may_be_doubled(std::u32string_view word) {
  static constexpr std::u32string_view kWords[] = {U"nous", U"vous", U"that", U"had"};
  return word.size() < 2 || std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

// "export exports", "candidates candidate".
bool differ_by_plural(std::u32string_view a, std::u32string_view b) {
  const auto [shorter, longer] = a.size() < b.size() ? std::pair(a, b) : std::pair(b, a);
  return shorter.size() >= 4 && longer.size() == shorter.size() + 1 && longer.starts_with(shorter) &&
         longer.back() == U's';
}

// The text ends with one word or more that stood there just before, from blank to blank.
bool ends_with_doubled_words(std::u32string_view said) {
  const size_t size = said.size();
  int words = 0;
  for (size_t begin = size; begin-- > 1;) {
    if (said[begin - 1] != U' ' || said[begin] == U' ') continue;
    const std::u32string_view again = said.substr(begin);
    const std::u32string_view before = said.substr(0, begin - 1);
    if (++words == 1) {
      const size_t blank = before.rfind(U' ');
      const std::u32string_view word = blank == before.npos ? before : before.substr(blank + 1);
      if (differ_by_plural(word, again)) return true;
      if (may_be_doubled(again)) continue;
    }
    if (before.size() < again.size()) return false;
    const bool at_word = before.size() == again.size() || before[before.size() - again.size() - 1] == U' ';
    if (at_word && before.ends_with(again) && letters_of(again) >= 2) return true;
  }
  return false;
}

// The same for text without blanks between words. Short pieces of kana may stand twice.
bool ends_with_doubled_piece(std::u32string_view said) {
  for (size_t period = 2; 2 * period <= said.size(); ++period) {
    const std::u32string_view again = said.substr(said.size() - period);
    if (again.back() != said[said.size() - 1 - period]) continue;  // spares the comparison, nearly always
    if (again.find(U' ') != again.npos || again != said.substr(said.size() - 2 * period, period)) continue;
    const auto dense = std::count_if(again.begin(), again.end(), is_han_or_katakana);
    const bool unspaced = dense > 0 || uscript_hasScript(static_cast<UChar32>(again.front()), USCRIPT_HIRAGANA);
    if (unspaced && (dense >= 2 || period >= 4 || (period == 3 && dense == 1))) return true;
  }
  return false;
}

// "iii" may be a number.
bool ends_with_thrice(std::u32string_view said) {
  if (said.size() < 3) return false;
  const char32_t last = said.back();
  return is_letter(last) && last != U'i' && last != U'x' && said[said.size() - 2] == last &&
         said[said.size() - 3] == last;
}

}  // namespace

void Tail::append(std::string_view piece) {
  last_piece_ = piece;
  const SaidPoints text = continued({said_.data(), size_}, decode_piece(piece).view());
  size_ = std::min(text.size, kPoints);
  std::copy_n(text.points.begin() + static_cast<ptrdiff_t>(text.size - size_), size_, said_.begin());
}

bool Tail::doubled_by(std::string_view piece) const {
  const PiecePoints decoded = decode_piece(piece);
  const std::u32string_view points = decoded.view();
  if (letters_of(points) == 0) return false;
  if (piece == last_piece_ && points.size() >= 2 && points.front() != U'▁' && !is_byte(points) &&
      std::all_of(points.begin(), points.end(), is_letter) &&
      !uscript_hasScript(static_cast<UChar32>(points.front()), USCRIPT_HIRAGANA)) {
    return true;
  }
  const SaidPoints text = continued({said_.data(), size_}, points);
  const std::u32string_view said = text.view();
  if (ends_with_doubled_words(said)) return true;
  // A piece of unspaced text may hold more than the end of what is doubled ("数据" and "数据显示").
  for (size_t end = size_ + 1; end <= said.size(); ++end) {
    const std::u32string_view so_far = said.substr(0, end);
    if (ends_with_thrice(so_far) || ends_with_doubled_piece(so_far)) return true;
  }
  return false;
}

int loop_length(std::span<const int32_t> tokens, const Vocabulary& vocabulary) {
  const int count = static_cast<int>(tokens.size());
  for (int period = 1; period <= kLoopTokensMax && period < count; ++period) {
    int same = 0;  // tokens at the end that equal the one `period` before
    while (same + period < count &&
           tokens[static_cast<size_t>(count - 1 - same)] == tokens[static_cast<size_t>(count - 1 - same - period)])
      ++same;
    const int repeats = same / period + 1;
    if (repeats < repeats_of_loop(period)) continue;
    if (repeats >= kRepeatsWithoutLetters || has_letter(tokens.last(static_cast<size_t>(period)), vocabulary)) {
      return (repeats - 1) * period;
    }
  }
  return 0;
}

}  // namespace kabar::mt
