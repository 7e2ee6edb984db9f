// Scratch memory of one training step: taken piece by piece, given back all at once, kept for the next step.
// Fresh pages are dear on virtual machines, so after the first steps there are none.
#pragma once
#include <cstddef>
#include <vector>

namespace kabar::train {

// Memory straight from the system, in huge pages where it gives them, zeroed.
class Block {
 public:
  explicit Block(size_t bytes);
  ~Block();
  Block(Block&& other) noexcept;
  Block& operator=(Block&& other) noexcept;
  std::byte* data() const { return data_; }
  size_t size() const { return size_; }

 private:
  std::byte* data_ = nullptr;
  size_t size_ = 0;
};

// A fixed array of zeros in such memory.
template <class Real>
class Buffer {
 public:
  Buffer() : block_(0) {}
  explicit Buffer(size_t count) : block_(count * sizeof(Real)), size_(count) {}
  Real* data() { return reinterpret_cast<Real*>(block_.data()); }
  const Real* data() const { return reinterpret_cast<const Real*>(block_.data()); }
  size_t size() const { return size_; }

 private:
  Block block_;
  size_t size_ = 0;
};

class Arena {
 public:
  // Uninitialised, aligned to 64 bytes, valid until reset().
  template <class Real>
  Real* take(size_t count) {
    return reinterpret_cast<Real*>(take_bytes(count * sizeof(Real)));
  }
  template <class Real>
  Real* take(int rows, int columns) {
    return take<Real>(static_cast<size_t>(rows) * static_cast<size_t>(columns));
  }
  // Several blocks become one that is large enough for the same again.
  void reset();

 private:
  std::byte* take_bytes(size_t bytes);

  std::vector<Block> blocks_;
  size_t used_ = 0;   // of the last block
  size_t total_ = 0;  // since the last reset
};

}  // namespace kabar::train
