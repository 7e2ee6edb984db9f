#include "nn/arena.h"

#include <sys/mman.h>

#include <algorithm>
#include <new>

#include "kernels/aligned.h"

namespace kabar::nn {
namespace {

// Blocks are whole large pages: the keys and values of a text would fill the processor's table of small ones.
constexpr size_t kHugePage = size_t{1} << 21;

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
    block.size = std::max(size, bytes());
    block.size = (block.size + kHugePage - 1) / kHugePage * kHugePage;
    block.memory.reset(static_cast<std::byte*>(std::aligned_alloc(kHugePage, block.size)));
    if (block.memory == nullptr) throw std::bad_alloc();
    // A wish only: where it is not granted, the memory is as good, but slower to walk through.
    ::madvise(block.memory.get(), block.size, MADV_HUGEPAGE);
    blocks_.push_back(std::move(block));
    used_ = 0;
  }
  std::byte* memory = blocks_[block_].memory.get() + used_;
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
