#include "terms/transliterate.h"

#include <array>
#include <vector>

#include "base/utf8.h"
#include "terms/fold.h"

namespace kabar::terms {
namespace {

struct Sound {
  char32_t consonant = 0;  // 0 = none; U'ñ' for ny, U'ŋ' for ng, U'š' for sy, U'x' for kh
  char32_t vowel = 0;      // 0 = none
};

bool is_vowel(char32_t c) { return c == U'a' || c == U'i' || c == U'u' || c == U'e' || c == U'o'; }

// Old spellings and foreign letters as they are spoken: "tj" is c, "dj" is j, "oe" is u, "é" is e.
std::u32string modern(std::u32string_view word) {
  std::u32string out;
  for (size_t i = 0; i < word.size(); ++i) {
    const char32_t c = fold_point(word[i]);
    const char32_t next = i + 1 < word.size() ? fold_point(word[i + 1]) : 0;
    const auto pair = [&](char32_t first, char32_t second, char32_t sound) {
      if (c != first || next != second) return false;
      out += sound;
      ++i;
      return true;
    };
    if (pair(U'o', U'e', U'u') || pair(U't', U'j', U'c') || pair(U'd', U'j', U'j') || pair(U'n', U'y', U'ñ') ||
        pair(U's', U'y', U'š') || pair(U's', U'h', U'š') || pair(U'k', U'h', U'x') || pair(U'c', U'h', U'c') ||
        pair(U'd', U'h', U'd') || pair(U't', U'h', U't') || pair(U'b', U'h', U'b') || pair(U'p', U'h', U'f')) {
      continue;
    }
    if (c == U'n' && next == U'g') {
      const char32_t after = i + 2 < word.size() ? fold_point(word[i + 2]) : 0;
      out += U'ŋ';
      if (after == U'g') out += U'g';
      i += after == U'g' ? 2 : 1;
      continue;
    }
    switch (c) {
      case U'é':
      case U'è':
      case U'ê':
        out += U'e';
        break;
      case U'q':
        out += U'k';
        break;
      case U'x':
        out += U"ks";
        break;
      case U'\'':
        break;
      default:
        out += c;
    }
    // A doubled consonant is written once: "Muhammad" keeps its sound.
    if (out.size() >= 2 && out[out.size() - 1] == out[out.size() - 2] && !is_vowel(out.back())) out.pop_back();
  }
  return out;
}

// Kana for a consonant before a, i, u, e, o, and alone.
struct Row {
  char32_t consonant;
  std::array<std::u32string_view, 6> kana;
};

constexpr Row kRows[] = {
    {0, {U"ア", U"イ", U"ウ", U"エ", U"オ", U""}},
    {U'b', {U"バ", U"ビ", U"ブ", U"ベ", U"ボ", U"ブ"}},
    {U'c', {U"チャ", U"チ", U"チュ", U"チェ", U"チョ", U"チ"}},
    {U'd', {U"ダ", U"ディ", U"ドゥ", U"デ", U"ド", U"ド"}},
    {U'f', {U"ファ", U"フィ", U"フ", U"フェ", U"フォ", U"フ"}},
    {U'g', {U"ガ", U"ギ", U"グ", U"ゲ", U"ゴ", U"グ"}},
    {U'h', {U"ハ", U"ヒ", U"フ", U"ヘ", U"ホ", U"フ"}},
    {U'j', {U"ジャ", U"ジ", U"ジュ", U"ジェ", U"ジョ", U"ジ"}},
    {U'k', {U"カ", U"キ", U"ク", U"ケ", U"コ", U"ク"}},
    {U'l', {U"ラ", U"リ", U"ル", U"レ", U"ロ", U"ル"}},
    {U'm', {U"マ", U"ミ", U"ム", U"メ", U"モ", U"ム"}},
    {U'n', {U"ナ", U"ニ", U"ヌ", U"ネ", U"ノ", U"ン"}},
    {U'ñ', {U"ニャ", U"ニ", U"ニュ", U"ニェ", U"ニョ", U"ニ"}},
    {U'ŋ', {U"ンガ", U"ンギ", U"ング", U"ンゲ", U"ンゴ", U"ン"}},
    {U'p', {U"パ", U"ピ", U"プ", U"ペ", U"ポ", U"プ"}},
    {U'r', {U"ラ", U"リ", U"ル", U"レ", U"ロ", U"ル"}},
    {U's', {U"サ", U"シ", U"ス", U"セ", U"ソ", U"ス"}},
    {U'š', {U"シャ", U"シ", U"シュ", U"シェ", U"ショ", U"シュ"}},
    {U't', {U"タ", U"ティ", U"トゥ", U"テ", U"ト", U"ト"}},
    {U'v', {U"ファ", U"フィ", U"フ", U"フェ", U"フォ", U"フ"}},
    {U'w', {U"ワ", U"ウィ", U"ウ", U"ウェ", U"ウォ", U"ウ"}},
    {U'x', {U"ハ", U"ヒ", U"フ", U"ヘ", U"ホ", U"フ"}},
    {U'y', {U"ヤ", U"イ", U"ユ", U"イェ", U"ヨ", U"イ"}},
    {U'z', {U"ザ", U"ジ", U"ズ", U"ゼ", U"ゾ", U"ズ"}},
};

const Row* row_of(char32_t consonant) {
  for (const Row& row : kRows) {
    if (row.consonant == consonant) return &row;
  }
  return nullptr;
}

int vowel_column(char32_t vowel) {
  constexpr std::u32string_view kOrder = U"aiueo";
  const size_t place = kOrder.find(vowel);
  return place == std::u32string_view::npos ? 5 : static_cast<int>(place);
}

// False when a letter has no sound here.
bool katakana(std::u32string_view word, std::u32string& out) {
  for (size_t i = 0; i < word.size(); ++i) {
    const char32_t c = word[i];
    if (is_vowel(c)) {
      out += row_of(0)->kana[static_cast<size_t>(vowel_column(c))];
      continue;
    }
    const Row* row = row_of(c);
    if (row == nullptr) return false;
    const char32_t next = i + 1 < word.size() ? word[i + 1] : 0;
    // m before b and p is ン: サンビ. A final h is not heard: シティ.
    if (c == U'm' && (next == U'b' || next == U'p')) {
      out += U'ン';
      continue;
    }
    if (c == U'h' && (next == 0 || !is_vowel(next))) continue;
    // Final k and t are short stops; Japanese writes them as ク and ト.
    out += row->kana[static_cast<size_t>(vowel_column(next))];
    if (is_vowel(next)) ++i;
  }
  return true;
}

char32_t arabic_consonant(char32_t c) {
  switch (c) {
    case U'b':
    case U'p':
      return U'ب';
    case U'c':
      return U'ت';  // followed by ش
    case U'd':
      return U'د';
    case U'f':
    case U'v':
      return U'ف';
    case U'g':
      return U'غ';
    case U'h':
      return U'ه';
    case U'j':
      return U'ج';
    case U'k':
      return U'ك';
    case U'l':
      return U'ل';
    case U'm':
      return U'م';
    case U'n':
      return U'ن';
    case U'r':
      return U'ر';
    case U's':
      return U'س';
    case U'š':
      return U'ش';
    case U't':
      return U'ت';
    case U'w':
      return U'و';
    case U'x':
      return U'خ';
    case U'y':
      return U'ي';
    case U'z':
      return U'ز';
    default:
      return 0;
  }
}

// Every vowel is written, as newspapers do for foreign names: a ا, i and e ي, u and o و.
bool arabic(std::u32string_view word, std::u32string& out) {
  for (size_t i = 0; i < word.size(); ++i) {
    const char32_t c = word[i];
    if (is_vowel(c)) {
      if (i == 0) out += c == U'i' || c == U'e' ? U"إي" : c == U'a' ? U"أ" : U"أو";
      if (i > 0) out += c == U'a' ? U'ا' : c == U'i' || c == U'e' ? U'ي' : U'و';
      continue;
    }
    if (c == U'ñ') {
      out += U"ني";
    } else if (c == U'ŋ') {
      out += U"نغ";
    } else {
      const char32_t letter = arabic_consonant(c);
      if (letter == 0) return false;
      out += letter;
      if (c == U'c') out += U'ش';
    }
  }
  return true;
}

// With the full stops of initials left out.
std::vector<std::string_view> words_of(std::string_view name) {
  std::vector<std::string_view> words;
  while (!name.empty()) {
    const size_t end = name.find_first_of(" -.");
    if (end != 0) words.push_back(name.substr(0, end));
    name.remove_prefix(end == std::string_view::npos ? name.size() : end + 1);
  }
  return words;
}

// One word by its sound; false when a letter has none.
bool by_sound(std::string_view word, Language target, std::u32string& out) {
  const std::u32string spoken = modern(decode_utf8(word));
  return target == Language::ja ? katakana(spoken, out) : target == Language::ar && arabic(spoken, out);
}

std::u32string_view divider(Language target) {
  return target == Language::zh ? U"·" : target == Language::ja ? U"・" : U" ";
}

}  // namespace

Transliteration transliterate(std::string_view name, Language target, const NameTable& table) {
  std::u32string out;
  bool established = true;
  bool divided = true;  // names of Chinese characters are written in one run: 金正恩
  for (const std::string_view word : words_of(name)) {
    std::u32string form = decode_utf8(table.form(word, target));
    if (form.empty()) {
      if (!by_sound(word, target, form)) return {};
      established = false;
    }
    if (out.empty()) divided = target != Language::zh || form.size() > 1;
    if (!out.empty() && divided) out += divider(target);
    out += form;
  }
  return {encode_utf8(out), established && !out.empty()};
}

}  // namespace kabar::terms
