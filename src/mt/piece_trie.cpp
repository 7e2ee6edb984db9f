#include "mt/piece_trie.h"

#include <bit>

namespace kabar::mt {

PieceTrie::PieceTrie(size_t bytes_total) {
  // At most half full, so that a probe ends soon.
  const size_t slots = std::bit_ceil(2 * bytes_total + 2);
  slots_.assign(slots, Slot{});
  shift_ = 64 - std::countr_zero(slots);
  ids_.reserve(bytes_total / 2 + 1);
}

size_t PieceTrie::slot_of(uint64_t key) const {
  // Fibonacci hashing: the high bits of key * 2^64/phi.
  size_t slot = static_cast<size_t>((key * 0x9E3779B97F4A7C15u) >> shift_);
  while (slots_[slot].key != 0 && slots_[slot].key != key) slot = (slot + 1) & (slots_.size() - 1);
  return slot;
}

bool PieceTrie::insert(std::string_view piece, int32_t id) {
  uint32_t node = kRoot;
  for (const char c : piece) {
    const uint64_t key = node * uint64_t{256} + static_cast<unsigned char>(c) + 1;
    Slot& slot = slots_[slot_of(key)];
    if (slot.key == 0) {
      slot = {key, static_cast<uint32_t>(ids_.size())};
      ids_.push_back(-1);
    }
    node = slot.child;
  }
  if (ids_[node] >= 0) return false;
  ids_[node] = id;
  return true;
}

uint32_t PieceTrie::child(uint32_t node, unsigned char byte) const {
  const uint64_t key = node * uint64_t{256} + byte + 1;
  const Slot& slot = slots_[slot_of(key)];
  return slot.key == key ? slot.child : kNone;
}

int32_t PieceTrie::find(std::string_view piece) const {
  uint32_t node = kRoot;
  for (const char c : piece) {
    node = child(node, static_cast<unsigned char>(c));
    if (node == kNone) return -1;
  }
  return ids_[node];
}

}  // namespace kabar::mt
