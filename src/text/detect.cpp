#include "text/detect.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/utf8.h"
#include "text/languages.h"

namespace kabar::text {
namespace {

constexpr Language kPersian = *Language::parse("fa");
constexpr Language kKorean = *Language::parse("ko");
constexpr Language kRussian = *Language::parse("ru");

// Words that are frequent in one of the three and rare or unknown in the others.
struct CommonWords {
  Language language;
  std::string_view words;
};
constexpr CommonWords kCommonWords[] = {
    {Language::id,
     "yang dan di ke dari untuk dengan pada ini itu tidak akan juga adalah oleh dalam ada sudah telah karena saat bisa "
     "para atas tersebut kata mereka kami kita saya dia ia sebagai lebih belum hingga setelah sejak seorang sebuah "
     "bahwa "
     "menjadi namun tetapi atau antara melalui secara masih hanya serta seperti orang warga tahun hari kepada terhadap "
     "agar bila jika ketika sementara sekitar sedang harus dapat bukan banyak semua lain baru dua tiga"},
    {Language::en,
     "the of and to in is was were that for on with as by at from it he she they his her their be been are this which "
     "have has had not but or an will would said who when after before about into over more than people year also its "
     "we you i there no what other out up all would could should during between against"},
    {Language::fr,
     "le la les des du un une et est dans pour par sur qui que avec pas plus ce cette ses son sa au aux ont été sont "
     "mais ou se ne il elle ils elles nous vous leur comme après avant deux fait être avoir selon contre entre sans "
     "depuis lors dont où même aussi très d l n s qu c j"}};

enum Index { kIndonesian, kEnglish, kFrench, kCount };

const std::unordered_map<std::string_view, unsigned>& common_words() {
  static const auto kMap = [] {
    std::unordered_map<std::string_view, unsigned> map;
    for (unsigned i = 0; i < kCount; ++i) {
      std::string_view rest = kCommonWords[i].words;
      while (!rest.empty()) {
        const size_t end = std::min(rest.find(' '), rest.size());
        map[rest.substr(0, end)] |= 1u << i;
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    return map;
  }();
  return kMap;
}

struct WordCounts {
  std::array<int, kCount> hits{};
  int words = 0;
};

WordCounts count_words(std::string_view text) {
  const auto& known = common_words();
  WordCounts counts;
  std::string word;
  for (size_t at = 0; at <= text.size(); ++at) {
    const unsigned char c = at < text.size() ? static_cast<unsigned char>(text[at]) : ' ';
    const bool capital = c >= 'A' && c <= 'Z';
    // U+2019 is E2 80 99: an apostrophe ends a word ("l’eau" has "l").
    const bool letter = (c >= 'a' && c <= 'z') || capital ||
                        (c >= 0x80 && c != 0xE2 && !word.empty() && word.back() != '\xE2') || (c >= 0xC3 && c <= 0xC5);
    if (letter) {
      word += capital ? static_cast<char>(c + 32) : static_cast<char>(c);
      continue;
    }
    if (word.empty()) continue;
    ++counts.words;
    if (const auto found = known.find(word); found != known.end()) {
      for (unsigned i = 0; i < kCount; ++i) counts.hits[i] += static_cast<int>(found->second >> i & 1);
    }
    word.clear();
  }
  return counts;
}

std::optional<LanguageGuess> guess_latin(std::string_view text) {
  const WordCounts counts = count_words(text);
  const auto best = std::max_element(counts.hits.begin(), counts.hits.end());
  if (*best == 0) return std::nullopt;
  int second = 0;
  for (auto hits = counts.hits.begin(); hits != counts.hits.end(); ++hits) {
    if (hits != best) second = std::max(second, *hits);
  }
  if (*best == second) return std::nullopt;
  const float margin = static_cast<float>(*best - second) / static_cast<float>(*best);
  // One hit may be chance; from about four on it is not.
  const float evidence = std::min(1.0f, static_cast<float>(*best - second) / 4);
  const size_t index = static_cast<size_t>(best - counts.hits.begin());
  return LanguageGuess{kCommonWords[index].language, margin * evidence};
}

bool is_persian_letter(char32_t c) {
  return c == U'پ' || c == U'چ' || c == U'ژ' || c == U'گ' || c == U'ک' || c == U'ی';
}

}  // namespace

ScriptCounts count_scripts(std::string_view text) {
  ScriptCounts counts;
  for (const char32_t c : decode_utf8(text)) {
    if (c < 0x80) {
      counts.latin += (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ? 1 : 0;
    } else if (c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3041)) {
      continue;
    } else if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00)) {
      ++counts.latin;
    } else if ((c >= 0x0400 && c < 0x0530)) {
      ++counts.cyrillic;
    } else if ((c >= 0x0620 && c < 0x064B) || (c >= 0x0671 && c < 0x06D4) || (c >= 0xFB50 && c < 0xFE00) ||
               (c >= 0xFE70 && c < 0xFEFF)) {
      ++counts.arabic;
    } else if (c >= 0x0600 && c < 0x0700) {
      continue;  // marks and digits
    } else if ((c >= 0x3041 && c < 0x3100) || (c >= 0xFF66 && c < 0xFFA0)) {
      ++counts.kana;
    } else if ((c >= 0x3400 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x32000)) {
      ++counts.han;
    } else if (c >= 0xAC00 && c < 0xD7B0) {
      ++counts.hangul;
    } else if (c < 0xFE00 && c >= 0x0250) {
      ++counts.other;
    }
  }
  return counts;
}

std::optional<LanguageGuess> detect_language(std::string_view text) {
  const ScriptCounts counts = count_scripts(text);
  const int total = counts.total();
  if (total == 0) return std::nullopt;
  const auto share = [&](int letters) { return static_cast<float>(letters) / static_cast<float>(total); };
  if (share(counts.latin) > 0.5f) return guess_latin(text);
  const float evidence = std::min(1.0f, static_cast<float>(total) / 6);
  if (share(counts.han + counts.kana) > 0.5f) {
    if (counts.kana * 12 > counts.han) return LanguageGuess{Language::ja, evidence};
    // A short headline in Han alone may be Japanese too.
    return LanguageGuess{Language::zh, counts.han >= 12 ? evidence : evidence * 0.6f};
  }
  if (share(counts.arabic) > 0.5f) {
    const std::u32string points = decode_utf8(text);
    const auto persian = std::count_if(points.begin(), points.end(), is_persian_letter);
    return LanguageGuess{persian * 20 > counts.arabic ? kPersian : Language::ar, evidence};
  }
  if (share(counts.hangul) > 0.5f) return LanguageGuess{kKorean, evidence};
  if (share(counts.cyrillic) > 0.5f) return LanguageGuess{kRussian, evidence};
  return std::nullopt;
}

bool may_be_language(std::string_view text, Language language) {
  const ScriptCounts counts = count_scripts(text);
  const int total = counts.total();
  if (total == 0) return true;
  int own = 0;
  switch (language_info(language).script) {
    case Script::latin:
      own = counts.latin;
      break;
    case Script::arabic:
      own = counts.arabic;
      break;
    case Script::han:
      own = counts.han;
      break;
    case Script::japanese:
      own = counts.han + counts.kana;
      break;
    case Script::hangul:
      own = counts.hangul;
      break;
    case Script::cyrillic:
      own = counts.cyrillic;
      break;
    case Script::other:
      return true;
  }
  // A text of Latin names alone may stand in any language; running words of another script may not.
  const std::optional<LanguageGuess> guess = detect_language(text);
  const bool surely_other = guess && guess->language != language && guess->confidence > 0.5f;
  if (own * 4 >= total) return !surely_other;
  const bool only_names = counts.latin == total && count_words(text).words <= 4;
  return only_names && !surely_other;
}

}  // namespace kabar::text
