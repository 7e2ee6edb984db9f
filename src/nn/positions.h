// The signal that tells the network where in the sentence a token stands.
#pragma once
#include <array>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace kabar::nn {

// Sines in the first half of the row, cosines in the second (Marian's order): angle = t * 10000^(-i / (width/2 - 1)).
// Rows are computed when first asked for. Thread-safe.
class Positions {
 public:
  explicit Positions(int width) : width_(width) {}
  static constexpr int kCount = 1 << 14;  // positions 0 … kCount - 1

  const float* row(int position) const;

 private:
  static constexpr int kChunk = 64;
  struct Chunk {
    std::once_flag once;
    std::vector<float> rows;
  };
  void fill(Chunk& chunk, int first) const;

  int width_;
  std::unique_ptr<std::array<Chunk, kCount / kChunk>> chunks_ = std::make_unique<std::array<Chunk, kCount / kChunk>>();
};

}  // namespace kabar::nn
