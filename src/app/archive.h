// Files in one file: a tar archive, which other programs can open too, with a checksum of everything at its end.
#pragma once
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"

namespace kabar::app {

class ArchiveWriter {
 public:
  explicit ArchiveWriter(std::filesystem::path path);

  // `name` is the path inside the archive. A file of 64 GiB or more is a limit error, one that changes its size
  // meanwhile a conflict.
  Result<void> add(const std::string& name, const std::filesystem::path& file);
  // Adds the checksum and brings everything to the disk; nothing can be added afterwards.
  Result<void> finish();

  size_t files = 0;
  size_t bytes = 0;

 private:
  std::filesystem::path path_;
  std::ofstream out_;
};

class Archive {
 public:
  // bad_input if it is no archive of ours or any byte of it is not as it was written.
  static Result<Archive> open(const std::filesystem::path& path);

  // Writes all files below `folder`; when it returns they are on the disk.
  Result<void> extract(const std::filesystem::path& folder) const;

 private:
  std::filesystem::path path_;
  MappedFile file_;
};

}  // namespace kabar::app
