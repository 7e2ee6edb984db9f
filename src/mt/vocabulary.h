// Vocabularies: text to piece ids and back, with the place of every piece in the text.
// Reads SentencePiece unigram models, YAML maps (OPUS-MT) and plain lists.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"

namespace kabar::mt {

struct EncodedPiece {
  int32_t id = 0;
  // Code points of the sentence as given, before normalisation. The blank in front of a word belongs to no piece, so a
  // piece that is nothing but a blank has an empty span, as have all but the last of the bytes of one character.
  Span span;
};

struct DecodedText {
  std::string text;         // UTF-8
  std::vector<Span> spans;  // one per id, code points of `text`, without the blank in front of a word
};

// Immutable, cheap to copy, thread-safe.
class Vocabulary {
 public:
  Vocabulary() = default;  // no pieces: only to be assigned to

  // By the file's name: ".spm" or ".model" SentencePiece, ".yml", ".yaml", ".json" a map piece: id, anything else one
  // piece per line. A map or list is segmented by `segmenter`, a SentencePiece file, or at blanks if there is none.
  // Errors: not_found, io, bad_input, limit, unsupported (a SentencePiece model that is not unigram).
  static Result<Vocabulary> open(const std::filesystem::path& path, const std::filesystem::path& segmenter = {});
  static Result<Vocabulary> parse_spm(std::string bytes, std::string_view name);
  static Result<Vocabulary> parse_yaml(std::string_view text, std::string_view name,
                                       std::optional<Vocabulary> segmenter = std::nullopt);
  static Result<Vocabulary> parse_list(std::string_view text, std::string_view name,
                                       std::optional<Vocabulary> segmenter = std::nullopt);

  int size() const;         // number of ids
  int32_t end() const;      // id of "</s>"
  int32_t unknown() const;  // id of "<unk>"
  std::string_view piece(int32_t id) const;
  std::optional<int32_t> find(std::string_view piece) const;
  // A symbol that is never text: the end, the unknown, other control symbols. Byte pieces are text.
  bool is_control(int32_t id) const;

  // The best segmentation; without the end symbol. Invalid UTF-8 becomes U+FFFD.
  std::vector<EncodedPiece> encode(std::string_view sentence) const;
  // Control symbols are left out; ids must be in [0, size()).
  DecodedText decode(std::span<const int32_t> ids) const;

  // The pieces in the order of their ids, one per line: what parse_list reads.
  std::string to_list() const;
  // Equal pieces with equal ids.
  bool same_pieces(const Vocabulary& other) const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

}  // namespace kabar::mt
