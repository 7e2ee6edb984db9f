// Files: read whole with a limit, mapped, or written so that a reader sees the old or the new bytes and never half.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kabar {

// not_found, io, or limit when the file is larger than `bytes_max`. "-" is not special here.
Result<std::string> read_file(const std::filesystem::path& path, size_t bytes_max);

// Whether the file is there and holds exactly these bytes.
bool holds(const std::filesystem::path& path, std::string_view bytes);

// The way to the disk for everything that must survive a power cut. Tests put one in that forgets
// whatever was not synced. Thread-safe.
class FileSystem {
 public:
  virtual ~FileSystem() = default;
  // Temporary file in the same folder (created with its parents), fsync, rename, fsync of the folder:
  // after a crash the path holds the old bytes or the new.
  virtual Result<void> write(const std::filesystem::path& path, std::string_view bytes) = 0;
  // Removing what is not there is no error.
  virtual Result<void> remove(const std::filesystem::path& path) = 0;
  // When it returns, everything written or removed below `folder` is on the disk, also what was not synced.
  virtual Result<void> settle(const std::filesystem::path& folder);
};

// Brings a file's bytes, or the names in a folder (empty: the present one), to the disk.
Result<void> sync_path(const std::filesystem::path& path);

// The disk of this machine. With `sync` false the order is kept but nothing is flushed: for files that a
// journal can make again.
FileSystem& disk(bool sync = true);

// A read-only mapping of a whole file; movable, unmapped on destruction.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();
  std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  const std::byte* data_ = nullptr;  // page-aligned; null for an empty file
  size_t size_ = 0;
};

}  // namespace kabar
