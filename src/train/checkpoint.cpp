#include "train/checkpoint.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/file.h"

namespace kabar::train {
namespace {

constexpr std::string_view kMagic = "KABARCK1";
constexpr uint64_t kGroupsMax = 255;

std::vector<uint64_t> shape_numbers(const NetworkShape& shape) {
  std::vector<uint64_t> numbers;
  for (const int value : {shape.width, shape.heads, shape.inner, shape.encoder_layers, shape.decoder_layers,
                          shape.source_vocabulary, static_cast<int>(shape.target_vocabularies.size())}) {
    numbers.push_back(static_cast<uint64_t>(value));
  }
  for (const int size : shape.target_vocabularies) numbers.push_back(static_cast<uint64_t>(size));
  return numbers;
}

std::vector<uint64_t> header_numbers(const CheckpointHeader& header) {
  std::vector<uint64_t> numbers = shape_numbers(header.shape);
  numbers.push_back(static_cast<uint64_t>(header.step));
  numbers.push_back(header.random);
  numbers.push_back(header.sampler.random);
  numbers.push_back(header.sampler.groups.size());
  for (const GroupPlace& place : header.sampler.groups) {
    numbers.push_back(place.round);
    numbers.push_back(place.position);
  }
  return numbers;
}

bool write_all(int file, const void* data, size_t size) {
  const char* place = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = ::write(file, place, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    place += written;
    size -= static_cast<size_t>(written);
  }
  return true;
}

// Takes numbers off the front; a file that ends early gives `ok` false.
struct Reader {
  std::span<const std::byte> bytes;
  bool ok = true;
  uint64_t number() {
    uint64_t value = 0;
    copy(&value, sizeof value);
    return value;
  }
  void copy(void* target, size_t size) {
    ok = ok && bytes.size() >= size;
    if (!ok) return;
    std::memcpy(target, bytes.data(), size);
    bytes = bytes.subspan(size);
  }
};

}  // namespace

Result<void> write_checkpoint(const std::filesystem::path& path, const CheckpointHeader& header,
                              std::span<const std::span<const float>> arrays) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  const std::filesystem::path temporary = path.string() + ".new";
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return fail(ErrorKind::io, temporary.string(), std::strerror(errno));
  const std::vector<uint64_t> numbers = header_numbers(header);
  bool written = write_all(file, kMagic.data(), kMagic.size()) &&
                 write_all(file, numbers.data(), numbers.size() * sizeof(uint64_t));
  for (const std::span<const float> array : arrays)
    written = written && write_all(file, array.data(), array.size_bytes());
  written = written && ::fsync(file) == 0;
  const int fault = errno;
  ::close(file);
  if (!written) return fail(ErrorKind::io, temporary.string(), std::strerror(fault));
  std::filesystem::rename(temporary, path, error);
  if (error) return fail(ErrorKind::io, path.string(), error.message());
  return {};
}

Result<CheckpointHeader> read_checkpoint(const std::filesystem::path& path, const NetworkShape& shape,
                                         std::span<const std::span<float>> arrays) {
  KABAR_ASSIGN(const MappedFile file, MappedFile::open(path));
  Reader reader{file.bytes()};
  char magic[8] = {};
  reader.copy(magic, sizeof magic);
  if (!reader.ok || std::string_view(magic, sizeof magic) != kMagic) {
    return fail(ErrorKind::bad_input, path.string(), "this is no checkpoint");
  }
  for (const uint64_t expected : shape_numbers(shape)) {
    if (reader.number() != expected) {
      return fail(ErrorKind::bad_input, path.string(), "the checkpoint belongs to a network of another shape");
    }
  }
  CheckpointHeader header;
  header.shape = shape;
  header.step = static_cast<int64_t>(reader.number());
  header.random = reader.number();
  header.sampler.random = reader.number();
  const uint64_t groups = reader.number();
  for (uint64_t g = 0; reader.ok && g < groups && g < kGroupsMax; ++g) {
    GroupPlace place;
    place.round = reader.number();
    place.position = reader.number();
    header.sampler.groups.push_back(place);
  }
  for (const std::span<float> array : arrays) reader.copy(array.data(), array.size_bytes());
  if (!reader.ok || groups > kGroupsMax) return fail(ErrorKind::bad_input, path.string(), "the checkpoint is cut off");
  return header;
}

}  // namespace kabar::train
