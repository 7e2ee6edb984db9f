#include "mt/sentencepiece.h"

#include <algorithm>
#include <cstring>

namespace kabar::mt {
namespace {

constexpr std::string_view kSpaceSymbol = "\xE2\x96\x81";  // U+2581
// A text that one rule puts in; real tables stay below 40 bytes. A longer one is a damaged table.
constexpr size_t kReplacementBytesMax = 255;

size_t point_bytes(std::string_view text) {
  const unsigned char lead = static_cast<unsigned char>(text[0]);
  const size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  return std::min(size, text.size());
}

// The rules as a Darts double array: each unit holds a label, whether a value hangs below, and the offset of the
// children. Every access is bounds-checked, since the table comes from the file.
class RuleTable {
 public:
  explicit RuleTable(std::string_view charsmap) {
    if (charsmap.empty()) return;
    uint32_t trie_bytes = 0;
    std::memcpy(&trie_bytes, charsmap.data(), 4);
    units_ = charsmap.substr(4, trie_bytes);
    texts_ = charsmap.substr(4 + trie_bytes);
  }

  struct Match {
    size_t length = 0;  // bytes of the input; 0 = no rule
    std::string_view replacement;
  };

  // The longest rule that the text begins with.
  Match longest(std::string_view text) const {
    Match match;
    const size_t count = units_.size() / 4;
    if (count == 0) return match;
    size_t node = offset(unit(0));
    for (size_t i = 0; i < text.size(); ++i) {
      const unsigned char byte = static_cast<unsigned char>(text[i]);
      node ^= byte;
      if (node >= count) break;
      const uint32_t current = unit(node);
      if ((current & 0x800000FFu) != byte) break;
      node ^= offset(current);
      if (node >= count) break;
      if ((current >> 8) & 1) {
        const size_t start = unit(node) & 0x7FFFFFFFu;
        if (start >= texts_.size()) break;
        const size_t size = ::strnlen(texts_.data() + start, std::min(texts_.size() - start, kReplacementBytesMax));
        match = {i + 1, texts_.substr(start, size)};
      }
    }
    return match;
  }

 private:
  uint32_t unit(size_t index) const {
    uint32_t value = 0;
    std::memcpy(&value, units_.data() + 4 * index, 4);
    return value;
  }
  static size_t offset(uint32_t value) { return (value >> 10) << ((value & (1u << 9)) >> 6); }

  std::string_view units_, texts_;
};

// Bytes of the longest user-defined symbol that the text begins with, 0 if there is none.
size_t user_symbol(const SpmFile& file, const PieceTrie& trie, std::string_view text) {
  size_t longest = 0;
  uint32_t node = PieceTrie::kRoot;
  for (size_t i = 0; i < text.size(); ++i) {
    node = trie.child(node, static_cast<unsigned char>(text[i]));
    if (node == PieceTrie::kNone) break;
    const int32_t id = trie.id_at(node);
    if (id >= 0 && file.pieces[static_cast<size_t>(id)].type == PieceType::user_defined) longest = i + 1;
  }
  return longest;
}

}  // namespace

NormalisedText normalise(const SpmFile& file, const PieceTrie& trie, std::string_view input) {
  const RuleTable rules(file.charsmap);
  const std::string_view space = file.escape_whitespaces ? kSpaceSymbol : std::string_view(" ");
  NormalisedText out;
  out.text.reserve(input.size() + 3);
  out.origin.reserve(input.size() + 4);
  uint32_t consumed = 0;
  const auto append = [&](std::string_view bytes) {
    out.text += bytes;
    out.origin.insert(out.origin.end(), bytes.size(), consumed);
  };
  // What the next characters of the input become, and how many bytes of it that takes.
  const auto next = [&](std::string_view rest) {
    if (file.has_user_defined) {
      if (const size_t size = user_symbol(file, trie, rest); size > 0)
        return RuleTable::Match{size, rest.substr(0, size)};
    }
    RuleTable::Match match = rules.longest(rest);
    if (match.length == 0) {
      const size_t size = point_bytes(rest);
      match = {size, rest.substr(0, size)};
    }
    return match;
  };

  if (file.remove_extra_whitespaces) {
    while (consumed < input.size()) {
      const RuleTable::Match match = next(input.substr(consumed));
      if (match.replacement != " ") break;
      consumed += static_cast<uint32_t>(match.length);
    }
  }
  if (consumed == input.size()) {
    out.origin.push_back(consumed);
    return out;
  }
  if (!file.whitespace_as_suffix && file.add_dummy_prefix) append(space);

  bool after_space = file.remove_extra_whitespaces;
  while (consumed < input.size()) {
    RuleTable::Match match = next(input.substr(consumed));
    std::string_view text = match.replacement;
    while (after_space && !text.empty() && text.front() == ' ') text.remove_prefix(1);
    if (!text.empty()) {
      for (const char& c : text) append(c == ' ' ? space : std::string_view(&c, 1));
      after_space = text.back() == ' ';
    }
    if (!file.remove_extra_whitespaces) after_space = false;
    consumed += static_cast<uint32_t>(match.length);
  }
  if (file.remove_extra_whitespaces) {
    while (out.text.ends_with(space)) {
      consumed = out.origin[out.text.size() - space.size()];
      out.text.resize(out.text.size() - space.size());
      out.origin.resize(out.text.size());
    }
  }
  if (file.whitespace_as_suffix && file.add_dummy_prefix) append(space);
  out.origin.push_back(consumed);
  return out;
}

// Viterbi over the bytes of the text. A character that no piece covers alone may be unknown, at 10 below the lowest
// score; a user-defined symbol always wins against other pieces (SentencePiece, unigram_model.cc, EncodeOptimized).
std::vector<SpmSegment> segment(const SpmFile& file, const PieceTrie& trie, int32_t unknown, std::string_view text) {
  const float unknown_score = file.score_min - 10.0f;

  struct Best {
    int32_t id = -1;
    float score = 0;
    int64_t begin = -1;  // -1 = not reached
  };
  std::vector<Best> best(text.size() + 1);
  // The comparison is made in double and the sum kept in float, as there: near ties come out the same.
  const auto offer = [&](size_t begin, size_t end, int32_t id, double score) {
    const double sum = score + static_cast<double>(best[begin].score);
    if (best[end].begin < 0 || sum > static_cast<double>(best[end].score)) {
      best[end] = {id, static_cast<float>(sum), static_cast<int64_t>(begin)};
    }
  };
  for (size_t begin = 0; begin < text.size();) {
    const size_t character = point_bytes(text.substr(begin));
    bool covered = false;
    uint32_t node = PieceTrie::kRoot;
    for (size_t at = begin; at < text.size(); ++at) {
      node = trie.child(node, static_cast<unsigned char>(text[at]));
      if (node == PieceTrie::kNone) break;
      const int32_t id = trie.id_at(node);
      if (id < 0) continue;
      const SpmPiece& piece = file.pieces[static_cast<size_t>(id)];
      const size_t length = at + 1 - begin;
      double score = static_cast<double>(piece.score);
      if (piece.type == PieceType::user_defined) {
        score = static_cast<double>(static_cast<float>(length) * file.score_max) - 0.1;
      } else if (piece.type != PieceType::normal) {
        continue;
      }
      offer(begin, at + 1, id, score);
      if (length == character) covered = true;
    }
    if (!covered) offer(begin, begin + character, unknown, static_cast<double>(unknown_score));
    begin += character;
  }

  std::vector<SpmSegment> path;
  for (size_t end = text.size(); end > 0;) {
    const size_t begin = static_cast<size_t>(best[end].begin);
    path.push_back({best[end].id, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    end = begin;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace kabar::mt
