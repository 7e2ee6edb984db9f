#include "text/words.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

namespace kabar::text {
namespace {

bool is_letter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)); }

}  // namespace

std::vector<Word> words_of(const std::u32string& points) {
  std::vector<Word> words;
  bool start = true;
  const int size = static_cast<int>(points.size());
  for (int i = 0; i < size;) {
    const char32_t c = points[static_cast<size_t>(i)];
    if (!is_letter(c)) {
      if (c == U'"' || c == U'“' || c == U'«' || c == U':' || c == U'.' || c == U'?' || c == U'!') start = true;
      ++i;
      continue;
    }
    int end = i;
    const auto at = [&](int k) { return points[static_cast<size_t>(k)]; };
    while (end < size && (is_letter(at(end)) || ((at(end) == U'\'' || at(end) == U'’' || at(end) == U'-') &&
                                                 end + 1 < size && is_letter(at(end + 1))))) {
      ++end;
    }
    Word word{{i, end},
              encode_utf8(std::u32string_view(points).substr(static_cast<size_t>(i), static_cast<size_t>(end - i)))};
    word.capital = u_isupper(static_cast<UChar32>(c));
    word.all_capitals = end - i >= 2;
    for (int k = i; k < end; ++k) {
      word.all_capitals = word.all_capitals && (u_isupper(static_cast<UChar32>(at(k))) || at(k) == U'-');
    }
    // "Rp12.500", "U-23": letters that belong to a figure are no word of a name.
    const bool figure = (end < size && u_isdigit(static_cast<UChar32>(at(end)))) ||
                        (end + 1 < size && at(end) == U'-' && u_isdigit(static_cast<UChar32>(at(end + 1))));
    word.capital = word.capital && !figure;
    word.all_capitals = word.all_capitals && !figure;
    word.sentence_start = start;
    word.adjacent = !words.empty() && words.back().span.end + 1 == i && at(i - 1) == U' ';
    words.push_back(std::move(word));
    start = false;
    i = end;
  }
  return words;
}

}  // namespace kabar::text
