// Turns the parameters of a Marian file into weights.
#pragma once
#include <memory>
#include <vector>

#include "mt/marian_file.h"
#include "nn/weights.h"

namespace kabar::mt {

struct MarianWeights {
  nn::Encoder encoder;
  nn::Head head;
  std::vector<std::shared_ptr<const void>> memory;  // what the weights point into, the file's memory included
};

// Post-norm Transformers with SSRU or self-attention decoders, float32 or intgemm8 with or without alphas.
// Errors: unsupported, naming the option or parameter that we do not implement; bad_input for a parameter that is
// missing or has another shape than the options say; limit.
Result<MarianWeights> build_marian(MarianFile file);

}  // namespace kabar::mt
