#include "nn/positions.h"

#include <algorithm>
#include <cmath>

#include "base/result.h"

namespace kabar::nn {

const float* Positions::row(int position) const {
  KABAR_CHECK(position >= 0 && position < kCount);
  Chunk& chunk = (*chunks_)[static_cast<size_t>(position / kChunk)];
  std::call_once(chunk.once, [&] { fill(chunk, position / kChunk * kChunk); });
  return chunk.rows.data() + static_cast<size_t>(position % kChunk) * static_cast<size_t>(width_);
}

void Positions::fill(Chunk& chunk, int first) const {
  const int half = width_ / 2;
  const float step = std::log(10000.0f) / static_cast<float>(std::max(half - 1, 1));
  chunk.rows.assign(static_cast<size_t>(kChunk) * static_cast<size_t>(width_), 0.0f);
  for (int i = 0; i < half; ++i) {
    const float frequency = std::exp(static_cast<float>(i) * -step);
    for (int t = 0; t < kChunk; ++t) {
      const float angle = static_cast<float>(first + t) * frequency;
      float* row = chunk.rows.data() + static_cast<size_t>(t) * static_cast<size_t>(width_);
      row[i] = std::sin(angle);
      row[half + i] = std::cos(angle);
    }
  }
}

}  // namespace kabar::nn
