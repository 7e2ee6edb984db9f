#include "nn/arena.h"

#include <algorithm>
#include <cstdint>

#include "kernels/aligned.h"

namespace kabar::nn {
namespace {

constexpr size_t kBlockBytesMin = size_t{1} << 20;

size_t aligned(size_t size) { return (size + kernels::kAlignment - 1) / kernels::kAlignment * kernels::kAlignment; }

}  // namespace

void* Arena::take_bytes(size_t size) {
  size = aligned(size);
  while (block_ < blocks_.size() && used_ + size > blocks_[block_].size) {
    ++block_;
    used_ = 0;
  }
  if (block_ == blocks_.size()) {
    // Each block is as large as all before it, so a pass of any size needs few of them.
    Block block;
    block.size = std::max({kBlockBytesMin, size, bytes()});
    block.memory.reset(new std::byte[block.size + kernels::kAlignment]);
    const auto address = reinterpret_cast<uintptr_t>(block.memory.get());
    block.start = block.memory.get() + (aligned(address) - address);
    blocks_.push_back(std::move(block));
    used_ = 0;
  }
  std::byte* memory = blocks_[block_].start + used_;
  used_ += size;
  return memory;
}

void Arena::rewind(Mark mark) {
  block_ = mark.block;
  used_ = mark.used;
}

size_t Arena::bytes() const {
  size_t sum = 0;
  for (const Block& block : blocks_) sum += block.size;
  return sum;
}

}  // namespace kabar::nn
