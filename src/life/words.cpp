#include "life/words.h"

#include <algorithm>
#include <utility>

#include <unicode/uchar.h>

#include "base/utf8.h"

namespace kabar::life {
namespace {

bool in_word(char32_t point) {
  return u_isalnum(static_cast<UChar32>(point)) || u_getCombiningClass(static_cast<UChar32>(point)) != 0;
}

bool joins(char32_t point) {
  return point == U'-' || point == U'\'' || point == U'’' || point == U'.' || point == U',';
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  const std::u32string points = decode_utf8(text);
  std::vector<std::string> words;
  std::string word;
  for (size_t i = 0; i < points.size(); ++i) {
    // "1.250,5" and "anak-anak" are one word; a point at the end of a sentence is not part of it.
    const bool inside = !word.empty() && joins(points[i]) && i + 1 < points.size() && in_word(points[i + 1]);
    if (in_word(points[i]) || inside) {
      append_utf8(word, points[i]);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

int edit_distance(std::string_view a, std::string_view b) {
  const std::u32string from = decode_utf8(a);
  const std::u32string to = decode_utf8(b);
  std::vector<int> row(to.size() + 1);
  for (size_t j = 0; j <= to.size(); ++j) row[j] = static_cast<int>(j);
  for (size_t i = 1; i <= from.size(); ++i) {
    int diagonal = std::exchange(row[0], static_cast<int>(i));
    for (size_t j = 1; j <= to.size(); ++j) {
      const int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({replaced, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row.back();
}

}  // namespace kabar::life
