#include "site/search_text.h"

#include <algorithm>
#include <memory>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "site/search_stems.h"
#include "site/word_iterator.h"

namespace kabar::site {
namespace {

constexpr int kWordUnitsMax = 64;  // of UTF-16; a longer word is cut: nobody types it

bool is_kana(UChar32 point) {
  const auto script = static_cast<UScriptCode>(u_getIntPropertyValue(point, UCHAR_SCRIPT));
  return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA || point == 0x30FC;  // the long-vowel mark
}

bool has_no_spaces(UChar32 point) {
  return is_kana(point) || u_hasBinaryProperty(point, UCHAR_IDEOGRAPHIC) ||
         u_getIntPropertyValue(point, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;  // Thai and its like
}

UChar32 fold_arabic(UChar32 point) {
  switch (point) {
    case 0x0622:
    case 0x0623:
    case 0x0625:
    case 0x0671:
      return 0x0627;
    case 0x0649:
      return 0x064A;
    case 0x0629:
      return 0x0647;
    default:
      return point;
  }
}

// Marks go, but not those that make another kana (か, が), nor those of scripts that write vowels with them.
bool is_dropped_mark(UChar32 point) {
  if (point == 0x0640) return true;  // Arabic tatweel only stretches
  if (u_charType(point) != U_NON_SPACING_MARK || point == 0x3099 || point == 0x309A) return false;
  const auto script = static_cast<UScriptCode>(u_getIntPropertyValue(point, UCHAR_SCRIPT));
  return script == USCRIPT_INHERITED || script == USCRIPT_ARABIC;
}

icu::UnicodeString fold(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* casefold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(error);
  const icu::Normalizer2* compose = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return {};
  const icu::UnicodeString source =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  const icu::UnicodeString parts = decompose->normalize(casefold->normalize(source, error), error);
  icu::UnicodeString kept;
  for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const UChar32 point = parts.char32At(i);
    if (!is_dropped_mark(point)) kept.append(fold_arabic(point));
  }
  return compose->normalize(kept, error);
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

// "总统" -> "总 统".
std::string spread(const icu::UnicodeString& run) {
  icu::UnicodeString out;
  for (int32_t i = 0; i < run.length(); i = run.moveIndex32(i, 1)) {
    if (!out.isEmpty()) out.append(u' ');
    out.append(run.char32At(i));
  }
  return utf8(out);
}

void append_word(std::string& out, std::string_view word) {
  if (!out.empty()) out += ' ';
  out += word;
}

// Words are quoted; they hold letters, digits and marks only, so this is a second lock on the door.
std::string quoted(std::string_view word) {
  std::string out = "\"";
  for (const char c : word) {
    if (c != '"') out += c;
  }
  return out + '"';
}

}  // namespace

std::vector<SearchWord> search_words(std::string_view text, Language language) {
  const icu::UnicodeString folded = fold(text);
  icu::BreakIterator* iterator = word_iterator(language);
  std::vector<SearchWord> words;
  if (iterator == nullptr) return words;
  iterator->setText(folded);
  int32_t begin = iterator->first();
  for (int32_t end = iterator->next(); end != icu::BreakIterator::DONE; begin = end, end = iterator->next()) {
    if (iterator->getRuleStatus() < UBRK_WORD_NUMBER) continue;  // blanks and punctuation
    const icu::UnicodeString word = folded.tempSubStringBetween(begin, std::min(end, begin + kWordUnitsMax));
    if (has_no_spaces(word.char32At(0))) {
      words.push_back({.text = spread(word), .stems = {}, .is_run = true});
      continue;
    }
    // ICU keeps "l’économie" and "don't" together; the parts are words of their own here.
    for (int32_t from = 0; from < word.length();) {
      int32_t to = from;
      while (to < word.length() && u_isalnum(word.char32At(to))) to = word.moveIndex32(to, 1);
      if (to > from) {
        SearchWord one{.text = utf8(word.tempSubStringBetween(from, to)), .stems = {}};
        one.stems = search_stems(one.text, language);
        words.push_back(std::move(one));
      }
      from = to == word.length() ? to : word.moveIndex32(to, 1);
      while (from < word.length() && !u_isalnum(word.char32At(from))) from = word.moveIndex32(from, 1);
    }
  }
  return words;
}

SearchText search_text(std::string_view text, Language language) {
  SearchText out;
  for (const SearchWord& word : search_words(text, language)) {
    append_word(out.words, word.text);
    for (const std::string& stem : word.stems) append_word(out.stems, stem);
  }
  return out;
}

std::string search_expression(std::string_view query, Language language) {
  std::vector<SearchWord> words = search_words(query, language);
  if (words.size() > kQueryWordsMax) words.resize(kQueryWordsMax);
  std::string out;
  for (const SearchWord& word : words) {
    std::string either = quoted(word.text);
    if (!word.is_run) either += " *";
    for (const std::string& stem : word.stems) either += " OR " + quoted(stem);
    if (!out.empty()) out += " AND ";
    out += "(" + either + ")";
  }
  return out;
}

}  // namespace kabar::site
