// A training run on disk: "KABARCK1", the header as little-endian 64-bit integers, then the arrays as floats.
// For resuming on the same kind of machine, not for keeping: what is kept is the package.
#pragma once
#include <cstdint>
#include <filesystem>
#include <span>

#include "base/result.h"
#include "train/layout.h"
#include "train/sampler.h"

namespace kabar::train {

struct CheckpointHeader {
  NetworkShape shape;
  int64_t step = 0;
  uint64_t random = 0;
  SamplerState sampler;
};

// Written beside, flushed, renamed: a reader finds the old checkpoint or the new. io.
Result<void> write_checkpoint(const std::filesystem::path& path, const CheckpointHeader& header,
                              std::span<const std::span<const float>> arrays);
// Fills the arrays. not_found; bad_input when the file is not a whole checkpoint of a network of `shape`, or when it
// has fewer values than the arrays.
Result<CheckpointHeader> read_checkpoint(const std::filesystem::path& path, const NetworkShape& shape,
                                         std::span<const std::span<float>> arrays);

}  // namespace kabar::train
