#include "translate/clauses.h"

#include <string>

#include "base/utf8.h"
#include "mt/placeholder.h"

namespace kabar::translate {
namespace {

// How good it is to cut behind this character; 0 = not there.
int strength(char32_t c) {
  switch (c) {
    case U';':
    case U'；':
    case U'؛':
      return 5;
    case U'–':
    case U'—':
    case U':':
      return 4;
    case U',':
    case U'，':
    case U'、':
    case U'،':
      return 3;
    case U' ':
      return 1;
    default:
      return 0;
  }
}

constexpr std::u32string_view kConjunctions[] = {
    U"dan",       U"atau",  U"serta",    U"tetapi",   U"namun",  U"karena",  U"sebab", U"sehingga", U"agar",
    U"supaya",    U"untuk", U"setelah",  U"sebelum",  U"ketika", U"saat",    U"sejak", U"hingga",   U"sementara",
    U"sedangkan", U"meski", U"meskipun", U"walaupun", U"jika",   U"apabila", U"bahwa", U"yang"};

bool conjunction_at(std::u32string_view rest) {
  return std::any_of(std::begin(kConjunctions), std::end(kConjunctions), [&](std::u32string_view word) {
    return rest.starts_with(word) && rest.substr(word.size()).starts_with(U' ');
  });
}

// The end of the piece that begins at `begin`: the best place in its second half, the last of equally good ones.
int cut_end(const std::u32string& points, int begin, int points_max) {
  const int limit = begin + points_max;
  int best = limit;
  int best_strength = 0;
  for (int i = begin + points_max / 2; i < limit; ++i) {
    // A comma or colon inside a figure is followed by no blank.
    const char32_t c = points[static_cast<size_t>(i)];
    const bool ascii_mark = c == U',' || c == U':' || c == U';';
    if (ascii_mark && points[static_cast<size_t>(i) + 1] != U' ') continue;
    const std::u32string_view rest = std::u32string_view(points).substr(static_cast<size_t>(i) + 1);
    const int here = c == U' ' && conjunction_at(rest) ? 2 : strength(c);
    if (here >= best_strength && here > 0) {
      best_strength = here;
      best = i + 1;
    }
  }
  if (best_strength > 0) return best;
  for (int i = limit - mt::kPlaceholderPoints + 1; i < limit; ++i) {
    if (points[static_cast<size_t>(i)] == U'\u27E6') return i;
  }
  return limit;
}

}  // namespace

std::vector<Span> cut_clauses(std::string_view text, int points_max) {
  const std::u32string points = decode_utf8(text);
  const int size = static_cast<int>(points.size());
  std::vector<Span> pieces;
  int begin = 0;
  while (size - begin > points_max) {
    const int end = cut_end(points, begin, points_max);
    int trimmed = end;
    while (trimmed > begin && points[static_cast<size_t>(trimmed) - 1] == U' ') --trimmed;
    pieces.push_back({begin, trimmed});
    begin = end;
    while (begin < size && points[static_cast<size_t>(begin)] == U' ') ++begin;
  }
  if (begin < size || pieces.empty()) pieces.push_back({begin, size});
  return pieces;
}

}  // namespace kabar::translate
