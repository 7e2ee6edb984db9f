#include "train/pack.h"

#include <fmt/format.h>

#include <cstring>

#include "base/file.h"

namespace kabar::train {
namespace {

constexpr std::string_view kMagic = "KABARPK1";
constexpr size_t kPackBytesMax = size_t{4} << 30;

void put_u16(std::string& out, size_t value) {
  out += static_cast<char>(value & 0xFF);
  out += static_cast<char>(value >> 8);
}

void put_pieces(std::string& out, const std::vector<uint16_t>& pieces) {
  for (const uint16_t piece : pieces) put_u16(out, piece);
}

// Reads little-endian numbers; after the end of the bytes everything is 0 and ok() is false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  bool ok() const { return ok_; }
  bool at_end() const { return position_ == bytes_.size(); }

  uint8_t u8() {
    if (position_ >= bytes_.size()) {
      ok_ = false;
      return 0;
    }
    return static_cast<uint8_t>(bytes_[position_++]);
  }
  uint16_t u16() {
    const int low = u8();
    return static_cast<uint16_t>(low | u8() << 8);
  }
  uint32_t u32() {
    const uint32_t low = u16();
    return low | static_cast<uint32_t>(u16()) << 16;
  }
  std::vector<uint16_t> pieces(size_t count) {
    if (count * 2 > bytes_.size() - position_) {
      ok_ = false;
      return {};
    }
    std::vector<uint16_t> result(count);
    for (uint16_t& piece : result) piece = u16();
    return result;
  }

 private:
  std::string_view bytes_;
  size_t position_ = 0;
  bool ok_ = true;
};

bool read_target(Reader& reader, size_t source_size, PackedTarget& target) {
  target.head = reader.u8();
  reader.u8();
  const size_t size = reader.u16();
  const size_t link_count = reader.u16();
  target.pieces = reader.pieces(size);
  if (target.head >= kHeads.size()) return false;
  for (size_t i = 0; i < link_count && reader.ok(); ++i) {
    PieceLink link;
    link.source = reader.u16();
    link.target = reader.u16();
    if (link.source >= source_size || link.target >= size) return false;
    target.links.push_back(link);
  }
  return reader.ok();
}

bool read_record(Reader& reader, PackedRecord& record) {
  record.source_language = reader.u8();
  record.group = reader.u8();
  const int target_count = reader.u8();
  reader.u8();
  const size_t size = reader.u16();
  record.pieces = reader.pieces(size);
  if (!reader.ok() || record.source_language >= kSources.size()) return false;
  record.targets.resize(static_cast<size_t>(target_count));
  for (PackedTarget& target : record.targets) {
    if (!read_target(reader, size, target)) return false;
  }
  return true;
}

}  // namespace

Result<void> write_pack(const std::filesystem::path& path, const std::vector<PackedRecord>& records) {
  std::string out(kMagic);
  put_u16(out, records.size() & 0xFFFF);
  put_u16(out, records.size() >> 16);
  for (const PackedRecord& record : records) {
    out += static_cast<char>(record.source_language);
    out += static_cast<char>(record.group);
    out += static_cast<char>(record.targets.size());
    out += '\0';
    if (record.pieces.size() > 0xFFFF) return fail(ErrorKind::limit, path.string(), "a source is too long");
    put_u16(out, record.pieces.size());
    put_pieces(out, record.pieces);
    for (const PackedTarget& target : record.targets) {
      if (target.pieces.size() > 0xFFFF || target.links.size() > 0xFFFF) {
        return fail(ErrorKind::limit, path.string(), "a target is too long");
      }
      out += static_cast<char>(target.head);
      out += '\0';
      put_u16(out, target.pieces.size());
      put_u16(out, target.links.size());
      put_pieces(out, target.pieces);
      for (const PieceLink& link : target.links) {
        put_u16(out, link.source);
        put_u16(out, link.target);
      }
    }
  }
  return disk().write(path, out);
}

Result<std::vector<PackedRecord>> parse_pack(std::string_view bytes, std::string_view name) {
  if (!bytes.starts_with(kMagic)) return fail(ErrorKind::bad_input, std::string(name), "not a pack of training data");
  Reader reader(bytes.substr(kMagic.size()));
  const uint32_t count = reader.u32();
  // A record takes at least 6 bytes, so a wrong count cannot ask for more memory than the file deserves.
  if (!reader.ok() || count > bytes.size() / 6)
    return fail(ErrorKind::bad_input, std::string(name), "fewer records than it says");
  std::vector<PackedRecord> records(count);
  for (size_t i = 0; i < records.size(); ++i) {
    if (!read_record(reader, records[i])) {
      return fail(ErrorKind::bad_input, fmt::format("{}: record {}", name, i), "cut off or out of range");
    }
  }
  if (!reader.at_end()) return fail(ErrorKind::bad_input, std::string(name), "has bytes after its last record");
  return records;
}

Result<std::vector<PackedRecord>> read_pack(const std::filesystem::path& path) {
  KABAR_ASSIGN(const std::string bytes, read_file(path, kPackBytesMax));
  return parse_pack(bytes, path.string());
}

}  // namespace kabar::train
