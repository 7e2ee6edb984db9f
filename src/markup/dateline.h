// "JAKARTA, KOMPAS.com -", "Jakarta (ANTARA) -", "TEMPO.CO, Jakarta -": where a story was filed.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"

namespace kabar::markup {

struct Dateline {
  std::string place;  // "Jakarta": without the agency's name, not in capitals
  int points = 0;     // of the text that it takes, with the dash and the space behind it
};

// The dateline at the beginning of a paragraph. A place that is neither in capitals nor beside an agency's name must
// be a known city, so that "Prabowo - Gibran menang" is none.
std::optional<Dateline> find_dateline(std::string_view text);

// Makes a block of the dateline of the first paragraph, unless there is one already.
void split_dateline(std::vector<Block>& blocks);

}  // namespace kabar::markup
