#include "mt/loops.h"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

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

int letters_of(std::u32string_view text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char32_t point) { return u_isalpha(static_cast<UChar32>(point)); }));
}

// Not hiragana: Japanese has many words such as ますます.
bool stands_without_spaces(char32_t point) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(point), &status);
  return script == USCRIPT_HAN || script == USCRIPT_KATAKANA;
}

// Long enough that nobody says it twice on purpose.
bool is_long(std::u32string_view said) {
  if (std::count_if(said.begin(), said.end(), stands_without_spaces) >= 2) return true;
  return said.starts_with(U'▁') && letters_of(said) >= kDoubledLettersMin;
}

}  // namespace

bool doubles(std::span<const int32_t> tokens, int32_t token, const Vocabulary& vocabulary) {
  const int count = static_cast<int>(tokens.size()) + 1;
  const auto at = [&](int place) { return place == count - 1 ? token : tokens[static_cast<size_t>(place)]; };
  for (int period = 1; period <= kDoubledTokensMax && 2 * period <= count; ++period) {
    int same = 0;  // tokens at the end that equal the one `period` before
    while (same < 2 * period && same + period < count && at(count - 1 - same) == at(count - 1 - same - period)) ++same;
    if (same < period) continue;
    std::u32string said;
    for (int place = count - period; place < count; ++place) said += decode_utf8(vocabulary.piece(at(place)));
    if (is_long(said) || (same == 2 * period && letters_of(said) > 0)) return true;
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
