// The packed training data: sentences as piece ids, one source with all its translations in one record.
// Byte for byte in docs/formats/kpack.md.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/language.h"
#include "base/result.h"

namespace kabar::train {

// The heads in the order of their numbers in a pack.
inline constexpr std::array<Language, 5> kHeads = {Language::en, Language::zh, Language::ja, Language::ar,
                                                   Language::fr};
// The source languages in the order of their numbers in a pack.
inline constexpr std::array<Language, 2> kSources = {Language::id, Language::en};
inline constexpr int kPiecesMax = 100;  // of a sentence on either side, without the end

struct PieceLink {
  uint16_t source = 0;  // index into the pieces of the source
  uint16_t target = 0;  // index into the pieces of the target
  auto operator<=>(const PieceLink&) const = default;
};

struct PackedTarget {
  uint8_t head = 0;              // index into kHeads
  std::vector<uint16_t> pieces;  // ids of the head's vocabulary, no end of sentence
  std::vector<PieceLink> links;  // ascending by target
  bool operator==(const PackedTarget&) const = default;
};

struct PackedRecord {
  uint8_t source_language = 0;   // index into kSources
  uint8_t group = 0;             // sampling group; its name and weight stand in groups.toml beside the pack
  std::vector<uint16_t> pieces;  // ids of the source vocabulary, no end of sentence
  std::vector<PackedTarget> targets;
  bool operator==(const PackedRecord&) const = default;
};

// Writes the whole file at once (atomic). limit: a list longer than 65,535.
Result<void> write_pack(const std::filesystem::path& path, const std::vector<PackedRecord>& records);
// bad_input with the record's number when the file is cut or names an unknown head or language.
Result<std::vector<PackedRecord>> read_pack(const std::filesystem::path& path);
Result<std::vector<PackedRecord>> parse_pack(std::string_view bytes, std::string_view name);

}  // namespace kabar::train
