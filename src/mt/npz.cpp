// Reads numpy archives: the central directory of the zip, then each .npy member.
#include <charconv>
#include <cstring>
#include <optional>

#include <fmt/format.h>
#include <zlib.h>

#include "mt/limits.h"
#include "mt/marian_file.h"

namespace kabar::mt {
namespace {

constexpr uint32_t kEndRecord = 0x06054B50, kDirectoryRecord = 0x02014B50, kLocalRecord = 0x04034B50;
constexpr size_t kEndRecordBytes = 22, kDirectoryRecordBytes = 46, kLocalRecordBytes = 30;
constexpr uint64_t kInflateRatioMax = 1032;  // what deflate can reach at best

uint32_t load(std::string_view bytes, size_t at, size_t size) {
  uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, size);
  return value;
}

struct Member {
  std::string_view name;
  uint32_t method, crc, compressed, size, local_offset;
};

tl::unexpected<Error> wrong(std::string_view name, std::string message, ErrorKind kind = ErrorKind::bad_input) {
  return fail(kind, std::string(name), std::move(message));
}

Result<std::vector<Member>> read_directory(std::string_view zip, std::string_view name) {
  if (zip.size() < kEndRecordBytes) return wrong(name, "not a zip archive");
  // The end record stands last, behind it at most a comment of 64 KiB.
  size_t at = zip.size() - kEndRecordBytes;
  const size_t lowest = at > 0xFFFF ? at - 0xFFFF : 0;
  while (load(zip, at, 4) != kEndRecord) {
    if (at == lowest) return wrong(name, "not a zip archive, or cut short");
    --at;
  }
  const uint32_t count = load(zip, at + 10, 2), offset = load(zip, at + 16, 4);
  if (count == 0xFFFF || offset == 0xFFFFFFFF) {
    return wrong(name, "a zip64 archive is not supported", ErrorKind::unsupported);
  }
  if (count > kTensorsMax) return wrong(name, "too many members", ErrorKind::limit);
  std::vector<Member> members;
  size_t next = offset;
  for (uint32_t i = 0; i < count; ++i) {
    if (next > zip.size() || zip.size() - next < kDirectoryRecordBytes || load(zip, next, 4) != kDirectoryRecord) {
      return wrong(name, "the zip directory is damaged");
    }
    const size_t name_bytes = load(zip, next + 28, 2);
    const size_t record = kDirectoryRecordBytes + name_bytes + load(zip, next + 30, 2) + load(zip, next + 32, 2);
    if (zip.size() - next < record) return wrong(name, "the zip directory is damaged");
    if ((load(zip, next + 8, 2) & 1) != 0) return wrong(name, "the archive is encrypted", ErrorKind::unsupported);
    members.push_back({zip.substr(next + kDirectoryRecordBytes, name_bytes), load(zip, next + 10, 2),
                       load(zip, next + 16, 4), load(zip, next + 20, 4), load(zip, next + 24, 4),
                       load(zip, next + 42, 4)});
    next += record;
  }
  return members;
}

// The bytes of a member; inflated ones are kept in `memory`.
Result<std::string_view> read_member(std::string_view zip, const Member& member, std::string_view name,
                                     std::vector<std::shared_ptr<const void>>& memory) {
  const size_t at = member.local_offset;
  if (at > zip.size() || zip.size() - at < kLocalRecordBytes || load(zip, at, 4) != kLocalRecord) {
    return wrong(name, fmt::format("member '{}' is damaged", member.name));
  }
  const size_t start = at + kLocalRecordBytes + load(zip, at + 26, 2) + load(zip, at + 28, 2);
  if (start > zip.size() || zip.size() - start < member.compressed) {
    return wrong(name, fmt::format("member '{}' is cut short", member.name));
  }
  std::string_view bytes = zip.substr(start, member.compressed);
  if (member.method == 8) {
    if (member.size > kInflateRatioMax * (uint64_t{member.compressed} + 1)) {
      return wrong(name, fmt::format("member '{}' gives a false size", member.name));
    }
    auto inflated = std::make_shared<std::string>(member.size, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return wrong(name, "out of memory", ErrorKind::io);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = member.compressed;
    stream.next_out = reinterpret_cast<Bytef*>(inflated->data());
    stream.avail_out = member.size;
    const int status = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    if (status != Z_STREAM_END || stream.avail_out != 0) {
      return wrong(name, fmt::format("member '{}' cannot be inflated", member.name));
    }
    bytes = *inflated;
    memory.push_back(std::move(inflated));
  } else if (member.method != 0 || member.compressed != member.size) {
    return wrong(name, fmt::format("member '{}' is packed by method {}", member.name, member.method),
                 ErrorKind::unsupported);
  }
  if (crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()) != member.crc) {
    return wrong(name, fmt::format("member '{}' has a wrong checksum", member.name));
  }
  return bytes;
}

struct Array {
  std::string_view type;  // "<f4"
  bool fortran_order = false;
  std::vector<uint64_t> shape;
  std::string_view data;
};

// The text behind 'key': in the header, which is a Python dictionary.
std::optional<std::string_view> dictionary_value(std::string_view header, std::string_view key) {
  const size_t at = header.find(fmt::format("'{}'", key));
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view value = header.substr(at + key.size() + 2);
  if (!value.starts_with(':')) return std::nullopt;
  value.remove_prefix(1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  return value;
}

std::optional<Array> parse_npy(std::string_view bytes) {
  if (bytes.size() < 10 || !bytes.starts_with("\x93NUMPY")) return std::nullopt;
  const bool wide = bytes[6] >= 2;  // version 2 and 3 have a length of 32 bits
  const size_t prefix = wide ? 12 : 10;
  if (bytes.size() < prefix) return std::nullopt;
  const size_t header_bytes = load(bytes, 8, wide ? 4 : 2);
  if (bytes.size() - prefix < header_bytes) return std::nullopt;
  const std::string_view header = bytes.substr(prefix, header_bytes);
  const auto type = dictionary_value(header, "descr"), order = dictionary_value(header, "fortran_order"),
             shape = dictionary_value(header, "shape");
  if (!type || !order || !shape || !type->starts_with('\'') || !shape->starts_with('(')) return std::nullopt;

  Array array;
  array.type = type->substr(1, std::min(type->find('\'', 1), type->size()) - 1);
  array.fortran_order = order->starts_with("True");
  array.data = bytes.substr(prefix + header_bytes);
  for (std::string_view rest = shape->substr(1); !rest.starts_with(')');) {
    uint64_t size = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), size);
    if (error != std::errc() || size == 0 || size > kModelFileBytesMax || array.shape.size() == 4) return std::nullopt;
    array.shape.push_back(size);
    rest.remove_prefix(static_cast<size_t>(end - rest.data()));
    while (rest.starts_with(',') || rest.starts_with(' ')) rest.remove_prefix(1);
    if (rest.empty()) return std::nullopt;
  }
  return array;
}

// Marian reads a one-dimensional array of n values as one row.
std::optional<MarianItem> as_item(const Array& array) {
  uint64_t rows = 1, columns = 1;
  for (const uint64_t size : array.shape) {
    rows *= columns;
    columns = size;
    if (rows > kModelFileBytesMax / columns) return std::nullopt;
  }
  if (rows > INT32_MAX || columns > INT32_MAX || array.data.size() != 4 * rows * columns) return std::nullopt;
  MarianItem item;
  item.rows = static_cast<int>(rows);
  item.columns = static_cast<int>(columns);
  item.data = std::as_bytes(std::span(array.data));
  return item;
}

}  // namespace

Result<MarianFile> parse_npz(std::span<const std::byte> bytes, std::string_view name) {
  const std::string_view zip(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  KABAR_ASSIGN(const std::vector<Member> members, read_directory(zip, name));
  MarianFile file;
  file.name = name;
  uint64_t inflated = 0;
  for (const Member& member : members) {
    std::string_view key = member.name;
    if (key.ends_with(".npy")) key.remove_suffix(4);
    if (key.starts_with("special:") && key != "special:model.yml") continue;
    inflated += member.size;
    if (inflated > kModelFileBytesMax) return wrong(name, "the archive is over 4 GiB", ErrorKind::limit);
    KABAR_ASSIGN(const std::string_view content, read_member(zip, member, name, file.memory));
    const std::optional<Array> array = parse_npy(content);
    if (!array) return wrong(name, fmt::format("'{}' is no numpy array, or damaged", key));
    if (key == "special:model.yml") {
      file.options = array->data.substr(0, array->data.find('\0'));
      continue;
    }
    if (array->type != "<f4" || (array->fortran_order && array->shape.size() > 1)) {
      return wrong(name, fmt::format("'{}' is not little-endian float32 in C order", key), ErrorKind::unsupported);
    }
    const std::optional<MarianItem> item = as_item(*array);
    if (!item) return wrong(name, fmt::format("'{}' has not as much data as its shape says", key));
    if (!file.items.emplace(std::string(key), *item).second) return wrong(name, fmt::format("'{}' occurs twice", key));
  }
  if (file.options.empty()) return wrong(name, "the model's options (special:model.yml) are missing");
  return file;
}

}  // namespace kabar::mt
