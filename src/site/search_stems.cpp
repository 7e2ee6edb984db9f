#include "site/search_stems.h"

#include <algorithm>
#include <span>

#include "base/utf8.h"

namespace kabar::site {
namespace {

constexpr size_t kStemsMax = 8;
constexpr size_t kRootBytesMin = 3;  // Indonesian: "di-", "an": what is left must be a word

void add(std::vector<std::string>& stems, std::string stem) {
  if (std::ranges::find(stems, stem) == stems.end()) stems.push_back(std::move(stem));
}

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool cut_end(std::string_view& word, std::string_view ending) {
  if (!word.ends_with(ending) || word.size() < ending.size() + kRootBytesMin) return false;
  word.remove_suffix(ending.size());
  return true;
}

// meN- and peN- change with the sound that follows, and swallow k, p, s and t before a vowel.
struct NasalPrefix {
  std::string_view prefix;
  std::string_view swallowed;  // letters that may have stood before a vowel; empty: the rest is the root
  std::string_view next;       // letters one of which must follow; empty: any
};
constexpr NasalPrefix kNasalPrefixes[] = {{"menge", "", ""}, {"meny", "s", "aeiou"}, {"meng", "k", ""},
                                          {"mem", "p", ""},  {"men", "t", ""},       {"me", "", "lmnrwy"},
                                          {"penge", "", ""}, {"peny", "s", "aeiou"}, {"peng", "k", ""},
                                          {"pem", "p", ""},  {"pen", "t", ""},       {"pe", "", "lmnrwy"}};
constexpr std::string_view kPlainPrefixes[] = {"di", "ter", "ber", "be", "per", "se", "ke"};

void add_roots(std::vector<std::string>& stems, std::string_view word, int depth) {
  add(stems, std::string(word));
  if (depth == 0) return;
  for (const NasalPrefix& one : kNasalPrefixes) {
    if (!word.starts_with(one.prefix) || word.size() < one.prefix.size() + kRootBytesMin) continue;
    const std::string_view rest = word.substr(one.prefix.size());
    if (!one.next.empty() && one.next.find(rest[0]) == std::string_view::npos) continue;
    if (!one.swallowed.empty() && is_vowel(rest[0])) add(stems, std::string(one.swallowed) + std::string(rest));
    // "meny" always swallowed something; the others may stand before the root's own vowel ("mengambil").
    if (one.prefix != "meny" && one.prefix != "peny") add(stems, std::string(rest));
    return;
  }
  for (const std::string_view prefix : kPlainPrefixes) {
    if (!word.starts_with(prefix) || word.size() < prefix.size() + kRootBytesMin) continue;
    add_roots(stems, word.substr(prefix.size()), depth - 1);
    return;
  }
}

std::vector<std::string> indonesian(std::string_view word) {
  for (const std::string_view particle : {"lah", "kah", "pun"}) {
    if (cut_end(word, particle)) break;
  }
  for (const std::string_view owner : {"nya", "ku", "mu"}) {
    if (cut_end(word, owner)) break;
  }
  std::vector<std::string> stems;
  for (const std::string_view ending : {"kan", "an", "i"}) {
    std::string_view root = word;
    if (cut_end(root, ending)) add_roots(stems, root, 2);
  }
  add_roots(stems, word, 2);
  return stems;
}

std::vector<std::string> arabic(std::string_view word) {
  std::vector<std::string> stems;
  // And, so, by, like, for; then the article; "ل" and the article are written "لل".
  constexpr std::string_view kPrefixes[] = {"وال", "فال", "بال", "كال", "ولل", "ال", "لل"};
  constexpr int kRootPointsMin = 3;
  for (const std::string_view prefix : kPrefixes) {
    if (!word.starts_with(prefix)) continue;
    const std::string_view rest = word.substr(prefix.size());
    if (count_points(rest) >= kRootPointsMin) add(stems, std::string(rest));
    break;
  }
  return stems;
}

std::vector<std::string> plural(std::string_view word, std::span<const std::string_view> endings) {
  std::vector<std::string> stems;
  for (const std::string_view ending : endings) {
    std::string_view stem = word;
    if (!cut_end(stem, ending)) continue;
    add(stems, ending == "ies"   ? std::string(stem) + "y"
               : ending == "aux" ? std::string(stem) + "al"
                                 : std::string(stem));
  }
  return stems;
}

}  // namespace

std::vector<std::string> search_stems(std::string_view word, Language language) {
  constexpr std::string_view kEnglish[] = {"ies", "es", "s"};
  constexpr std::string_view kFrench[] = {"aux", "s", "x"};
  std::vector<std::string> stems;
  if (language == Language::id) stems = indonesian(word);
  if (language == Language::ar) stems = arabic(word);
  if (language == Language::en && !word.ends_with("ss")) stems = plural(word, kEnglish);
  if (language == Language::fr) stems = plural(word, kFrench);
  std::erase(stems, std::string(word));
  if (stems.size() > kStemsMax) stems.resize(kStemsMax);
  return stems;
}

}  // namespace kabar::site
