// Headlines in title case, as most Indonesian sites write them: every word has a capital, so capitals say nothing, and
// to a model trained on sentences most of the words are strangers.
#pragma once
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "checks/check.h"
#include "translate/names.h"
#include "translate/words.h"

namespace kabar::translate {

// Nearly all longer words have a capital. A text that nobody marked as a headline must show it more clearly.
// `words` are those of `text`.
bool is_title_case(std::string_view text, const std::vector<Word>& words, BlockType block);

// What tells a word from a name where every word has a capital.
struct CaseEvidence {
  NameWords names;              // of the article (translate/names.h)
  std::set<std::string> small;  // words that the article writes small
};

CaseEvidence collect_case_evidence(std::span<const Segment> article);

// An Indonesian headline with small letters where a sentence has them: "Harga Beras Naik di Lima Kota" -> "Harga beras
// naik di lima kota". A word becomes small if the article or the language writes it so. Unchanged stay the words at the
// start of a sentence, acronyms, names of the article, what touches `kept` (names and dates that are known), and
// directions behind a word with a capital ("Maluku Tenggara"). The same number of code points: spans fit both texts.
std::string sentence_case(std::string_view text, const std::vector<Word>& words, std::span<const Span> kept,
                          const CaseEvidence& evidence, const checks::Knowledge& knowledge);

}  // namespace kabar::translate
