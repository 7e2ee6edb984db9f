#include "terms/phrase_index.h"

#include <algorithm>
#include <bit>

#include "base/utf8.h"

namespace kabar::terms {
namespace {

using Points = std::u32string_view;
constexpr size_t kNone = Points::npos;

// Endings that leave the word the same word. The longest that fits to the end of the word counts.
constexpr Points kIndonesianEndings[] = {U"nya", U"ku", U"mu", U"lah", U"kah", U"pun", U"nyalah", U"nyapun"};
constexpr Points kEnglishEndings[] = {U"s", U"es", U"'s", U"'", U"s'"};
constexpr Points kFrenchEndings[] = {U"s", U"x", U"e", U"es"};
constexpr Points kArabicEndings[] = {U"ا",   U"ه",  U"ها", U"هم",  U"هن",  U"هما", U"نا", U"ي",
                                     U"ين",  U"ون", U"وا", U"ان",  U"ات",  U"ة",   U"ية", U"يا",
                                     U"يين", U"ت",  U"ته", U"تها", U"تهم", U"ك",   U"كم", U"ني"};

template <size_t N>
bool is_ending(Points rest, const Points (&endings)[N]) {
  return std::find(std::begin(endings), std::end(endings), rest) != std::end(endings);
}

bool is_katakana(char32_t point) { return (point >= U'ァ' && point <= U'ヺ') || point == U'ー'; }

bool is_arabic_letter(char32_t point) { return point >= 0x0621 && point <= 0x064A; }

// French words that stay as they are inside a plural: "chefs de district".
bool is_french_particle(Points word) {
  static constexpr Points kParticles[] = {U"de", U"du", U"des", U"la", U"le",  U"les",  U"et",  U"a",
                                          U"à",  U"au", U"aux", U"en", U"sur", U"pour", U"par", U"contre"};
  return word.find(U'\'') != kNone ||
         std::find(std::begin(kParticles), std::end(kParticles), word) != std::end(kParticles);
}

void append_french_plural(std::u32string& out, Points word) {
  out += word;
  if (word.size() < 3 || is_french_particle(word)) return;
  const char32_t last = word.back();
  if (last == U's' || last == U'x' || last == U'z' || last == U'*') return;
  if (word.ends_with(U"al")) {
    out.back() = U'u';
    out += U'x';
  } else {
    out += U's';
  }
}

// The plural of the first word, or of each.
std::u32string french_plural(Points phrase, bool each) {
  std::u32string out;
  for (bool first = true;; first = false) {
    const size_t end = std::min(phrase.find(U' '), phrase.size());
    const Points word = phrase.substr(0, end);
    if (!first) out += U' ';
    if (first || each) {
      append_french_plural(out, word);
    } else {
      out += word;
    }
    if (end == phrase.size()) return out;
    phrase.remove_prefix(end + 1);
  }
}

// Short Arabic words (لا, لم, غير) are particles: letters around them make another word, but for "and" and "so".
constexpr size_t kParticleMax = 3;

bool is_lone_particle(Points text, size_t begin, size_t end) {
  if (end < text.size() && is_word_point(text[end])) return false;
  size_t start = begin;
  while (start > 0 && is_word_point(text[start - 1])) --start;
  return start == begin || (begin - start == 1 && (text[start] == U'و' || text[start] == U'ف'));
}

// Small tables of the ways heads begin stay in the nearest caches; the slots do not.
constexpr size_t kStartMax = 3;
constexpr int kStartBits = 15, kLengthBits = 12;
constexpr size_t kLengthMax = 63;

constexpr uint32_t kHashStart = 0x811C9DC5u;

uint32_t hash_point(uint32_t hash, char32_t point) { return (std::rotl(hash, 5) ^ point) * 0x9E3779B1u; }

uint32_t hash_of(Points points) {
  uint32_t hash = kHashStart;
  for (char32_t point : points) hash = hash_point(hash, point);
  return hash;
}

// The product mixes upwards, so the upper bits choose the place.
size_t place_of(uint32_t hash, int bits) { return hash >> (32 - bits); }

// Words of other scripts are written as one run also where a language puts no blanks: タイ is not in タイヤ, BBC not in
// BBCA.
bool is_one_run(char32_t a, char32_t b) {
  const auto is_latin = [](char32_t point) {
    return is_word_point(point) && !is_unspaced_point(point) && !is_digit_point(point);
  };
  return (is_katakana(a) && is_katakana(b)) || (is_latin(a) && is_latin(b));
}

}  // namespace

bool left_edge(Points text, size_t begin, Language language) {
  if (begin == 0) return true;
  if (is_unspaced(language)) return !is_one_run(text[begin - 1], text[begin]);
  const char32_t before = text[begin - 1];
  if (!is_word_point(before) || is_unspaced_point(before)) return true;
  if (!is_word_point(text[begin])) return true;
  if (is_digit_point(before) && !is_digit_point(text[begin])) return true;  // "90kg"
  if (language != Language::ar || !is_arabic_letter(before)) return false;
  size_t start = begin;
  while (start > 0 && is_word_point(text[start - 1])) --start;
  Points prefix = text.substr(start, begin - start);
  if (prefix.front() == U'و' || prefix.front() == U'ف' || prefix.front() == U'أ') prefix.remove_prefix(1);
  if (!prefix.empty() && (Points(U"بلكس").find(prefix.front()) != kNone)) prefix.remove_prefix(1);
  return prefix.empty();
}

size_t right_edge(Points text, size_t end, Language language) {
  if (end >= text.size()) return end;
  if (is_unspaced(language)) return is_one_run(text[end - 1], text[end]) ? kNone : end;
  const bool inside =
      is_word_point(text[end]) && !is_unspaced_point(text[end]) && end > 0 && is_word_point(text[end - 1]);
  const bool possessive = text[end] == U'\'' && language == Language::en;
  if (!inside && !possessive) return end;
  size_t word_end = end;
  while (word_end < text.size() &&
         (is_word_point(text[word_end]) || (language == Language::en && text[word_end] == U'\''))) {
    ++word_end;
  }
  const Points rest = text.substr(end, word_end - end);
  bool fits = false;
  if (language == Language::id) fits = is_ending(rest, kIndonesianEndings);
  if (language == Language::en) fits = is_ending(rest, kEnglishEndings);
  if (language == Language::fr) fits = is_ending(rest, kFrenchEndings);
  if (language == Language::ar) fits = is_ending(rest, kArabicEndings);
  if (fits) return word_end;
  return inside ? kNone : end;  // a closing quotation mark after the word, not a possessive
}

void PhraseIndex::add(std::string_view phrase, int id, bool same_case) {
  scratch_.clear();
  append_folded(scratch_, phrase, language_);
  const Points folded = scratch_;
  add_folded(folded, id, same_case ? phrase : std::string_view());
  if (same_case || folded.empty()) return;
  if (language_ == Language::en && folded.size() > 3 && folded.back() == U'y') {
    add_folded(std::u32string(folded.substr(0, folded.size() - 1)) + U"ies", id, {});
  }
  if (language_ != Language::fr) return;
  for (const bool each : {false, true}) {
    const std::u32string plural = french_plural(folded, each);
    if (plural != folded) add_folded(plural, id, {});
  }
}

void PhraseIndex::add_folded(Points folded, int id, std::string_view text) {
  Phrase phrase;
  phrase.id = id;
  phrase.head = static_cast<uint32_t>(points_.size());
  phrase.cased = static_cast<uint32_t>(cased_.size());
  Rest rest;
  std::u32string* part = &points_;
  for (char32_t point : folded) {
    if (point == U'*') {
      if (is_unspaced(language_)) continue;
      rest.emplace_back();
      part = &rest.back();
    } else {
      *part += point;
    }
  }
  phrase.head_size = static_cast<uint32_t>(points_.size()) - phrase.head;
  if (phrase.head_size == 0) return;
  while (!text.empty()) cased_ += take_point(text);
  phrase.cased_size = static_cast<uint32_t>(cased_.size()) - phrase.cased;
  if (!rest.empty()) {
    phrase.rest = static_cast<int32_t>(rests_.size());
    rests_.push_back(std::move(rest));
  }
  phrases_.push_back(phrase);
}

void PhraseIndex::build() {
  slots_.assign(std::bit_ceil(phrases_.size() * 2 + 1), {});
  next_.assign(phrases_.size(), -1);
  starts_.assign((size_t{1} << kStartBits) / 64, 0);
  lengths_.assign(size_t{1} << kLengthBits, 0);
  const size_t mask = slots_.size() - 1;
  for (size_t number = 0; number < phrases_.size(); ++number) {
    const Points points = head(phrases_[number]);
    const uint32_t hash = hash_of(points);
    size_t at = hash & mask;
    while (slots_[at].phrase >= 0 &&
           (slots_[at].hash != hash || head(phrases_[static_cast<size_t>(slots_[at].phrase)]) != points)) {
      at = (at + 1) & mask;
    }
    next_[number] = slots_[at].phrase;
    slots_[at] = {hash, static_cast<int32_t>(number)};
    const uint32_t start = hash_of(points.substr(0, kStartMax));
    const size_t bit = place_of(start, kStartBits);
    starts_[bit / 64] |= uint64_t{1} << bit % 64;
    lengths_[place_of(start, kLengthBits)] |= uint64_t{1} << std::min(points.size(), kLengthMax);
    size_max_ = std::max(size_max_, points.size());
  }
}

int32_t PhraseIndex::find_head(Points points, uint32_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask; slots_[at].phrase >= 0; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.hash == hash && head(phrases_[static_cast<size_t>(slot.phrase)]) == points) return slot.phrase;
  }
  return -1;
}

uint64_t PhraseIndex::lengths(Points rest) const {
  uint64_t all = 0;
  uint32_t hash = kHashStart;
  for (size_t size = 1; size <= std::min(rest.size(), kStartMax); ++size) {
    hash = hash_point(hash, rest[size - 1]);
    const size_t bit = place_of(hash, kStartBits);
    if ((starts_[bit / 64] >> bit % 64 & 1) == 0) continue;
    const uint64_t here = lengths_[place_of(hash, kLengthBits)];
    all |= size < kStartMax ? here & (uint64_t{1} << size) : here & ~uint64_t{0} << kStartMax;
  }
  return all;
}

bool PhraseIndex::accept(const Folded& text, const Phrase& phrase, size_t begin, size_t& end) const {
  static const Rest kNothing;
  const Rest& rest = phrase.rest < 0 ? kNothing : rests_[static_cast<size_t>(phrase.rest)];
  const Points points = text.points;
  if (language_ == Language::ar && rest.empty() && phrase.head_size <= kParticleMax) {
    return is_lone_particle(points, begin, end);
  }
  for (const std::u32string& literal : rest) {
    while (end < points.size() && is_word_point(points[end])) ++end;
    if (points.compare(end, literal.size(), literal) != 0) return false;
    end += literal.size();
  }
  if (rest.empty() || !rest.back().empty()) {
    end = right_edge(points, end, language_);
    if (end == kNone) return false;
  }
  if (phrase.cased_size == 0) return true;
  bool same = true;
  bool capitals = true;
  const size_t start = static_cast<size_t>(text.origin[begin]);
  for (size_t i = 0; i < phrase.cased_size; ++i) {
    const char32_t here = start + i < text.text.size() ? text.text[start + i] : 0;
    same = same && is_upper_point(here) == is_upper_point(cased_[phrase.cased + i]);
    if (is_word_point(here) && !is_upper_point(here) && !is_digit_point(here)) capitals = false;
  }
  return same || capitals;
}

std::vector<PhraseMatch> PhraseIndex::find(const Folded& text) const {
  std::vector<PhraseMatch> matches;
  if (phrases_.empty()) return matches;
  const Points points = text.points;
  // Arabic words may begin behind up to three attached letters; unspaced text everywhere.
  const size_t inside_max = is_unspaced(language_) ? points.size() : language_ == Language::ar ? 3 : 0;
  size_t inside = 0;  // letters of the word before this place
  for (size_t begin = 0; begin < points.size(); ++begin) {
    const bool letter = is_word_point(points[begin]);
    const bool may_begin =
        !letter || inside <= inside_max || is_unspaced_point(points[begin - 1]) || is_digit_point(points[begin - 1]);
    inside = letter ? inside + 1 : 0;
    if (!may_begin) continue;
    const uint64_t sizes = lengths(points.substr(begin, kStartMax));
    if (sizes == 0) continue;
    const bool any_long = sizes >> kLengthMax != 0;
    const size_t size_max =
        std::min(points.size() - begin, any_long ? size_max_ : static_cast<size_t>(std::bit_width(sizes)) - 1);
    uint32_t hash = kHashStart;
    int edge = -1;  // whether a word may begin here, once it is asked
    for (size_t size = 1; size <= size_max && edge != 0; ++size) {
      hash = hash_point(hash, points[begin + size - 1]);
      if ((sizes >> std::min(size, kLengthMax) & 1) == 0) continue;
      for (int32_t i = find_head(points.substr(begin, size), hash); i >= 0; i = next_[static_cast<size_t>(i)]) {
        if (edge < 0) edge = left_edge(points, begin, language_);
        if (edge == 0) break;
        size_t end = begin + size;
        const Phrase& phrase = phrases_[static_cast<size_t>(i)];
        if (accept(text, phrase, begin, end)) matches.push_back({phrase.id, begin, end});
      }
    }
  }
  return matches;
}

}  // namespace kabar::terms
