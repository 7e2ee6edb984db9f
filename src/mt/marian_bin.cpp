#include <cstring>

#include <fmt/format.h>

#include "base/file.h"
#include "mt/limits.h"
#include "mt/marian_file.h"

namespace kabar::mt {
namespace {

constexpr uint64_t kVersion = 1;
constexpr uint64_t kTypeInt8 = 0x101, kTypeFloat32 = 0x404, kTypeIntgemm8 = 0x4101;
constexpr uint64_t kNameBytesMax = 1024;
constexpr uint64_t kDimensionsMax = 4;

struct Header {
  uint64_t name_bytes, type, dimensions, data_bytes;
};

// Takes pieces off the front; after the first that is missing everything is empty and ok() is false.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : rest_(bytes) {}
  std::span<const std::byte> take(uint64_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  template <typename T>
  T number() {
    T value{};
    const auto taken = take(sizeof value);
    if (ok_) std::memcpy(&value, taken.data(), sizeof value);
    return value;
  }
  bool ok() const { return ok_; }
  size_t size() const { return rest_.size(); }

 private:
  std::span<const std::byte> rest_;
  bool ok_ = true;
};

// Rows and columns of a shape: everything but the last dimension makes the rows.
bool read_shape(Reader& reader, uint64_t dimensions, MarianItem& item) {
  uint64_t rows = 1, columns = 1;
  for (uint64_t i = 0; i < dimensions; ++i) {
    const int32_t size = reader.number<int32_t>();
    if (size < 1) return false;
    rows *= columns;
    columns = static_cast<uint64_t>(size);
    if (rows * columns > kModelFileBytesMax) return false;
  }
  if (rows > INT32_MAX || columns > INT32_MAX) return false;
  item.rows = static_cast<int>(rows);
  item.columns = static_cast<int>(columns);
  return true;
}

}  // namespace

Result<MarianFile> parse_marian_bin(std::span<const std::byte> bytes, std::string_view name) {
  const auto wrong = [&](std::string message, ErrorKind kind = ErrorKind::bad_input) {
    return fail(kind, std::string(name), std::move(message));
  };
  Reader reader(bytes);
  if (reader.number<uint64_t>() != kVersion) return wrong("not a Marian model of version 1");
  const uint64_t count = reader.number<uint64_t>();
  if (count == 0 || count > kTensorsMax || count * sizeof(Header) > reader.size())
    return wrong("the header is damaged");
  std::vector<Header> headers(count);
  std::memcpy(headers.data(), reader.take(count * sizeof(Header)).data(), count * sizeof(Header));

  std::vector<std::string> names;
  for (const Header& header : headers) {
    if (header.name_bytes < 2 || header.name_bytes > kNameBytesMax) return wrong("a name is damaged");
    const auto text = reader.take(header.name_bytes);
    if (!reader.ok()) return wrong("the file is cut short");
    const std::string_view view(reinterpret_cast<const char*>(text.data()), text.size());
    if (view.find('\0') != view.size() - 1) return wrong("a name is damaged");
    names.emplace_back(view.substr(0, view.size() - 1));
  }
  std::vector<MarianItem> items(count);
  for (uint64_t i = 0; i < count; ++i) {
    const uint64_t dimensions = headers[i].dimensions;
    if (dimensions < 1 || dimensions > kDimensionsMax || !read_shape(reader, dimensions, items[i])) {
      return wrong(fmt::format("the shape of '{}' is damaged", names[i]));
    }
  }
  reader.take(reader.number<uint64_t>());

  MarianFile file;
  file.name = name;
  for (uint64_t i = 0; i < count; ++i) {
    const auto data = reader.take(headers[i].data_bytes);
    if (!reader.ok()) return wrong("the file is cut short");
    const uint64_t values = static_cast<uint64_t>(items[i].rows) * static_cast<uint64_t>(items[i].columns);
    if (names[i].starts_with("special:")) {
      if (names[i] != "special:model.yml") continue;
      if (headers[i].type != kTypeInt8) return wrong("the model's options are damaged");
      const std::string_view text(reinterpret_cast<const char*>(data.data()), data.size());
      file.options = text.substr(0, text.find('\0'));
      continue;
    }
    uint64_t payload = 4 * values;
    if (headers[i].type == kTypeIntgemm8) {
      items[i].type = MarianItem::Type::intgemm8;
      payload = values + 4;
    } else if (headers[i].type != kTypeFloat32) {
      return wrong(
          fmt::format("'{}' has type {:#x}; only float32 and intgemm8 are supported", names[i], headers[i].type),
          ErrorKind::unsupported);
    }
    if (payload > data.size()) return wrong(fmt::format("'{}' has less data than its shape says", names[i]));
    items[i].data = data.first(payload);
    if (!file.items.emplace(names[i], items[i]).second) return wrong(fmt::format("'{}' occurs twice", names[i]));
  }
  if (file.options.empty()) return wrong("the model's options (special:model.yml) are missing");
  return file;
}

Result<MarianFile> open_marian(const std::string& path) {
  KABAR_ASSIGN(MappedFile mapped, MappedFile::open(path));
  auto kept = std::make_shared<const MappedFile>(std::move(mapped));
  const auto bytes = kept->bytes();
  if (bytes.size() > kModelFileBytesMax) return fail(ErrorKind::limit, path, "the file is over 4 GiB");
  const bool zip = bytes.size() > 2 && bytes[0] == std::byte{'P'} && bytes[1] == std::byte{'K'};
  KABAR_ASSIGN(MarianFile file, zip ? parse_npz(bytes, path) : parse_marian_bin(bytes, path));
  file.memory.push_back(std::move(kept));
  return file;
}

}  // namespace kabar::mt
