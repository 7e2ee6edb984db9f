#include "mt/loops.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "base/utf8.h"

namespace kabar::mt {
namespace {

constexpr int kRepeatsWithoutLetters = 16;

int repeats_of_loop(int period) {
  if (period == 1) return 6;
  return period <= 3 ? 4 : 3;
}

bool has_letter(std::span<const int32_t> tokens, const Vocabulary& vocabulary) {
  return std::any_of(tokens.begin(), tokens.end(), [&](int32_t token) {
    const std::u32string points = decode_utf8(vocabulary.piece(token));
    return std::any_of(points.begin(), points.end(),
                       [](char32_t point) { return u_isalpha(static_cast<UChar32>(point)); });
  });
}

}  // namespace

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
