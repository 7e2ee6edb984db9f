#include "text/elision.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/one_of.h"
#include "base/utf8.h"

namespace kabar::text {
namespace {

using Points = std::u32string_view;

struct Token {
  Span span;
  Points text;
};

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_latin(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7);
}
// With vowel signs and tatweel: they are inside words.
bool is_arabic(char32_t c) { return (c >= 0x0621 && c <= 0x0652) || c == 0x0670; }
bool is_capital(char32_t c) { return (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7); }

char32_t small(char32_t c) { return is_capital(c) ? c + 0x20 : c; }

std::u32string small(Points word) {
  std::u32string out(word);
  std::transform(out.begin(), out.end(), out.begin(), [](char32_t c) { return small(c); });
  return out;
}

// Words and figures; a mark ends a token and is none.
std::vector<Token> tokens_of(const std::u32string& points) {
  const auto inside = [](char32_t c) { return is_latin(c) || is_digit(c) || is_arabic(c); };
  std::vector<Token> tokens;
  for (size_t begin = 0; begin < points.size();) {
    size_t end = begin;
    while (end < points.size() && inside(points[end])) ++end;
    if (end > begin) {
      tokens.push_back({{static_cast<int>(begin), static_cast<int>(end)}, Points(points).substr(begin, end - begin)});
    }
    begin = std::max(end, begin + 1);
  }
  return tokens;
}

bool is_french_vowel(char32_t c) { return Points(U"aeiouàâäéèêëîïôöùûüœæ").find(small(c)) != Points::npos; }

// Written with a vowel, spoken as with a consonant: "le onze", "le oui", "le ouistiti"; or no word.
bool refuses_elision(Points first, Points second) {
  static constexpr Points kWords[] = {U"onze", U"onzième", U"oui", U"ouistiti", U"uhlan", U"ululement"};
  const std::u32string word = small(second);
  if (second.size() == 1 && is_capital(second.front())) return true;  // "de A à Z"
  if (small(first) == U"la" && word == U"une") return true;           // the front page
  return is_one_of(word, kWords);
}

// Looks like an infinitive: "de le faire" has a pronoun, no article.
bool may_be_infinitive(Points word) {
  static constexpr Points kNouns[] = {U"quartier", U"ministère", U"centre", U"gouvernorat", U"cimetière", U"maire"};
  if (is_one_of(word, kNouns)) return false;
  return word.ends_with(U"er") || word.ends_with(U"ir") || word.ends_with(U"re");
}

// What stands in place of two words; the first letter of `first` keeps its case.
std::optional<std::u32string> french_pair(Points first, Points second, Points third) {
  static constexpr Points kElided[] = {U"le", U"la", U"de", U"que",    U"ne",      U"se",
                                       U"je", U"me", U"te", U"jusque", U"lorsque", U"puisque"};
  static constexpr Points kBroken[] = {U"l", U"d", U"n", U"s", U"j", U"m", U"t", U"qu"};  // the apostrophe is lost
  const std::u32string word = small(first);
  if (is_french_vowel(second.front()) && !refuses_elision(first, second)) {
    if (is_one_of(word, kElided))
      return std::u32string(first.substr(0, first.size() - 1)) + U"'" + std::u32string(second);
    if (is_one_of(word, kBroken) && !is_capital(first.front()))
      return std::u32string(first) + U"'" + std::u32string(second);
  }
  if (word == U"si" && (second == U"il" || second == U"ils"))
    return std::u32string(first.substr(0, 1)) + U"'" + std::u32string(second);
  // "le" and "la ville": a name may bring its own article.
  const bool article = second == U"le" || second == U"la" || second == U"les" || second == U"l";
  if (article && (word == U"le" || word == U"la" || word == U"les")) return std::u32string(second);
  if (article && word == U"au") return second == U"le" ? U"au" : U"à " + std::u32string(second);
  if (article && word == U"du") return second == U"le" ? U"du" : U"de " + std::u32string(second);
  if ((word != U"de" && word != U"à") || third.empty() || may_be_infinitive(third)) return std::nullopt;
  const bool masculine = second == U"le" && !is_french_vowel(third.front());
  if (!masculine && second != U"les") return std::nullopt;
  std::u32string both = word == U"de" ? (masculine ? U"du" : U"des") : masculine ? U"au" : U"aux";
  if (is_capital(first.front())) both[0] -= 0x20;
  return both;
}

// "d' fraude", "l' ancien": a translator broke off behind the apostrophe. What is no elided word is left alone.
std::optional<std::u32string> french_apart(Points first, Points second) {
  struct Short {
    Points elided, whole;
  };
  static constexpr Short kShort[] = {{U"l", U"le"}, {U"d", U"de"}, {U"n", U"ne"}, {U"s", U"se"},
                                     {U"j", U"je"}, {U"m", U"me"}, {U"t", U"te"}, {U"qu", U"que"}};
  const auto known = std::find_if(std::begin(kShort), std::end(kShort),
                                  [&](const Short& entry) { return entry.elided == small(first); });
  if (known == std::end(kShort)) return std::nullopt;
  const bool open = is_french_vowel(second.front()) || small(second.front()) == U'h';
  if (open && !refuses_elision(known->whole, second)) return std::u32string(first) + U"'" + std::u32string(second);
  return std::u32string(first) + U"e " + std::u32string(second);
}

// Conjunctions and prepositions of one letter are written with the next word, and so is the article; before a name,
// which has its own or none, the article goes. `named`: the second word begins a name.
std::optional<std::u32string> arabic_pair(Points first, Points second, bool named) {
  static constexpr Points kWithArticle[] = {U"ال", U"وال", U"بال", U"كال", U"فال"};
  const bool article = second.starts_with(U"ال");
  const bool letter = first.size() == 1 && Points(U"وفبلك").find(first.front()) != Points::npos;
  if (is_digit(second.front())) {
    if (!letter || first == U"ف") return std::nullopt;
    return std::u32string(first) + (first == U"و" ? U"" : U"ـ") + std::u32string(second);  // بـ100, و5
  }
  if (!is_arabic(second.front())) return std::nullopt;
  if (first == U"ل" || first == U"لل") {
    if (article) return U"لل" + std::u32string(second.substr(2));
    return (named ? U"ل" : std::u32string(first)) + std::u32string(second);
  }
  if (letter) return std::u32string(first) + std::u32string(second);
  if (!is_one_of(first, kWithArticle)) return std::nullopt;
  const Points before = article || named ? first.substr(0, first.size() - 2) : first;
  return std::u32string(before) + std::u32string(second);
}

// Whether English says the word with a vowel first; nothing where the letters do not tell: "unit" and "uncle", "FBI"
// and "UNESCO", "mRNA", "hotel".
std::optional<bool> sounds_open(Points word) {
  static constexpr Points kSilent[] = {U"hour", U"honest", U"honour", U"honor", U"heir"};
  static constexpr Points kDoubtful[] = {U"u", U"eu", U"ew", U"one", U"once", U"h", U"x", U"y"};
  if (is_digit(word.front())) {
    size_t end = 0;
    while (end < word.size() && is_digit(word[end])) ++end;
    const Points figure = word.substr(0, end);
    return figure.front() == U'8' || figure == U"11" || figure == U"18";
  }
  if (!is_latin(word.front()) || word.front() >= 0x80 || word.size() < 2) return std::nullopt;
  if (std::any_of(word.begin() + 1, word.end(), is_capital)) return std::nullopt;
  const std::u32string lower = small(word);
  const auto begins = [&](Points piece) { return lower.starts_with(piece); };
  if (std::any_of(std::begin(kSilent), std::end(kSilent), begins)) return true;
  if (std::any_of(std::begin(kDoubtful), std::end(kDoubtful), begins)) return std::nullopt;
  return Points(U"aeio").find(lower.front()) != Points::npos;
}

// `opens`: the pair begins the text or a sentence.
std::optional<std::u32string> english_pair(Points first, Points second, bool opens) {
  // "Vitamin A is", "from a to z": a letter, no article.
  static constexpr Points kNotNamed[] = {U"is", U"are", U"and", U"or", U"in", U"of",
                                         U"on", U"as",  U"at",  U"if", U"it", U"to"};
  const std::u32string word = small(first);
  if (second == U"the" && (word == U"the" || word == U"a" || word == U"an")) {
    return std::u32string(first.front() == U'T' || first.front() == U'A' ? U"The" : U"the");
  }
  if ((word != U"a" && word != U"an") || (first.front() == U'A' && !opens) || is_one_of(second, kNotNamed)) {
    return std::nullopt;
  }
  const std::optional<bool> open = sounds_open(second);
  if (!open || *open == (word == U"an")) return std::nullopt;
  return std::u32string(first.substr(0, 1)) + (*open ? U"n " : U" ") + std::u32string(second);
}

// The edit without the letters that stay at either end, so that tags and links keep their places.
Edit only_what_changes(Points text, Span span, Points by) {
  const Points old = text.substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.size()));
  const size_t least = std::min(old.size(), by.size());
  size_t head = 0, tail = 0;
  while (head < least && old[head] == by[head]) ++head;
  while (tail < least - head && old[old.size() - 1 - tail] == by[by.size() - 1 - tail]) ++tail;
  return {{span.begin + static_cast<int>(head), span.end - static_cast<int>(tail)},
          encode_utf8(by.substr(head, by.size() - head - tail))};
}

}  // namespace

std::vector<Edit> elision_edits(std::string_view text, Language language, std::span<const Span> names) {
  std::vector<Edit> edits;
  if (language != Language::fr && language != Language::ar && language != Language::en) return edits;
  const std::u32string points = decode_utf8(text);
  const std::vector<Token> tokens = tokens_of(points);
  const auto beside = [&](size_t a) {
    return a + 1 < tokens.size() && tokens[a + 1].span.begin == tokens[a].span.end + 1 &&
           points[static_cast<size_t>(tokens[a].span.end)] == U' ';
  };
  // Nothing, or a mark, stands before the blank before the token.
  const auto opens = [&](size_t i) {
    const int before = tokens[i].span.begin - 1;
    if (before < 1 || points[static_cast<size_t>(before)] != U' ') return true;
    return i == 0 || tokens[i - 1].span.end != before;
  };
  const auto begins_name = [&](size_t i) {
    return std::any_of(names.begin(), names.end(), [&](Span name) { return name.begin == tokens[i].span.begin; });
  };
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    // "l'a": what stands behind an apostrophe or a hyphen is no word of its own.
    const int before = tokens[i].span.begin - 1;
    const char32_t mark = before >= 0 ? points[static_cast<size_t>(before)] : U' ';
    const auto is_apostrophe = [](char32_t c) { return c == U'\'' || c == U'’'; };
    const auto end = static_cast<size_t>(tokens[i].span.end);
    const bool apart = language == Language::fr && tokens[i + 1].span.begin == tokens[i].span.end + 2 &&
                       is_apostrophe(points[end]) && points[end + 1] == U' ';
    if (!(beside(i) || apart) || is_apostrophe(mark) || mark == U'-') continue;
    const Span both{tokens[i].span.begin, tokens[i + 1].span.end};
    if (std::any_of(names.begin(), names.end(), [&](Span name) { return name.contains(both); })) continue;
    // "58 m au sud": a unit.
    if (before > 0 && mark == U' ' && is_digit(points[static_cast<size_t>(before) - 1])) continue;
    const Points first = tokens[i].text, second = tokens[i + 1].text;
    const Points third = beside(i + 1) ? tokens[i + 2].text : Points();
    const std::optional<std::u32string> pair = apart                      ? french_apart(first, second)
                                               : language == Language::fr ? french_pair(first, second, third)
                                               : language == Language::ar
                                                   ? arabic_pair(first, second, begins_name(i + 1))
                                                   : english_pair(first, second, opens(i));
    if (!pair) continue;
    edits.push_back(only_what_changes(points, both, *pair));
    ++i;
  }
  return edits;
}

}  // namespace kabar::text
