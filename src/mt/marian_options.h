// The options of a Marian model (special:model.yml) that decide what is computed.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "nn/weights.h"

namespace kabar::mt {

struct MarianOptions {
  nn::Shape encoder, decoder;
  int encoder_layers = 0, decoder_layers = 0;
  bool ssru = false;  // else self-attention
  bool output_is_embedding = false;
  bool has_output_bias = true;
  int alignment_layer = -1;  // as in nn::Head
};

// Errors: bad_input, limit; unsupported with the name of the option that asks for something we do not compute.
Result<MarianOptions> parse_marian_options(std::string_view yaml, std::string_view name);

}  // namespace kabar::mt
