#include "terms/fold.h"

#include <array>
#include <cstdint>
#include <memory>

#include <unicode/uchar.h>

#include "base/utf8.h"

namespace kabar::terms {
namespace {

constexpr size_t kPlane = 0x10000;
enum Class : uint8_t { kWord = 1, kUnspaced = 2, kUpper = 4, kDigit = 8 };

bool in(char32_t point, char32_t first, char32_t last) { return first <= point && point <= last; }

char32_t fold_slowly(char32_t point) {
  if (in(point, 0x064B, 0x0652) || point == 0x0670 || point == 0x0640) return 0;  // vowel signs, tatweel
  if (in(point, 0x200B, 0x200F) || in(point, 0x202A, 0x202E) || in(point, 0x2060, 0x2069)) return 0;
  if (point == 0xFEFF || point == 0x00AD) return 0;
  if (in(point, 0xFF01, 0xFF5E)) point -= 0xFEE0;  // full-width forms of ASCII
  switch (point) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x02BB:
    case 0x0060:
    case 0x00B4:
      return U'\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
      return U'"';
    case 0x0622:
    case 0x0623:
    case 0x0625:
    case 0x0671:
      return 0x0627;  // alif
    case 0x0649:
    case 0x06CC:
      return 0x064A;  // ya
    case 0x06A9:
      return 0x0643;  // kaf
    case U'-':
    case 0x2010:
    case 0x2011:
    case 0x3000:
      return U' ';
    default:
      break;
  }
  if (u_isUWhiteSpace(static_cast<UChar32>(point))) return U' ';
  const int32_t digit = u_charDigitValue(static_cast<UChar32>(point));
  if (digit >= 0) return static_cast<char32_t>(U'0' + digit);
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(point)));
}

uint8_t class_slowly(char32_t point) {
  const UChar32 c = static_cast<UChar32>(point);
  uint8_t result = 0;
  if (u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0) result |= kWord;
  if (u_isUUppercase(c)) result |= kUpper;
  if (u_charDigitValue(c) >= 0) result |= kDigit;
  if (in(point, 0x3005, 0x3007) || in(point, 0x3040, 0x30FF) || in(point, 0x31F0, 0x31FF) ||
      in(point, 0x3400, 0x9FFF) || in(point, 0xF900, 0xFAFF) || in(point, 0x20000, 0x3FFFF)) {
    result |= kUnspaced;
  }
  return result;
}

// ICU's answers for the first plane, asked once: a lookup costs less than a call.
struct Tables {
  std::array<char16_t, kPlane> folded;
  std::array<uint8_t, kPlane> classes;
  Tables() {
    for (size_t i = 0; i < kPlane; ++i) {
      folded[i] = static_cast<char16_t>(fold_slowly(static_cast<char32_t>(i)));
      classes[i] = class_slowly(static_cast<char32_t>(i));
    }
  }
};

const Tables& tables() {
  static const std::unique_ptr<const Tables> instance = std::make_unique<Tables>();
  return *instance;
}

uint8_t class_of(char32_t point) { return point < kPlane ? tables().classes[point] : class_slowly(point); }

// Takes "ال" off each word (after و ف ب ك, and لل as ل): writers put it where grammar wants it, not where meaning does.
// Calls keep(i) for the places of `points` that stay.
template <typename Keep>
void drop_articles(std::u32string_view points, const Keep& keep) {
  constexpr char32_t kAlif = 0x0627, kLam = 0x0644, kWaw = 0x0648, kFa = 0x0641, kBa = 0x0628, kKaf = 0x0643;
  constexpr size_t kRestMin = 3;  // shorter words are "الى" and the like
  for (size_t at = 0; at < points.size();) {
    size_t end = at;
    while (end < points.size() && is_word_point(points[end])) ++end;
    size_t article = at;
    if (article < end && (points[article] == kWaw || points[article] == kFa)) ++article;
    if (article < end && (points[article] == kBa || points[article] == kKaf)) ++article;
    const auto article_at = [&](size_t place) {
      return place + 2 + kRestMin <= end && points[place] == kAlif && points[place + 1] == kLam;
    };
    size_t skip_begin = end, skip_end = end;
    for (size_t place = article + 1; place-- > at;) {
      if (article_at(place)) skip_begin = place, skip_end = place + 2;
    }
    const size_t lam = at + (at < end && (points[at] == kWaw || points[at] == kFa) ? 1 : 0);
    if (skip_begin == end && lam + 2 + kRestMin <= end && points[lam] == kLam && points[lam + 1] == kLam) {
      skip_begin = lam + 1, skip_end = lam + 2;
    }
    if (end == at) ++end;  // not a word: one point
    for (; at < end; ++at) {
      if (at < skip_begin || at >= skip_end) keep(at);
    }
  }
}

}  // namespace

Span Folded::span(size_t begin, size_t end) const {
  if (begin >= end) return {origin[begin], origin[begin]};
  return {origin[begin], origin[end - 1] + 1};
}

char32_t fold_point(char32_t point) { return point < kPlane ? tables().folded[point] : fold_slowly(point); }
bool is_word_point(char32_t point) { return (class_of(point) & kWord) != 0; }
bool is_unspaced_point(char32_t point) { return (class_of(point) & kUnspaced) != 0; }
bool is_upper_point(char32_t point) { return (class_of(point) & kUpper) != 0; }
bool is_digit_point(char32_t point) { return (class_of(point) & kDigit) != 0; }

Folded fold(std::string_view text, Language language) {
  Folded folded;
  folded.text = decode_utf8(text);
  folded.points.reserve(folded.text.size());
  folded.origin.reserve(folded.text.size() + 1);
  for (size_t i = 0; i < folded.text.size(); ++i) {
    const char32_t point = fold_point(folded.text[i]);
    if (point == 0) continue;
    if (point == U' ' && !folded.points.empty() && folded.points.back() == U' ') continue;
    folded.points += point;
    folded.origin.push_back(static_cast<int>(i));
  }
  if (language == Language::ar) {
    size_t kept = 0;
    drop_articles(folded.points, [&](size_t i) {
      folded.points[kept] = folded.points[i];
      folded.origin[kept++] = folded.origin[i];
    });
    folded.points.resize(kept);
    folded.origin.resize(kept);
  }
  folded.origin.push_back(static_cast<int>(folded.text.size()));
  return folded;
}

void append_folded(std::u32string& points, std::string_view text, Language language) {
  const size_t begin = points.size();
  while (!text.empty()) {
    const char32_t point = fold_point(take_point(text));
    if (point == 0) continue;
    if (point == U' ' && points.size() > begin && points.back() == U' ') continue;
    points += point;
  }
  if (language != Language::ar) return;
  size_t kept = begin;
  drop_articles(std::u32string_view(points).substr(begin), [&](size_t i) { points[kept++] = points[begin + i]; });
  points.resize(kept);
}

}  // namespace kabar::terms
