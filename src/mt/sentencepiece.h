// SentencePiece unigram models: reading the file, normalising and segmenting text.
// Our own reader, because the target side needs only the list of pieces, start-up time counts, and the bytes are
// untrusted. File layout: sentencepiece_model.proto of the SentencePiece project, summed up in docs/formats/model.md.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mt/piece_trie.h"

namespace kabar::mt {

// The numbers are those of the file.
enum class PieceType : uint8_t { normal = 1, unknown = 2, control = 3, user_defined = 4, unused = 5, byte = 6 };

struct SpmPiece {
  std::string_view text;
  float score = 0;  // log probability
  PieceType type = PieceType::normal;
};

// The views point into the bytes that parse_spm_file was given.
struct SpmFile {
  std::vector<SpmPiece> pieces;
  std::string_view charsmap;  // normalisation rules: trie size, double array, replacement texts; may be empty
  std::string_view end_piece = "</s>";
  std::string_view unknown_surface = " \xE2\x81\x87 ";
  bool byte_fallback = false;
  bool add_dummy_prefix = true;
  bool remove_extra_whitespaces = true;
  bool escape_whitespaces = true;
  bool whitespace_as_suffix = false;
  bool has_user_defined = false;
  float score_min = 0, score_max = 0;  // of the normal pieces
};

// Errors: bad_input, limit, unsupported.
Result<SpmFile> parse_spm_file(std::string_view bytes, std::string_view name);

struct NormalisedText {
  std::string text;
  std::vector<uint32_t> origin;  // for each byte of `text`, and its end, the byte of the input it comes from
};

// Applies the rules of the file; user-defined symbols pass unchanged. `input` is valid UTF-8.
NormalisedText normalise(const SpmFile& file, const PieceTrie& trie, std::string_view input);

struct SpmSegment {
  int32_t id;
  uint32_t begin, end;  // bytes of the normalised text
};

// The path of the highest sum of scores; unknown characters become `unknown`, one segment for each character.
std::vector<SpmSegment> segment(const SpmFile& file, const PieceTrie& trie, int32_t unknown, std::string_view text);

}  // namespace kabar::mt
