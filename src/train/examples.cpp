#include "train/examples.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "base/utf8.h"

namespace kabar::train {
namespace {

struct Shape {
  int points = 0;
  int letters = 0;
  int code = 0;  // marks that stand in programs and not in prose
  int wide = 0;  // Chinese and Japanese characters, which say more per point
};

Shape shape_of(std::string_view text) {
  Shape shape;
  for (const char32_t c : decode_utf8(text)) {
    ++shape.points;
    if (u_isalpha(static_cast<UChar32>(c))) ++shape.letters;
    if (c >= 0x2E80 && c <= 0x9FFF) ++shape.wide;
    if (std::u32string_view(U"{}<>[]|\\_=`~^#*%$&@;").find(c) != std::u32string_view::npos) ++shape.code;
  }
  return shape;
}

// Length as if written in Latin letters: a Chinese or Japanese character counts for about three.
double latin_length(const Shape& shape) { return shape.points + 2.0 * shape.wide; }

}  // namespace

std::optional<std::string_view> fault_of_pair(std::string_view source, std::string_view target) {
  constexpr int kPointsMax = 450;
  const Shape a = shape_of(source);
  const Shape b = shape_of(target);
  if (a.points < 3 || b.points < 1) return "too short";
  if (a.points > kPointsMax || b.points > kPointsMax) return "too long";
  if (a.letters * 2 < a.points || b.letters * 2 < b.points) return "few letters";
  if (a.code * 12 > a.points || b.code * 8 > b.points) return "program text";
  if (source == target) return "not translated";
  // Short texts vary more: ten letters are added to both sides.
  const double ratio = (latin_length(a) + 10) / (latin_length(b) + 10);
  if (ratio > 2.2 || ratio < 1 / 2.2) return "lengths";
  return std::nullopt;
}

void ExampleJoiner::add(int source_language, int group, std::string_view source, int head, std::string_view target) {
  std::string key(1, static_cast<char>('0' + source_language));
  key += source;
  const auto [found, is_new] = index_.try_emplace(std::move(key), examples_.size());
  if (is_new) {
    Example& example = examples_.emplace_back();
    example.source_language = static_cast<uint8_t>(source_language);
    example.group = static_cast<uint8_t>(group);
    example.source = std::string(source);
  }
  std::string& slot = examples_[found->second].targets[static_cast<size_t>(head)];
  if (slot.empty()) slot = std::string(target);
}

}  // namespace kabar::train
