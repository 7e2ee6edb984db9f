// Models with random weights: what they write means nothing, how long it takes is real.
#pragma once
#include <memory>
#include <vector>

#include "mt/model.h"

namespace kabar::mt {

struct RandomModelOptions {
  int width = 64, inner = 128, heads = 4;
  int encoder_layers = 2, decoder_layers = 2;
  bool ssru = true;  // else self-attention
  bool int8 = true;
  int vocabulary = 200;  // of the source and of every target: "</s>", "<unk>", the placeholders, "w44", "w45", …
  bool placeholders = true;
  int shortlist = 0;   // candidates per source piece; 0 = no shortlist
  float end_bias = 0;  // of the end symbol's logit: very low, and no sentence ends before the length limit
  Language source = Language::id;
  std::vector<Language> other_sources;
  std::vector<Language> targets = {Language::en};
  unsigned seed = 1;
};

std::shared_ptr<const Model> random_model(const RandomModelOptions& options);

}  // namespace kabar::mt
