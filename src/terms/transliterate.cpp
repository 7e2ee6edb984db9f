#include "terms/transliterate.h"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "base/result.h"

namespace kabar::terms {
namespace {

constexpr std::string_view kVowels = "aeiou";
// In the order of the tables below. Longer ones are tried first.
constexpr std::string_view kOnsets[] = {"",  "b", "c", "d", "f", "g", "h", "j", "k",  "l",  "m",  "n",
                                        "p", "r", "s", "t", "v", "w", "y", "z", "ny", "sy", "kh", "ng"};
constexpr size_t kOnsetCount = std::size(kOnsets);

// Chinese: onset x (a e i o u).
constexpr const char* kChinese[kOnsetCount][5] = {
    {"阿", "埃", "伊", "奥", "乌"}, {"巴", "贝", "比", "博", "布"}, {"查", "切", "奇", "乔", "楚"},
    {"达", "德", "迪", "多", "杜"}, {"法", "费", "菲", "福", "富"}, {"加", "格", "吉", "戈", "古"},
    {"哈", "赫", "希", "霍", "胡"}, {"贾", "杰", "吉", "佐", "朱"}, {"卡", "克", "基", "科", "库"},
    {"拉", "莱", "利", "洛", "卢"}, {"马", "梅", "米", "莫", "穆"}, {"纳", "内", "尼", "诺", "努"},
    {"帕", "佩", "皮", "波", "普"}, {"拉", "雷", "里", "罗", "鲁"}, {"萨", "塞", "西", "索", "苏"},
    {"塔", "特", "蒂", "托", "图"}, {"瓦", "韦", "维", "沃", "武"}, {"瓦", "韦", "维", "沃", "武"},
    {"亚", "耶", "伊", "约", "尤"}, {"扎", "泽", "齐", "佐", "祖"}, {"尼亚", "涅", "尼", "纽", "纽"},
    {"夏", "谢", "希", "肖", "舒"}, {"哈", "赫", "希", "霍", "胡"}, {"加", "格", "吉", "戈", "古"}};
// The same with -n or -ng.
constexpr const char* kChineseNasal[kOnsetCount][5] = {
    {"安", "恩", "因", "翁", "温"}, {"班", "本", "宾", "邦", "本"}, {"昌", "岑", "钦", "琼", "春"},
    {"丹", "登", "丁", "东", "敦"}, {"凡", "芬", "芬", "丰", "丰"}, {"甘", "根", "京", "贡", "贡"},
    {"汉", "亨", "欣", "洪", "洪"}, {"詹", "真", "金", "宗", "俊"}, {"坎", "肯", "金", "孔", "昆"},
    {"兰", "伦", "林", "龙", "伦"}, {"曼", "门", "明", "蒙", "蒙"}, {"南", "嫩", "宁", "农", "农"},
    {"潘", "彭", "平", "蓬", "蓬"}, {"兰", "伦", "林", "龙", "伦"}, {"桑", "森", "辛", "松", "顺"},
    {"丹", "登", "廷", "东", "通"}, {"万", "文", "温", "翁", "文"}, {"万", "文", "温", "翁", "文"},
    {"延", "延", "因", "永", "云"}, {"赞", "曾", "津", "宗", "尊"}, {"尼扬", "年", "宁", "尼翁", "尼翁"},
    {"尚", "申", "欣", "雄", "顺"}, {"汉", "亨", "欣", "洪", "洪"}, {"甘", "根", "京", "贡", "贡"}};
// A consonant alone.
constexpr const char* kChineseAlone[kOnsetCount] = {"",   "布", "奇", "德", "夫", "格", "",   "杰",
                                                    "克", "尔", "姆", "恩", "普", "尔", "斯", "特",
                                                    "夫", "乌", "伊", "兹", "尼", "什", "赫", "恩"};

constexpr const char* kKatakana[kOnsetCount][5] = {
    {"ア", "エ", "イ", "オ", "ウ"},         {"バ", "ベ", "ビ", "ボ", "ブ"},
    {"チャ", "チェ", "チ", "チョ", "チュ"}, {"ダ", "デ", "ディ", "ド", "ドゥ"},
    {"ファ", "フェ", "フィ", "フォ", "フ"}, {"ガ", "ゲ", "ギ", "ゴ", "グ"},
    {"ハ", "ヘ", "ヒ", "ホ", "フ"},         {"ジャ", "ジェ", "ジ", "ジョ", "ジュ"},
    {"カ", "ケ", "キ", "コ", "ク"},         {"ラ", "レ", "リ", "ロ", "ル"},
    {"マ", "メ", "ミ", "モ", "ム"},         {"ナ", "ネ", "ニ", "ノ", "ヌ"},
    {"パ", "ペ", "ピ", "ポ", "プ"},         {"ラ", "レ", "リ", "ロ", "ル"},
    {"サ", "セ", "シ", "ソ", "ス"},         {"タ", "テ", "ティ", "ト", "トゥ"},
    {"ファ", "フェ", "フィ", "フォ", "フ"}, {"ワ", "ウェ", "ウィ", "ウォ", "ウ"},
    {"ヤ", "イェ", "イ", "ヨ", "ユ"},       {"ザ", "ゼ", "ジ", "ゾ", "ズ"},
    {"ニャ", "ニェ", "ニ", "ニョ", "ニュ"}, {"シャ", "シェ", "シ", "ショ", "シュ"},
    {"ハ", "ヘ", "ヒ", "ホ", "フ"},         {"ガ", "ゲ", "ギ", "ゴ", "グ"}};
constexpr const char* kKatakanaAlone[kOnsetCount] = {"",   "ブ", "チ", "ド", "フ", "グ",   "",   "ジ",
                                                     "ク", "ル", "ム", "ン", "プ", "ル",   "ス", "ト",
                                                     "フ", "ウ", "イ", "ズ", "ニ", "シュ", "フ", "ン"};

constexpr const char* kArabic[kOnsetCount] = {"",  "ب", "تش", "د", "ف", "غ", "ه", "ج", "ك",  "ل", "م", "ن",
                                              "ب", "ر", "س",  "ت", "ف", "و", "ي", "ز", "ني", "ش", "خ", "نغ"};

size_t vowel_index(char vowel) { return kVowels.find(vowel); }

// Small Latin letters without accents; nothing if there is anything else. Spellings of before 1972 and foreign
// letters become what Indonesian has: dj = j, tj = c, oe = u, q = k, x = ks, ph = f, th = t, sh = sy.
std::optional<std::string> plain_word(std::string_view word) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFDInstance(status);
  KABAR_CHECK(U_SUCCESS(status));
  icu::UnicodeString text =
      icu::UnicodeString::fromUTF8(icu::StringPiece(word.data(), static_cast<int32_t>(word.size())));
  text = normalizer->normalize(text, status);
  text.toLower();
  std::string letters;
  for (int32_t i = 0; i < text.length(); ++i) {
    const char16_t c = text[i];
    if (c >= 0x300 && c < 0x370) continue;  // an accent
    if (c == u'\'' || c == u'’' || c == u'.') continue;
    if (c < u'a' || c > u'z') return std::nullopt;
    letters += static_cast<char>(c);
  }
  constexpr std::pair<std::string_view, std::string_view> kSpellings[] = {
      {"dj", "j"}, {"tj", "c"}, {"oe", "u"}, {"ph", "f"}, {"th", "t"}, {"dh", "d"}, {"bh", "b"}, {"sh", "sy"},
      {"ch", "c"}, {"ck", "k"}, {"q", "k"},  {"x", "ks"}, {"ou", "u"}, {"ee", "i"}, {"oo", "u"}, {"aa", "a"},
      {"ll", "l"}, {"ss", "s"}, {"rr", "r"}, {"nn", "n"}, {"mm", "m"}, {"tt", "t"}};
  std::string out;
  for (size_t i = 0; i < letters.size();) {
    bool replaced = false;
    for (const auto& [from, to] : kSpellings) {
      if (std::string_view(letters).substr(i).starts_with(from)) {
        out += to;
        i += from.size();
        replaced = true;
        break;
      }
    }
    if (!replaced) out += letters[i++];
  }
  return out;
}

size_t onset_at(std::string_view word) {
  size_t best = 0;
  for (size_t i = 1; i < kOnsetCount; ++i) {
    if (word.starts_with(kOnsets[i]) && kOnsets[i].size() > kOnsets[best].size()) best = i;
  }
  return best;
}

struct Sound {
  size_t onset = 0;  // index into kOnsets
  char vowel = 0;
  bool nasal = false;
};

std::vector<Sound> sounds_of(std::string_view word) {
  std::vector<Sound> sounds;
  while (!word.empty()) {
    Sound sound;
    sound.onset = onset_at(word);
    word.remove_prefix(kOnsets[sound.onset].size());
    if (!word.empty() && kVowels.find(word.front()) != std::string_view::npos) {
      sound.vowel = word.front();
      word.remove_prefix(1);
      // "n" or "ng" closes the syllable unless a vowel follows: "Su-na-ro" but "Ban-dung".
      for (const std::string_view coda : {"ng", "n"}) {
        if (!word.starts_with(coda)) continue;
        const std::string_view rest = word.substr(coda.size());
        if (coda == "n" && rest.starts_with('y')) break;
        if (!rest.empty() && kVowels.find(rest.front()) != std::string_view::npos) continue;
        sound.nasal = true;
        word = rest;
        break;
      }
    } else if (sound.onset == 0) {
      word.remove_prefix(1);  // a letter without a sound of its own here
      continue;
    }
    sounds.push_back(sound);
  }
  return sounds;
}

std::string chinese(const std::vector<Sound>& sounds) {
  std::string out;
  for (const Sound& sound : sounds) {
    if (sound.vowel == 0) {
      out += kChineseAlone[sound.onset];
    } else {
      out += (sound.nasal ? kChineseNasal : kChinese)[sound.onset][vowel_index(sound.vowel)];
    }
  }
  return out;
}

std::string katakana(const std::vector<Sound>& sounds) {
  std::string out;
  for (const Sound& sound : sounds) {
    if (sound.vowel == 0) {
      out += kKatakanaAlone[sound.onset];
    } else {
      out += kKatakana[sound.onset][vowel_index(sound.vowel)];
      if (sound.nasal) out += "ン";
    }
  }
  return out;
}

std::string arabic(const std::vector<Sound>& sounds) {
  std::string out;
  for (const Sound& sound : sounds) {
    const bool start = out.empty();
    out += kArabic[sound.onset];
    if (sound.onset == 0) {
      // A vowel with nothing before it needs a carrier.
      switch (sound.vowel) {
        case 'a':
          out += start ? "أ" : "ا";
          break;
        case 'e':
          out += start ? "إي" : "ي";
          break;
        case 'i':
          out += start ? "إي" : "ي";
          break;
        default:
          out += start ? "أو" : "و";
          break;
      }
    } else {
      switch (sound.vowel) {
        case 'a':
          out += "ا";
          break;
        case 'e':
        case 'i':
          out += "ي";
          break;
        case 'o':
        case 'u':
          out += "و";
          break;
        default:
          break;
      }
    }
    if (sound.nasal) out += "ن";
  }
  return out;
}

}  // namespace

std::string transliterate(std::string_view name, Language target) {
  std::string (*write)(const std::vector<Sound>&) = target == Language::zh   ? chinese
                                                    : target == Language::ja ? katakana
                                                    : target == Language::ar ? arabic
                                                                             : nullptr;
  if (write == nullptr) return "";
  const std::string_view separator = target == Language::zh ? "·" : target == Language::ja ? "・" : " ";
  std::string out;
  while (!name.empty()) {
    const size_t end = name.find_first_of(" -");
    const std::string_view word = name.substr(0, end);
    name = end == std::string_view::npos ? std::string_view() : name.substr(end + 1);
    if (word.empty()) continue;
    const std::optional<std::string> plain = plain_word(word);
    if (!plain) return "";
    const std::string written = write(sounds_of(*plain));
    if (written.empty()) return "";
    if (!out.empty()) out += separator;
    out += written;
  }
  return out;
}

}  // namespace kabar::terms
