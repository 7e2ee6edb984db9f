#include "app/archive.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "base/sha256.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

constexpr size_t kBlock = 512;
constexpr size_t kNameMax = 99;  // in the header itself
constexpr uint64_t kFileBytesMax = uint64_t{1} << 36;

// Of POSIX.1-1988 ("ustar"), the fields that we use.
struct Field {
  size_t at, size;
};
constexpr Field kName{0, 100}, kMode{100, 8}, kOwner{108, 8}, kGroup{116, 8}, kSize{124, 12}, kTime{136, 12},
    kSum{148, 8}, kType{156, 1}, kMagic{257, 8};
constexpr std::string_view kUstar(
    "ustar\0"
    "00",
    8);
constexpr char kFile = '0';
constexpr char kLongName = 'L';  // GNU: the content is the name of the file that follows

void put(std::string& header, Field field, std::string_view text) {
  text.copy(header.data() + field.at, std::min(field.size, text.size()));
}

std::string header_of(std::string_view name, uint64_t size, char type) {
  std::string header(kBlock, '\0');
  put(header, kName, name.substr(0, kNameMax));
  put(header, kMode, "0000644");
  put(header, kOwner, "0000000");
  put(header, kGroup, "0000000");
  put(header, kSize, fmt::format("{:012o}", size));
  put(header, kTime, "00000000000");
  put(header, kType, {&type, 1});
  put(header, kMagic, kUstar);
  put(header, kSum, "        ");  // counted as blanks
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(header, kSum, fmt::format("{:06o}", sum) + std::string("\0 ", 2));
  return header;
}

std::string padding(uint64_t size) { return std::string((kBlock - size % kBlock) % kBlock, '\0'); }

std::string member(std::string_view name, std::string_view content, char type) {
  return header_of(name, content.size(), type) + std::string(content) + padding(content.size());
}

// What stands behind the files: their checksum, and the end mark of tar.
std::string tail_of(std::string_view files) {
  return member("SHA256", sha256_hex(files) + '\n', kFile) + std::string(2 * kBlock, '\0');
}
constexpr size_t kTailBytes = 4 * kBlock;

std::string_view text_of(std::string_view header, Field field) {
  const std::string_view text = header.substr(field.at, field.size);
  return text.substr(0, text.find('\0'));
}

bool stays_inside(const fs::path& name) {
  return !name.empty() && name.is_relative() &&
         std::ranges::none_of(name, [](const fs::path& part) { return part == ".."; });
}

}  // namespace

ArchiveWriter::ArchiveWriter(fs::path path) : path_(std::move(path)), out_(path_, std::ios::binary | std::ios::trunc) {}

Result<void> ArchiveWriter::add(const std::string& name, const fs::path& file) {
  std::error_code code;
  const uint64_t size = fs::file_size(file, code);
  if (code) return fail(ErrorKind::io, file.string(), code.message());
  if (size >= kFileBytesMax) return fail(ErrorKind::limit, file.string(), "64 GiB or more");
  if (name.size() > kNameMax) out_ << member("././@LongLink", name + '\0', kLongName);
  out_ << header_of(name, size, kFile);
  std::ifstream in(file, std::ios::binary);
  std::string buffer(1 << 20, '\0');
  uint64_t left = size;
  while (left > 0 && in) {
    in.read(buffer.data(), static_cast<std::streamsize>(std::min<uint64_t>(left, buffer.size())));
    out_.write(buffer.data(), in.gcount());
    left -= static_cast<uint64_t>(in.gcount());
  }
  if (left > 0) return fail(ErrorKind::conflict, file.string(), "changed while it was read");
  out_ << padding(size);
  if (!out_) return fail(ErrorKind::io, path_.string(), "cannot write");
  ++files;
  bytes += size;
  return {};
}

Result<void> ArchiveWriter::finish() {
  out_.flush();
  std::string tail;
  {
    KABAR_ASSIGN(const MappedFile written, MappedFile::open(path_));
    tail = tail_of({reinterpret_cast<const char*>(written.bytes().data()), written.bytes().size()});
  }
  out_ << tail;
  out_.close();
  if (!out_) return fail(ErrorKind::io, path_.string(), "cannot write");
  return sync_path(path_);
}

Result<Archive> Archive::open(const fs::path& path) {
  Archive archive;
  archive.path_ = path;
  KABAR_ASSIGN(archive.file_, MappedFile::open(path));
  const std::string_view bytes(reinterpret_cast<const char*>(archive.file_.bytes().data()),
                               archive.file_.bytes().size());
  if (bytes.size() < kTailBytes || bytes.substr(kMagic.at, kMagic.size) != kUstar) {
    return fail(ErrorKind::bad_input, path.string(), "is no backup of kabar");
  }
  const std::string_view files = bytes.substr(0, bytes.size() - kTailBytes);
  if (bytes.substr(files.size()) != tail_of(files)) {
    return fail(ErrorKind::bad_input, path.string(), "is damaged or cut off: its checksum does not agree");
  }
  return archive;
}

Result<void> Archive::extract(const fs::path& folder) const {
  std::string_view left(reinterpret_cast<const char*>(file_.bytes().data()), file_.bytes().size() - kTailBytes);
  std::string long_name;
  FileSystem& files = disk(/*sync=*/false);
  while (left.size() >= kBlock) {
    const std::string_view header = left.substr(0, kBlock);
    left.remove_prefix(kBlock);
    const std::string_view digits = text_of(header, kSize);
    uint64_t size = 0;
    const bool read =
        std::from_chars(digits.data(), digits.data() + digits.size(), size, 8).ptr == digits.data() + digits.size();
    if (!read || size > left.size() || left.size() - size < padding(size).size()) {
      return fail(ErrorKind::bad_input, path_.string(), "is no backup of kabar");
    }
    const std::string_view content = left.substr(0, size);
    left.remove_prefix(size + padding(size).size());
    if (header[kType.at] == kLongName) {
      long_name = content.substr(0, content.find('\0'));
      continue;
    }
    const std::string name = long_name.empty() ? std::string(text_of(header, kName)) : std::exchange(long_name, "");
    if (!stays_inside(name)) return fail(ErrorKind::bad_input, path_.string(), "leads out of its folder: " + name);
    KABAR_TRY(files.write(folder / name, content));
  }
  return files.settle(folder);
}

}  // namespace kabar::app
