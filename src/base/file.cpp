#include "base/file.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kabar {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> system_error(const fs::path& path, std::string_view what) {
  const ErrorKind kind = errno == ENOENT ? ErrorKind::not_found : ErrorKind::io;
  return fail(kind, path.string(), fmt::format("{}: {}", what, std::strerror(errno)));
}

// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

Result<void> write_all(int descriptor, const fs::path& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error(path, "cannot write");
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return {};
}

// With the parents. Most often only the last folder is missing.
void make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0777) == 0 || errno != ENOENT) return;
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos || slash == 0) return;
  make_folder(path.substr(0, slash));
  ::mkdir(path.c_str(), 0777);
}

class Disk final : public FileSystem {
 public:
  explicit Disk(bool sync) : sync_(sync) {}

  Result<void> write(const fs::path& path, std::string_view bytes) override {
    static std::atomic<unsigned> counter{0};
    const std::string_view full = path.native();
    const std::string_view folder = full.substr(0, full.rfind('/') + 1);  // with its slash; empty without one
    const std::string temporary =
        fmt::format("{}.{}.{}.{}.tmp", folder, full.substr(folder.size(), 64), ::getpid(), counter++);
    int number = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (number < 0 && errno == ENOENT) {
      make_folder(path.parent_path().native());  // open() reports what matters
      number = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    }
    if (number < 0) return system_error(path, "cannot write");
    Result<void> result;
    {
      const Descriptor descriptor(number);
      result = write_all(number, path, bytes);
      if (result && sync_ && ::fsync(number) != 0) result = system_error(path, "cannot sync");
    }
    if (result && ::rename(temporary.c_str(), path.c_str()) != 0) result = system_error(path, "cannot rename");
    if (!result) {
      ::unlink(temporary.c_str());
      return result;
    }
    return sync_ ? sync_path(path.parent_path()) : result;
  }

  Result<void> remove(const fs::path& path) override {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR) return system_error(path, "cannot remove");
    return {};
  }

  Result<void> settle(const fs::path& folder) override {
    if (sync_) return {};
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor.number() < 0 || ::syncfs(descriptor.number()) != 0) return system_error(folder, "cannot sync");
    return {};
  }

 private:
  bool sync_;
};

}  // namespace

Result<std::string> read_file(const fs::path& path, size_t bytes_max) {
  const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor.number() < 0) return system_error(path, "cannot open");
  std::string bytes;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(descriptor.number(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(path, "cannot read");
    if (got == 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(got));
    if (bytes.size() > bytes_max) {
      return fail(ErrorKind::limit, path.string(), fmt::format("larger than {} bytes", bytes_max));
    }
  }
}

bool holds(const fs::path& path, std::string_view bytes) {
  const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (descriptor.number() < 0 || ::fstat(descriptor.number(), &status) != 0) return false;
  if (!S_ISREG(status.st_mode) || static_cast<size_t>(status.st_size) != bytes.size()) return false;
  char buffer[1 << 16];
  while (!bytes.empty()) {
    const ssize_t got = ::read(descriptor.number(), buffer, std::min(sizeof buffer, bytes.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || bytes.compare(0, static_cast<size_t>(got), buffer, static_cast<size_t>(got)) != 0) return false;
    bytes.remove_prefix(static_cast<size_t>(got));
  }
  return true;
}

Result<void> FileSystem::settle(const fs::path&) { return {}; }

Result<void> sync_path(const fs::path& path) {
  const Descriptor descriptor(::open(path.empty() ? "." : path.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor.number() < 0 || ::fsync(descriptor.number()) != 0) return system_error(path, "cannot sync");
  return {};
}

FileSystem& disk(bool sync) {
  static Disk synced(true);
  static Disk unsynced(false);
  return sync ? synced : unsynced;
}

Result<MappedFile> MappedFile::open(const fs::path& path) {
  const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (descriptor.number() < 0 || ::fstat(descriptor.number(), &status) != 0) return system_error(path, "cannot open");
  if (!S_ISREG(status.st_mode)) return fail(ErrorKind::bad_input, path.string(), "not a regular file");
  MappedFile file;
  if (status.st_size == 0) return file;
  void* data = ::mmap(nullptr, static_cast<size_t>(status.st_size), PROT_READ, MAP_PRIVATE, descriptor.number(), 0);
  if (data == MAP_FAILED) return system_error(path, "cannot map");
  file.data_ = static_cast<const std::byte*>(data);
  file.size_ = static_cast<size_t>(status.st_size);
  return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

}  // namespace kabar
