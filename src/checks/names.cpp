#include "checks/names.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "base/utf8.h"
#include "terms/fold.h"

namespace kabar::checks {
namespace {

// FNV-1a over code points, never 0.
uint64_t hash_word(std::u32string_view word) {
  uint64_t hash = 0xCBF29CE484222325ull;
  for (char32_t point : word) hash = (hash ^ point) * 0x100000001B3ull;
  return (hash ^ hash >> 29) | 1;
}

bool is_vowel(char sound) { return sound == 'a' || sound == 'i' || sound == 'u' || sound == 'e' || sound == 'o'; }

bool is_han(char32_t point) { return (point >= 0x3400 && point <= 0x9FFF) || point == 0x3007; }
bool is_kana(char32_t point) { return point >= 0x3041 && point <= 0x30FE; }
bool is_arabic(char32_t point) { return point >= 0x0621 && point <= 0x064A; }

// Sounds of one Latin letter as Indonesian names use it ("c" is ch, "j" is dj).
char latin_sound(char32_t letter) {
  switch (letter) {
    case U'b':
    case U'p':
    case U'f':
    case U'v':
      return 'P';
    case U't':
    case U'd':
      return 'T';
    case U'k':
    case U'g':
    case U'q':
      return 'K';
    case U's':
    case U'z':
    case U'c':
    case U'j':
    case U'x':
      return 'S';
    case U'r':
    case U'l':
      return 'R';
    case U'm':
      return 'M';
    case U'n':
    case U'ñ':
      return 'N';
    case U'a':
    case U'à':
    case U'á':
    case U'â':
    case U'ä':
      return 'a';
    case U'i':
    case U'y':
    case U'í':
    case U'î':
    case U'ï':
      return 'i';
    case U'u':
    case U'w':
    case U'ü':
    case U'û':
      return 'u';
    case U'e':
    case U'é':
    case U'è':
    case U'ê':
    case U'ë':
      return 'e';
    case U'o':
    case U'ô':
    case U'ö':
      return 'o';
    default:
      return 0;
  }
}

char arabic_sound(char32_t letter) {
  switch (letter) {
    case U'ب':
    case U'ف':
      return 'P';
    case U'ت':
    case U'د':
    case U'ط':
    case U'ض':
      return 'T';
    case U'ك':
    case U'ق':
    case U'غ':
    case U'خ':
      return 'K';
    case U'س':
    case U'ز':
    case U'ش':
    case U'ص':
    case U'ج':
    case U'ذ':
    case U'ث':
    case U'ظ':
      return 'S';
    case U'ر':
    case U'ل':
      return 'R';
    case U'م':
      return 'M';
    case U'ن':
      return 'N';
    case U'ا':
    case U'أ':
    case U'إ':
    case U'آ':
    case U'ى':
      return 'a';
    case U'ي':
    case U'ئ':
      return 'i';
    case U'و':
    case U'ؤ':
      return 'u';
    default:
      return 0;
  }
}

// Pinyin and kana as ICU writes them in Latin letters, one code point at a time, remembered.
std::string romanised(char32_t point, const char* transliterator) {
  thread_local std::unordered_map<char32_t, std::string> known;
  const auto found = known.find(point);
  if (found != known.end()) return found->second;
  static std::mutex mutex;  // transliterators are not thread-safe
  const std::lock_guard lock(mutex);
  static std::unordered_map<std::string, std::unique_ptr<icu::Transliterator>> makers;
  std::unique_ptr<icu::Transliterator>& maker = makers[transliterator];
  if (maker == nullptr) {
    UErrorCode status = U_ZERO_ERROR;
    maker.reset(icu::Transliterator::createInstance(transliterator, UTRANS_FORWARD, status));
    KABAR_CHECK(U_SUCCESS(status) && maker != nullptr);
  }
  icu::UnicodeString text(static_cast<UChar32>(point));
  maker->transliterate(text);
  std::string out;
  text.toUTF8String(out);
  return known[point] = out;
}

void append_sound(std::string& key, char sound) {
  if (sound != 0 && (key.empty() || key.back() != sound)) key += sound;
}

// English and old Indonesian spellings of one sound.
void append_latin(std::string& key, std::u32string_view word) {
  for (size_t i = 0; i < word.size(); ++i) {
    const char32_t next = i + 1 < word.size() ? word[i + 1] : 0;
    const char32_t letter = word[i];
    if (letter == U'o' && next == U'e') {  // Soekarno
      append_sound(key, 'u');
      ++i;
    } else if (letter == U'o' && next == U'u') {  // French spelling
      append_sound(key, 'u');
      ++i;
    } else if ((letter == U'd' || letter == U't') && (next == U'j' || next == U'c')) {  // Djakarta, Tjokro, Tchad
      append_sound(key, 'S');
      ++i;
    } else if (letter == U'n' && next == U'g') {
      append_sound(key, 'N');
      const char32_t after = i + 2 < word.size() ? word[i + 2] : 0;
      const char vowel = latin_sound(after);
      if (after == U'g' || is_vowel(vowel)) continue;  // the g may be heard
      ++i;
    } else if (letter == U'x' && !key.empty()) {  // Alex
      append_sound(key, 'K');
      append_sound(key, 'S');
    } else {
      append_sound(key, latin_sound(letter));
    }
  }
}

constexpr float kVowelCost = 0.35f;
constexpr float kVowelGap = 0.15f;

float gap_cost(char sound) { return is_vowel(sound) ? kVowelGap : 1.0f; }

float swap_cost(char a, char b) {
  if (a == b) return 0;
  if (is_vowel(a) && is_vowel(b)) return kVowelCost;
  return is_vowel(a) || is_vowel(b) ? 1.0f + kVowelGap : 1.0f;
}

float weight(std::string_view key) {
  float sum = 0;
  for (char sound : key) sum += is_vowel(sound) ? kVowelCost : 1.0f;
  return sum;
}

// With `free_ends` skipping the start and the end of `text` costs nothing.
float edit_cost(std::string_view key, std::string_view text, bool free_ends) {
  std::vector<float> row(text.size() + 1, 0.0f);
  for (size_t j = 1; j <= text.size() && !free_ends; ++j) row[j] = row[j - 1] + gap_cost(text[j - 1]);
  for (size_t i = 1; i <= key.size(); ++i) {
    float diagonal = row[0];
    row[0] += gap_cost(key[i - 1]);
    for (size_t j = 1; j <= text.size(); ++j) {
      const float above = row[j];
      row[j] = std::min({diagonal + swap_cost(key[i - 1], text[j - 1]), above + gap_cost(key[i - 1]),
                         row[j - 1] + gap_cost(text[j - 1])});
      diagonal = above;
    }
  }
  return free_ends ? *std::min_element(row.begin(), row.end()) : row.back();
}

}  // namespace

WordList::WordList(std::string_view text) {
  const auto lines = static_cast<uint64_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  uint64_t size = 16;
  while (size < lines * 2) size *= 2;
  mask_ = size - 1;
  slots_.assign(size, 0);
  std::u32string word;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line[0] == '#') continue;
    word.clear();
    for (std::string_view rest = line; !rest.empty();) word += take_point(rest);
    const uint64_t hash = hash_word(word);
    uint64_t slot = hash & mask_;
    while (slots_[slot] != 0 && slots_[slot] != hash) slot = (slot + 1) & mask_;
    slots_[slot] = hash;
  }
}

bool WordList::contains(std::u32string_view folded) const {
  if (slots_.empty()) return false;
  const uint64_t hash = hash_word(folded);
  for (uint64_t slot = hash & mask_; slots_[slot] != 0; slot = (slot + 1) & mask_) {
    if (slots_[slot] == hash) return true;
  }
  return false;
}

std::string sound_key(std::u32string_view word) {
  std::string key;
  std::u32string latin;
  const auto flush = [&] {
    append_latin(key, latin);
    latin.clear();
  };
  for (char32_t raw : word) {
    const char32_t point = terms::fold_point(raw);
    if (is_kana(point) || is_han(point)) {
      if (point == U'ー' || point == U'ッ' || point == U'っ' || point == U'・') continue;
      const bool small = std::u32string_view(U"ァィゥェォャュョ").find(point) != std::u32string_view::npos;
      const std::u32string sounds =
          decode_utf8(romanised(point, is_han(point) ? "Han-Latin; Latin-ASCII" : "Katakana-Latin; Latin-ASCII"));
      if (small && !latin.empty() && is_vowel(latin_sound(latin.back()))) latin.pop_back();  // ティ is ti, not tei
      for (char32_t letter : sounds) {
        if (letter != U'~') latin += letter;
      }
      continue;
    }
    if (is_arabic(point)) {
      flush();
      append_sound(key, arabic_sound(point));
      continue;
    }
    latin += point;
  }
  flush();
  return key;
}

float sound_distance(std::string_view key, std::string_view other) {
  const float most = std::max(weight(key), weight(other));
  return most == 0 ? 0 : std::min(1.0f, edit_cost(key, other, false) / most);
}

float sound_distance_within(std::string_view key, std::string_view text_key) {
  const float most = weight(key);
  return most == 0 ? 0 : std::min(1.0f, edit_cost(key, text_key, true) / most);
}

int letter_distance(std::u32string_view a, std::u32string_view b, int limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (static_cast<int>(b.size() - a.size()) > limit) return limit + 1;
  std::vector<int> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int above = row[j];
      row[j] = std::min({diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), above + 1, row[j - 1] + 1});
      diagonal = above;
    }
  }
  return std::min(row.back(), limit + 1);
}

}  // namespace kabar::checks
