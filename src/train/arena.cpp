#include "train/arena.h"

#include <sys/mman.h>

#include <algorithm>
#include <utility>

#include "base/result.h"

namespace kabar::train {

namespace {
constexpr size_t kHugePage = size_t{2} << 20;
}

Block::Block(size_t bytes) : size_((bytes + kHugePage - 1) / kHugePage * kHugePage) {
  if (size_ == 0) return;
  void* memory = mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  KABAR_CHECK(memory != MAP_FAILED);
  static_cast<void>(madvise(memory, size_, MADV_HUGEPAGE));  // only a hint
  data_ = static_cast<std::byte*>(memory);
}

Block::~Block() {
  if (data_ != nullptr) munmap(data_, size_);
}

Block::Block(Block&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Block& Block::operator=(Block&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

std::byte* Arena::take_bytes(size_t bytes) {
  bytes = (bytes + 63) / 64 * 64;
  if (blocks_.empty() || used_ + bytes > blocks_.back().size()) {
    blocks_.emplace_back(std::max(bytes, size_t{64} << 20));
    used_ = 0;
  }
  std::byte* start = blocks_.back().data() + used_;
  used_ += bytes;
  total_ += bytes;
  return start;
}

void Arena::reset() {
  if (blocks_.size() > 1) {
    blocks_.clear();
    blocks_.emplace_back(total_ + total_ / 4);
  }
  used_ = 0;
  total_ = 0;
}

}  // namespace kabar::train
