// Random numbers whose whole state is one integer, so that a checkpoint holds it.
#pragma once
#include <cstdint>

namespace kabar::train {

// SplitMix64 (Steele, Lea, Flood 2014): one addition and a mixing per number.
class Random {
 public:
  explicit Random(uint64_t state) : state_(state) {}
  uint64_t next() {
    state_ += 0x9E3779B97F4A7C15u;
    uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
  }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }  // [0, 1)
  // [0, count), count > 0. The bias of the product is below count / 2^32.
  uint32_t below(uint32_t count) { return static_cast<uint32_t>(((next() >> 32) * count) >> 32); }
  uint64_t state() const { return state_; }

 private:
  uint64_t state_;
};

}  // namespace kabar::train
