// The readers of one kind of fact each. All begin at the start of a word and answer with a fact whose span counts
// folded code points; find.cpp maps it back.
#pragma once
#include <optional>

#include "text/facts/fact.h"
#include "text/facts/lexicon.h"

namespace kabar::text {

struct Reader {
  const FoldedText& text;
  const Lexicon& lexicon;
  const FactContext& context;
};

std::optional<Fact> read_link(const Reader& reader, int at);  // url, email, handle, hashtag
std::optional<Fact> read_date(const Reader& reader, int at);
std::optional<Fact> read_time(const Reader& reader, int at);
std::optional<Fact> read_amount(const Reader& reader, int at);  // number, percent, money, score, range

}  // namespace kabar::text
