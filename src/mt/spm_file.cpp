// Reads the protobuf of a SentencePiece model.
#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#include <fmt/format.h>

#include "mt/limits.h"
#include "mt/sentencepiece.h"

namespace kabar::mt {
namespace {

// One field of a protobuf message: a number, or bytes.
struct Field {
  uint32_t number = 0;
  uint64_t value = 0;
  std::string_view bytes;
};

class Message {
 public:
  explicit Message(std::string_view bytes) : rest_(bytes) {}

  // The next field, or nothing at the end or at the first fault; ok() tells which.
  std::optional<Field> next() {
    if (rest_.empty()) return std::nullopt;
    const std::optional<uint64_t> tag = varint();
    if (!tag || (*tag >> 3) == 0 || (*tag >> 3) > 0x1FFFFFFF) return fault();
    Field field{static_cast<uint32_t>(*tag >> 3), 0, {}};
    switch (*tag & 7) {
      case 0: {
        const std::optional<uint64_t> value = varint();
        if (!value) return fault();
        field.value = *value;
        return field;
      }
      case 1:
        return fixed(field, 8);
      case 2: {
        const std::optional<uint64_t> size = varint();
        if (!size || *size > rest_.size()) return fault();
        field.bytes = take(*size);
        return field;
      }
      case 5:
        return fixed(field, 4);
      default:
        return fault();
    }
  }
  bool ok() const { return ok_; }

 private:
  std::optional<Field> fault() {
    ok_ = false;
    rest_ = {};
    return std::nullopt;
  }
  std::string_view take(size_t size) {
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }
  std::optional<Field> fixed(Field field, size_t size) {
    if (rest_.size() < size) return fault();
    std::memcpy(&field.value, rest_.data(), size);
    rest_.remove_prefix(size);
    return field;
  }
  std::optional<uint64_t> varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const unsigned char byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    return std::nullopt;
  }

  std::string_view rest_;
  bool ok_ = true;
};

constexpr size_t kPieceBytesMax = 1024;

Result<SpmPiece> read_piece(std::string_view bytes, std::string_view name) {
  SpmPiece piece;
  Message message(bytes);
  while (const std::optional<Field> field = message.next()) {
    switch (field->number) {
      case 1:
        piece.text = field->bytes;
        break;
      case 2:
        piece.score = std::bit_cast<float>(static_cast<uint32_t>(field->value));
        break;
      case 3:
        if (field->value < 1 || field->value > 6) {
          return fail(ErrorKind::unsupported, std::string(name), fmt::format("piece type {} is unknown", field->value));
        }
        piece.type = static_cast<PieceType>(field->value);
        break;
      default:
        break;
    }
  }
  if (!message.ok()) return fail(ErrorKind::bad_input, std::string(name), "a piece is damaged");
  if (piece.text.empty()) return fail(ErrorKind::bad_input, std::string(name), "a piece is empty");
  if (piece.text.size() > kPieceBytesMax)
    return fail(ErrorKind::limit, std::string(name), "a piece is over 1,024 bytes");
  // NaN and infinities would make the best path meaningless.
  if (!(piece.score > -1e30f && piece.score < 1e30f)) {
    return fail(ErrorKind::bad_input, std::string(name), fmt::format("piece '{}' has no finite score", piece.text));
  }
  return piece;
}

Result<void> read_trainer(std::string_view bytes, std::string_view name, SpmFile& file) {
  Message message(bytes);
  while (const std::optional<Field> field = message.next()) {
    switch (field->number) {
      case 3:
        if (field->value != 1) {
          return fail(ErrorKind::unsupported, std::string(name), "not a unigram model (BPE, word or character)");
        }
        break;
      case 24:
        file.whitespace_as_suffix = field->value != 0;
        break;
      case 35:
        file.byte_fallback = field->value != 0;
        break;
      case 44:
        file.unknown_surface = field->bytes;
        break;
      case 47:
        file.end_piece = field->bytes;
        break;
      default:
        break;
    }
  }
  if (!message.ok()) return fail(ErrorKind::bad_input, std::string(name), "the training settings are damaged");
  return {};
}

Result<void> read_normaliser(std::string_view bytes, std::string_view name, SpmFile& file) {
  Message message(bytes);
  while (const std::optional<Field> field = message.next()) {
    switch (field->number) {
      case 2:
        file.charsmap = field->bytes;
        break;
      case 3:
        file.add_dummy_prefix = field->value != 0;
        break;
      case 4:
        file.remove_extra_whitespaces = field->value != 0;
        break;
      case 5:
        file.escape_whitespaces = field->value != 0;
        break;
      default:
        break;
    }
  }
  if (!message.ok()) return fail(ErrorKind::bad_input, std::string(name), "the normalisation settings are damaged");
  if (!file.charsmap.empty()) {
    uint32_t trie_bytes = 0;
    if (file.charsmap.size() > 4) std::memcpy(&trie_bytes, file.charsmap.data(), 4);
    if (trie_bytes < 4 || trie_bytes % 4 != 0 || trie_bytes >= file.charsmap.size() - 4 || file.charsmap.back() != 0) {
      return fail(ErrorKind::bad_input, std::string(name), "the normalisation table is damaged");
    }
  }
  return {};
}

void summarise(SpmFile& file) {
  bool any = false;
  for (const SpmPiece& piece : file.pieces) {
    if (piece.type == PieceType::user_defined) file.has_user_defined = true;
    if (piece.type != PieceType::normal) continue;
    file.score_min = any ? std::min(file.score_min, piece.score) : piece.score;
    file.score_max = any ? std::max(file.score_max, piece.score) : piece.score;
    any = true;
  }
}

}  // namespace

Result<SpmFile> parse_spm_file(std::string_view bytes, std::string_view name) {
  SpmFile file;
  Message message(bytes);
  while (const std::optional<Field> field = message.next()) {
    switch (field->number) {
      case 1: {
        if (file.pieces.size() >= kVocabularyMax) {
          return fail(ErrorKind::limit, std::string(name), fmt::format("over {} pieces", kVocabularyMax));
        }
        KABAR_ASSIGN(SpmPiece piece, read_piece(field->bytes, name));
        file.pieces.push_back(piece);
        break;
      }
      case 2:
        KABAR_TRY(read_trainer(field->bytes, name, file));
        break;
      case 3:
        KABAR_TRY(read_normaliser(field->bytes, name, file));
        break;
      case 5: {
        SpmFile reverse;
        KABAR_TRY(read_normaliser(field->bytes, name, reverse));
        if (!reverse.charsmap.empty()) {
          return fail(ErrorKind::unsupported, std::string(name), "a normalisation of the output is not supported");
        }
        break;
      }
      default:
        break;
    }
  }
  if (!message.ok()) return fail(ErrorKind::bad_input, std::string(name), "not a SentencePiece model, or cut short");
  if (file.pieces.empty()) return fail(ErrorKind::bad_input, std::string(name), "not a SentencePiece model: no pieces");
  summarise(file);
  return file;
}

}  // namespace kabar::mt
