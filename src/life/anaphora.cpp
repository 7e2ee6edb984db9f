#include "life/anaphora.h"

#include <algorithm>
#include <string>

#include "base/one_of.h"
#include "base/utf8.h"
#include "life/words.h"

namespace kabar::life {
namespace {

constexpr std::string_view kPronouns[] = {"ia", "dia", "beliau", "mereka"};

// Words with -nya that stand for nobody.
constexpr std::string_view kFrozen[] = {
    "hanya",      "bertanya",     "ditanya",     "tanya",      "punya",      "sebelumnya", "akhirnya",
    "biasanya",   "sebenarnya",   "tentunya",    "umumnya",    "misalnya",   "khususnya",  "lainnya",
    "seharusnya", "sepenuhnya",   "selanjutnya", "setidaknya", "sebaiknya",  "nyatanya",   "rupanya",
    "sekitarnya", "satu-satunya", "besarnya",    "tepatnya",   "terutamanya"};

}  // namespace

bool refers_back(std::string_view sentence, Language language) {
  if (language != Language::id) return false;
  const std::vector<std::string> words = words_of(sentence);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    const std::string folded = fold_case(word);
    return is_one_of(folded, kPronouns) || (folded.ends_with("nya") && !is_one_of(folded, kFrozen));
  });
}

}  // namespace kabar::life
