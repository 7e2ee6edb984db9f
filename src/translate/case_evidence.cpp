#include "translate/case_evidence.h"

#include <algorithm>

#include "base/utf8.h"
#include "terms/lexicon.h"
#include "terms/name_table.h"
#include "text/title_case.h"

namespace kabar::translate {
namespace {

constexpr std::string_view kVerbPrefixes[] = {"di", "ter", "ber"};
constexpr std::string_view kPrefixes[] = {"me", "ber", "ter", "di", "ke", "se", "pe"};
constexpr std::string_view kSuffixes[] = {"an", "i", "nya", "lah", "kah", "pun"};
constexpr size_t kStemMin = 3;  // letters beside an affix

// A word of the language that no list may have: "Pengadaannya".
bool has_affix(std::string_view small) {
  const auto leaves_a_stem = [&](std::string_view affix) { return small.size() >= affix.size() + kStemMin; };
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [&](std::string_view one) { return small.starts_with(one) && leaves_a_stem(one); }) ||
         std::any_of(std::begin(kSuffixes), std::end(kSuffixes),
                     [&](std::string_view one) { return small.ends_with(one) && leaves_a_stem(one); });
}

// What English writes with a capital although a list has it small: "May", and what begins a place, "North Sumatra".
constexpr std::string_view kEnglishCapitals[] = {"north",    "south",   "east",    "west",  "central", "northern",
                                                 "southern", "eastern", "western", "new",   "great",   "upper",
                                                 "lower",    "may",     "march",   "august"};

bool is_small_english(const std::string& small, const checks::Knowledge& knowledge) {
  return std::find(std::begin(kEnglishCapitals), std::end(kEnglishCapitals), small) == std::end(kEnglishCapitals) &&
         knowledge.is_small_word(small, Language::en);
}

// "Stewart" in "Stewart menang lagi."
bool opens_as_a_name(const text::Word& word, const CaseEvidence& evidence, const checks::Knowledge& knowledge) {
  if (!word.capital || !word.sentence_start || word.all_capitals || word.text.size() < kStemMin) return false;
  return !is_written_small(word, evidence, knowledge) && !has_affix(fold_case(word.text)) &&
         knowledge.lexicon().find(word.text, Language::id, Language::en).empty();
}

}  // namespace

bool is_plain_word(const text::Word& word, const checks::Knowledge& knowledge) {
  if (word.all_capitals || !knowledge.names().form(word.text, Language::zh).empty()) return false;
  const std::string small = fold_case(word.text);
  // Names are in the lexicon too, with a capital (jepang, Japan); the most frequent words are not in it.
  const std::vector<terms::LexiconMatch> found = knowledge.lexicon().find(small, Language::id, Language::en);
  if (found.empty() || found[0].renderings.empty()) return knowledge.is_small_word(small, Language::id);
  const std::string& rendering = found[0].renderings[0].text;
  return fold_case(rendering) == rendering && rendering != small;
}

CaseEvidence collect_case_evidence(std::span<const Segment> article, Language language,
                                   const checks::Knowledge& knowledge) {
  const IsWord is_word = [&](const text::Word& word) {
    return language == Language::id ? is_plain_word(word, knowledge)
                                    : !word.all_capitals && is_small_english(fold_case(word.text), knowledge);
  };
  CaseEvidence evidence{language, collect_name_words(article, is_word), {}};
  std::vector<std::vector<text::Word>> words;
  for (const Segment& segment : article) {
    for (const text::Word& word : words.emplace_back(text::words_of(decode_utf8(segment.text)))) {
      if (!word.capital) evidence.small.insert(fold_case(word.text));
    }
  }
  if (language != Language::id) return evidence;
  NameWords openers;
  for (size_t i = 0; i < article.size(); ++i) {
    if (text::is_title_case(article[i].text, words[i], is_headline(article[i].block_type))) continue;
    for (const text::Word& word : words[i]) {
      if (opens_as_a_name(word, evidence, knowledge)) openers.insert(word.text);
    }
  }
  evidence.names.merge(openers);
  return evidence;
}

bool is_written_small(const text::Word& word, const CaseEvidence& evidence, const checks::Knowledge& knowledge) {
  if (evidence.names.contains(word.text)) return false;
  const std::string small = fold_case(word.text);
  if (evidence.language == Language::en) return is_small_english(small, knowledge);
  const auto is_small = [&](const std::string& one) {
    return evidence.small.contains(one) || knowledge.is_small_word(one, Language::id);
  };
  if (is_small(small)) return true;
  // "Anak-anak", "Sayur-mayur": lists have the word alone.
  const size_t hyphen = word.text.find('-');
  if (hyphen != std::string::npos && fold_case(word.text.substr(hyphen)) == word.text.substr(hyphen) &&
      is_small(small.substr(0, hyphen))) {
    return true;
  }
  // A bare stem ("Guncang") of a verb that the list has with a prefix.
  return std::any_of(std::begin(kVerbPrefixes), std::end(kVerbPrefixes), [&](std::string_view prefix) {
    return knowledge.is_small_word(std::string(prefix) + small, Language::id);
  });
}

}  // namespace kabar::translate
