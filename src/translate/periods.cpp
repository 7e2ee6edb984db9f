#include "translate/periods.h"

#include <regex>

#include "base/utf8.h"

namespace kabar::translate {
namespace {

struct Ordinal {
  std::string_view roman, word;
};
constexpr Ordinal kOrdinals[] = {{"I", "pertama"}, {"II", "kedua"}, {"III", "ketiga"}, {"IV", "keempat"}};

}  // namespace

std::vector<Edit> spell_periods(std::string_view text) {
  static const std::regex period(
      R"(\b(?:[Ss]emester|[Kk]uartal|[Tt]riwulan|[Cc]aturwulan) (I{1,3}|IV)(-(?=\d)|/(?=\d)|\b))");
  std::vector<Edit> edits;
  for (std::cregex_iterator at(text.data(), text.data() + text.size(), period), end; at != end; ++at) {
    for (const Ordinal& ordinal : kOrdinals) {
      if (ordinal.roman != at->str(1)) continue;
      const int begin = count_points(text.substr(0, static_cast<size_t>(at->position(1))));
      const auto length = static_cast<int>(at->length(1) + at->length(2));  // ASCII
      const bool joined = at->length(2) > 0;
      edits.push_back({{begin, begin + length}, std::string(ordinal.word) + (joined ? " " : "")});
    }
  }
  return edits;
}

}  // namespace kabar::translate
