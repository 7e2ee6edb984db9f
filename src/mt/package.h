// Model packages: a folder with model.toml, the weights of the encoder and of each head in safetensors, and their
// vocabularies. Byte for byte: docs/formats/model.md.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "mt/model.h"

namespace kabar::mt {

// ---- Reading -------------------------------------------------------------------------------------------------------

struct LoadOptions {
  // Only these heads; empty = all that the folder has. A language without a head is left out, not an error.
  std::vector<Language> languages;
};

// Maps the weights; checks sizes, quick checksums, shapes and that everything fits together.
// Errors: not_found, io, bad_input, limit, unsupported (a newer format), each with the file.
Result<Model> load_package(const std::filesystem::path& folder, const LoadOptions& options = {});

struct PackageFile {
  uint64_t bytes = 0;
  std::string quick;   // 16 hexadecimal digits; what loading checks
  std::string sha256;  // 64 hexadecimal digits; what verify_package checks
};

// What model.toml says, and which heads the folder has.
struct PackageInfo {
  std::string name, version, licence, data, architecture;
  Language source;                            // the main one
  std::vector<Language> other_sources;        // what else the encoder has learned to read
  std::map<std::string, std::string> scores;  // "id-en chrF news-dev" -> "54.1"
  std::map<std::string, PackageFile> files;   // by name; a head dropped in later may be missing here
  std::vector<Language> heads;                // found in the folder, sorted by code
};
Result<PackageInfo> read_package_info(const std::filesystem::path& folder);
// Codes of all that the package reads, the main one first.
std::string list_sources(const PackageInfo& info, std::string_view separator);
// The language named by `code`, if the package reads it; its main one if the code is empty. Errors: not_found.
Result<Language> source_of(const PackageInfo& info, std::string_view code);

// Loads everything and compares SHA-256 of every file; a file of the package without a checksum is an error too.
Result<void> verify_package(const std::filesystem::path& folder);

// The packages directly below `folder`, sorted by name; folders that are none are passed over.
std::vector<std::filesystem::path> list_packages(const std::filesystem::path& folder);

// ---- Writing -------------------------------------------------------------------------------------------------------

enum class Precision { float32, int8 };

// A vocabulary as its files: `spm` alone; or `list` (one piece per line) with an optional segmenter in `spm`.
struct VocabularyFiles {
  std::string spm;
  std::string list;
};

struct HeadContents {
  Language language;
  const nn::Head* weights = nullptr;
  VocabularyFiles vocabulary;
  std::string shortlist;  // Marian's binary format; empty = none
};

// Weights are only read. Matrices that are int8 already stay as they are; float ones are rounded to int8, each output
// with its own scale 127 / max|w|, if `precision` asks for it. Vectors stay float32.
struct PackageContents {
  std::string name, version = "1", licence, data, architecture;
  std::map<std::string, std::string> scores;
  Language source;
  std::vector<Language> other_sources;
  Precision precision = Precision::int8;
  const nn::Encoder* encoder = nullptr;
  VocabularyFiles vocabulary;
  std::vector<HeadContents> heads;
};

// Writes the files, model.toml last. A package that was there is replaced whole; files that belong to none stay.
// Errors: io, bad_input (weights and vocabulary do not fit together).
Result<void> write_package(const std::filesystem::path& folder, const PackageContents& contents);

// Adds or replaces one head of an existing package and its lines in model.toml.
Result<void> add_head(const std::filesystem::path& folder, const HeadContents& head, Precision precision);

}  // namespace kabar::mt
