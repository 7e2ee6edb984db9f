// What the files of a package are called, and their checksums; shared by package_read.cpp and package_write.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/language.h"
#include "mt/package.h"

namespace kabar::mt {

inline constexpr int kPackageFormat = 1;
inline constexpr std::string_view kManifestFile = "model.toml";
inline constexpr std::string_view kEncoderFile = "encoder.safetensors";
inline constexpr std::string_view kSourceSpmFile = "source.spm";
inline constexpr std::string_view kSourceListFile = "source.vocab";
// Behind "head.LANG":
inline constexpr std::string_view kHeadWeights = ".safetensors";
inline constexpr std::string_view kHeadSpm = ".spm";
inline constexpr std::string_view kHeadList = ".vocab";
inline constexpr std::string_view kHeadShortlist = ".shortlist.bin";

std::string head_file(Language language, std::string_view ending);
// The language of "head.LANG.safetensors"; nothing for other names.
std::optional<Language> language_of_head_file(std::string_view name);
// Whether a file of this name belongs to a package and must have a checksum.
bool is_package_file(std::string_view name);

// Four lanes of 64-bit words, h = (h ^ word) * k: sees any change of one word, at the speed of memory. It finds damage,
// not malice: that is what SHA-256 is for. Definition: docs/formats/model.md.
uint64_t quick_checksum(std::span<const std::byte> bytes);

PackageFile describe_file(std::string_view bytes);

// The text of model.toml.
std::string manifest_text(const PackageInfo& info);
Result<PackageInfo> parse_manifest(std::string_view text, std::string_view name);

}  // namespace kabar::mt
