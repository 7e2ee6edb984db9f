#include "train/metrics/bleu_tokens.h"

#include <mecab.h>
#include <unicode/uchar.h>

#include <array>
#include <mutex>

#include "base/utf8.h"

namespace kabar::train {
namespace {

bool is_space(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)); }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

std::vector<std::string> split_spaces(std::u32string_view text) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin < text.size();) {
    if (is_space(text[begin])) {
      ++begin;
      continue;
    }
    size_t end = begin;
    while (end < text.size() && !is_space(text[end])) ++end;
    parts.push_back(encode_utf8(text.substr(begin, end - begin)));
    begin = end;
  }
  return parts;
}

// Marks that always stand alone: [{-~\[-` -&(-+:-@/] of the original, without letters and digits.
bool stands_alone(char32_t c) {
  return (c >= U'{' && c <= U'~') || (c >= U'[' && c <= U'`') || (c >= U' ' && c <= U'&') || (c >= U'(' && c <= U'+') ||
         (c >= U':' && c <= U'@') || c == U'/';
}

// The rules of mteval-v13a: full stops and commas part from what is no digit, a hyphen from the digit before it.
// Each rule sees the result of the one before, so they are applied one after the other as the original does.
std::u32string split_marks(std::u32string_view text) {
  std::u32string alone = U" ";
  for (const char32_t c : text) {
    if (stands_alone(c)) {
      alone += {U' ', c, U' '};
    } else {
      alone += c;
    }
  }
  alone += U' ';
  const auto is_point = [](char32_t c) { return c == U'.' || c == U','; };
  std::u32string after;  // ([^0-9])([.,]) -> "\1 \2 ", from left to right without overlap
  for (size_t i = 0; i < alone.size(); ++i) {
    if (i + 1 < alone.size() && !is_digit(alone[i]) && is_point(alone[i + 1])) {
      after += {alone[i], U' ', alone[i + 1], U' '};
      ++i;
    } else {
      after += alone[i];
    }
  }
  std::u32string before;  // ([.,])([^0-9]) -> " \1 \2"
  for (size_t i = 0; i < after.size(); ++i) {
    if (i + 1 < after.size() && is_point(after[i]) && !is_digit(after[i + 1])) {
      before += {U' ', after[i], U' ', after[i + 1]};
      ++i;
    } else {
      before += after[i];
    }
  }
  std::u32string out;  // ([0-9])(-) -> "\1 \2 "
  for (size_t i = 0; i < before.size(); ++i) {
    if (i + 1 < before.size() && is_digit(before[i]) && before[i + 1] == U'-') {
      out += {before[i], U' ', U'-', U' '};
      ++i;
    } else {
      out += before[i];
    }
  }
  return out;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

class Tokenizer13a final : public BleuTokenizer {
 public:
  std::vector<std::string> tokens(std::string_view text) const override {
    std::string line(text);
    replace_all(line, "<skipped>", "");
    replace_all(line, "&quot;", "\"");
    replace_all(line, "&amp;", "&");
    replace_all(line, "&lt;", "<");
    replace_all(line, "&gt;", ">");
    return split_spaces(split_marks(decode_utf8(line)));
  }
  std::string name() const override { return "13a"; }
};

struct Range {
  char32_t first, last;
};

// What sacreBLEU's `zh` takes for Chinese. U+2001 to U+2A6D and U+2F81 to U+2FA1 are there because its two ranges
// beyond U+FFFF are written with four digits; a score must make the same mistake to be comparable.
constexpr std::array kChineseRanges = {
    Range{0x3400, 0x4DB5}, Range{0x4E00, 0x9FA5}, Range{0x9FA6, 0x9FBB}, Range{0xF900, 0xFA2D}, Range{0xFA30, 0xFA6A},
    Range{0xFA70, 0xFAD9}, Range{0x2001, 0x2A6D}, Range{0x2F81, 0x2FA1}, Range{0xFF00, 0xFFEF}, Range{0x2E80, 0x2EFF},
    Range{0x3000, 0x303F}, Range{0x31C0, 0x31EF}, Range{0x2F00, 0x2FDF}, Range{0x2FF0, 0x2FFF}, Range{0x3100, 0x312F},
    Range{0x31A0, 0x31BF}, Range{0xFE10, 0xFE1F}, Range{0xFE30, 0xFE4F}, Range{0x3200, 0x32FF}, Range{0x3300, 0x33FF}};

bool is_chinese(char32_t c) {
  for (const Range& range : kChineseRanges) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

class TokenizerChinese final : public BleuTokenizer {
 public:
  std::vector<std::string> tokens(std::string_view text) const override {
    std::u32string spaced;
    for (const char32_t c : decode_utf8(text)) {
      if (is_chinese(c)) {
        spaced += {U' ', c, U' '};
      } else {
        spaced += c;
      }
    }
    return split_spaces(split_marks(spaced));
  }
  std::string name() const override { return "zh"; }
};

class TokenizerCharacters final : public BleuTokenizer {
 public:
  std::vector<std::string> tokens(std::string_view text) const override {
    std::vector<std::string> parts;
    for (const char32_t c : decode_utf8(text)) {
      if (!is_space(c)) parts.push_back(encode_utf8(std::u32string_view(&c, 1)));
    }
    return parts;
  }
  std::string name() const override { return "char"; }
};

class TokenizerMecab final : public BleuTokenizer {
 public:
  explicit TokenizerMecab(std::unique_ptr<MeCab::Tagger> tagger) : tagger_(std::move(tagger)) {}
  std::vector<std::string> tokens(std::string_view text) const override {
    const std::lock_guard lock(mutex_);  // a tagger keeps the result of its last call
    const char* words = tagger_->parse(text.data(), text.size());
    return split_spaces(decode_utf8(words ? words : ""));
  }
  std::string name() const override { return "ja-mecab"; }

 private:
  std::unique_ptr<MeCab::Tagger> tagger_;
  mutable std::mutex mutex_;
};

// IPADIC in UTF-8, where Debian puts it; null if it is not installed.
std::unique_ptr<MeCab::Tagger> open_ipadic() {
  return std::unique_ptr<MeCab::Tagger>(MeCab::createTagger("-Owakati -d /var/lib/mecab/dic/ipadic-utf8"));
}

}  // namespace

std::unique_ptr<BleuTokenizer> bleu_tokenizer(Language language) {
  if (language == Language::zh) return std::make_unique<TokenizerChinese>();
  if (language == Language::ja) {
    if (std::unique_ptr<MeCab::Tagger> tagger = open_ipadic())
      return std::make_unique<TokenizerMecab>(std::move(tagger));
    return std::make_unique<TokenizerCharacters>();
  }
  return std::make_unique<Tokenizer13a>();
}

}  // namespace kabar::train
