#include "terms/phrase_index.h"

#include <algorithm>
#include <numeric>

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

std::u32string french_plural(Points word) {
  if (word.size() < 3 || is_french_particle(word)) return std::u32string(word);
  const char32_t last = word.back();
  if (last == U's' || last == U'x' || last == U'z' || last == U'*') return std::u32string(word);
  if (word.ends_with(U"al")) return std::u32string(word.substr(0, word.size() - 1)) + U"ux";
  return std::u32string(word) + U"s";
}

std::vector<std::u32string> split_words(Points phrase) {
  std::vector<std::u32string> words(1);
  for (char32_t point : phrase) {
    if (point == U' ') {
      words.emplace_back();
    } else {
      words.back() += point;
    }
  }
  return words;
}

std::u32string join_words(const std::vector<std::u32string>& words) {
  std::u32string out;
  for (const std::u32string& word : words) out += (out.empty() ? U"" : U" ") + word;
  return out;
}

// Forms of a phrase that an ending after it does not make.
std::vector<std::u32string> other_forms(Points phrase, Language language) {
  std::vector<std::u32string> forms;
  if (language == Language::en && phrase.size() > 3 && phrase.back() == U'y') {
    forms.push_back(std::u32string(phrase.substr(0, phrase.size() - 1)) + U"ies");
  }
  if (language == Language::fr) {
    std::vector<std::u32string> words = split_words(phrase);
    words.front() = french_plural(words.front());
    forms.push_back(join_words(words));
    for (std::u32string& word : words) word = french_plural(word);
    forms.push_back(join_words(words));
  }
  return forms;
}

// Short Arabic words (لا, لم, غير) are particles: letters around them make another word, but for "and" and "so".
constexpr size_t kParticleMax = 3;

bool is_lone_particle(Points text, size_t begin, size_t end) {
  if (end < text.size() && is_word_point(text[end])) return false;
  size_t start = begin;
  while (start > 0 && is_word_point(text[start - 1])) --start;
  return start == begin || (begin - start == 1 && (text[start] == U'و' || text[start] == U'ف'));
}

// A small table of the ways phrases begin: it stays in the first-level cache, the trie does not.
constexpr size_t kStartMax = 3;
constexpr uint32_t kStartBits = 1u << 15;

uint32_t start_bit(Points start) {
  uint32_t hash = static_cast<uint32_t>(start.size());
  for (char32_t point : start) hash = (hash ^ point) * 0x9E3779B1u;
  return hash >> 17;
}

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
  add_one(phrase, id, same_case);
  if (same_case || (language_ != Language::en && language_ != Language::fr)) return;
  const std::u32string folded = fold(phrase, language_).points;
  if (folded.empty()) return;
  for (const std::u32string& form : other_forms(folded, language_)) {
    if (form != folded) add_one(encode_utf8(form), id, false);
  }
}

void PhraseIndex::add_one(std::string_view text, int id, bool same_case) {
  const Folded folded = fold(text, language_);
  Phrase phrase;
  phrase.id = id;
  phrase.head = static_cast<uint32_t>(points_.size());
  Form form;
  std::u32string* part = &points_;
  for (char32_t point : folded.points) {
    if (point == U'*') {
      if (is_unspaced(language_)) continue;
      form.rest.emplace_back();
      part = &form.rest.back();
    } else {
      *part += point;
    }
  }
  phrase.head_size = static_cast<uint32_t>(points_.size()) - phrase.head;
  if (phrase.head_size == 0) return;
  if (same_case) form.cased = folded.text;
  if (!form.rest.empty() || !form.cased.empty()) {
    phrase.form = static_cast<int32_t>(forms_.size());
    forms_.push_back(std::move(form));
  }
  phrases_.push_back(phrase);
}

bool PhraseIndex::may_start(Points rest) const {
  for (size_t size = 1; size <= std::min(rest.size(), kStartMax); ++size) {
    const uint32_t bit = start_bit(rest.substr(0, size));
    if ((starts_[bit / 64] >> bit % 64 & 1) != 0) return true;
  }
  return false;
}

int32_t PhraseIndex::step(const Node& node, char32_t point) const {
  constexpr int32_t kScanMax = 8;
  const char32_t* const begin = labels_.data() + node.first;
  const char32_t* const end = begin + node.count;
  const char32_t* found = begin;
  if (node.count > kScanMax) {
    found = std::lower_bound(begin, end, point);
  } else {
    while (found != end && *found < point) ++found;
  }
  return found != end && *found == point ? static_cast<int32_t>(found - labels_.data()) : 0;
}

void PhraseIndex::build() {
  std::vector<int32_t> sorted(phrases_.size());
  std::iota(sorted.begin(), sorted.end(), 0);
  const auto head_of = [&](int32_t number) { return head(phrases_[static_cast<size_t>(number)]); };
  const auto head_at = [&](size_t place) { return head_of(sorted[place]); };
  std::stable_sort(sorted.begin(), sorted.end(), [&](int32_t a, int32_t b) { return head_of(a) < head_of(b); });
  starts_.assign(kStartBits / 64, 0);
  for (const Phrase& phrase : phrases_) {
    const uint32_t bit = start_bit(head(phrase).substr(0, kStartMax));
    starts_[bit / 64] |= uint64_t{1} << bit % 64;
  }
  // Level by level: a node stands for the phrases [begin, end) of the sorted ones, equal up to `depth`.
  struct Range {
    size_t begin = 0, end = 0, depth = 0;
  };
  std::vector<Range> ranges = {{0, sorted.size(), 0}};
  next_.assign(phrases_.size(), -1);
  nodes_.clear();
  labels_.assign(1, 0);
  for (size_t node = 0; node < ranges.size(); ++node) {
    auto [at, end, depth] = ranges[node];
    Node& here = nodes_.emplace_back();
    for (; at < end && head_at(at).size() == depth; ++at) {  // the shortest come first; chained, the last added first
      next_[static_cast<size_t>(sorted[at])] = here.output;
      here.output = sorted[at];
    }
    here.first = static_cast<int32_t>(ranges.size());
    while (at < end) {
      const char32_t point = head_at(at)[depth];
      const size_t begin = at;
      while (at < end && head_at(at)[depth] == point) ++at;
      ranges.push_back({begin, at, depth + 1});
      labels_.push_back(point);
    }
    here.count = static_cast<int32_t>(ranges.size()) - here.first;
  }
  roots_.assign(0x10000, 0);
  for (int32_t child = nodes_[0].first; child < nodes_[0].first + nodes_[0].count; ++child) {
    const char32_t point = labels_[static_cast<size_t>(child)];
    if (point < roots_.size()) roots_[point] = child;
  }
}

bool PhraseIndex::accept(const Folded& text, const Phrase& phrase, size_t begin, size_t& end) const {
  static const Form kPlain;
  const Form& form = phrase.form < 0 ? kPlain : forms_[static_cast<size_t>(phrase.form)];
  const Points points = text.points;
  if (language_ == Language::ar && form.rest.empty() && phrase.head_size <= kParticleMax) {
    return is_lone_particle(points, begin, end);
  }
  for (const std::u32string& literal : form.rest) {
    while (end < points.size() && is_word_point(points[end])) ++end;
    if (points.compare(end, literal.size(), literal) != 0) return false;
    end += literal.size();
  }
  if (form.rest.empty() || !form.rest.back().empty()) {
    end = right_edge(points, end, language_);
    if (end == kNone) return false;
  }
  if (form.cased.empty()) return true;
  bool same = true;
  bool capitals = true;
  const size_t start = static_cast<size_t>(text.origin[begin]);
  for (size_t i = 0; i < form.cased.size(); ++i) {
    const char32_t here = start + i < text.text.size() ? text.text[start + i] : 0;
    same = same && is_upper_point(here) == is_upper_point(form.cased[i]);
    if (is_word_point(here) && !is_upper_point(here) && !is_digit_point(here)) capitals = false;
  }
  return same || capitals;
}

std::vector<PhraseMatch> PhraseIndex::find(const Folded& text) const {
  std::vector<PhraseMatch> matches;
  if (nodes_.empty()) return matches;
  const Points points = text.points;
  // Arabic words may begin behind up to three attached letters; unspaced text everywhere.
  const size_t inside_max = is_unspaced(language_) ? points.size() : language_ == Language::ar ? 3 : 0;
  size_t inside = 0;  // letters of the word before this place
  for (size_t begin = 0; begin < points.size(); ++begin) {
    const bool letter = is_word_point(points[begin]);
    const bool may_begin =
        !letter || inside <= inside_max || is_unspaced_point(points[begin - 1]) || is_digit_point(points[begin - 1]);
    inside = letter ? inside + 1 : 0;
    if (!may_begin || points[begin] >= roots_.size() || !may_start(points.substr(begin, kStartMax))) continue;
    int32_t node = roots_[points[begin]];
    int edge = -1;  // whether a word may begin here, once it is asked
    for (size_t at = begin + 1; node > 0; ++at) {
      const Node& here = nodes_[static_cast<size_t>(node)];
      if (here.output >= 0 && edge < 0) edge = left_edge(points, begin, language_);
      if (edge == 0) break;
      for (int32_t i = here.output; i >= 0; i = next_[static_cast<size_t>(i)]) {
        size_t end = at;
        const Phrase& phrase = phrases_[static_cast<size_t>(i)];
        if (accept(text, phrase, begin, end)) matches.push_back({phrase.id, begin, end});
      }
      if (here.count == 0 || at >= points.size()) break;
      node = step(here, points[at]);
    }
  }
  return matches;
}

}  // namespace kabar::terms
