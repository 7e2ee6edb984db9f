// Makes a package of a model that other tools wrote.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/language.h"
#include "base/result.h"
#include "mt/package.h"

namespace kabar::mt {

struct ConvertOptions {
  std::filesystem::path weights;                               // Marian .npz or .bin
  std::filesystem::path source_vocabulary, target_vocabulary;  // .spm, .yml or a list
  std::filesystem::path source_spm, target_spm;                // segmenters for maps and lists; empty = blanks
  std::filesystem::path shortlist;                             // Marian's text or binary format; empty = none
  std::optional<Precision> precision;                          // absent = as in the file; int8 files stay int8
  Language source, target;
  std::string name, version = "1", licence, data;  // an empty name becomes "source-target"
};

// Errors: as those of the readers and of write_package.
Result<void> convert_model(const ConvertOptions& options, const std::filesystem::path& folder);

}  // namespace kabar::mt
