// A prefix tree over the pieces of a vocabulary, kept in one open-addressed table.
// Built in one pass (about a millisecond for 8,000 pieces); immutable and thread-safe afterwards.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace kabar::mt {

class PieceTrie {
 public:
  static constexpr uint32_t kRoot = 0;
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  PieceTrie() = default;
  // At most `bytes_total` bytes will be inserted.
  explicit PieceTrie(size_t bytes_total);

  // Of two equal pieces the first keeps its id; returns false for the second.
  bool insert(std::string_view piece, int32_t id);

  // The node below `node` for this byte, or kNone.
  uint32_t child(uint32_t node, unsigned char byte) const;
  // The id of the piece that ends at this node, or -1.
  int32_t id_at(uint32_t node) const { return ids_[node]; }
  // The id of exactly this piece, or -1.
  int32_t find(std::string_view piece) const;

 private:
  struct Slot {
    uint64_t key = 0;  // parent * 256 + byte + 1; 0 = free
    uint32_t child = 0;
  };
  size_t slot_of(uint64_t key) const;

  std::vector<Slot> slots_{Slot{}};
  std::vector<int32_t> ids_{-1};
  int shift_ = 63;
};

}  // namespace kabar::mt
