// A model made ready for the instruction set of this machine.
#pragma once
#include <memory>
#include <vector>

#include "mt/model.h"
#include "nn/decoder.h"
#include "nn/encoder.h"

namespace kabar::mt {

// Immutable, so thread-safe. Keeps the model alive.
struct PackedModel {
  // usage: KABAR_ISA names an instruction set that is not there.
  static Result<std::shared_ptr<const PackedModel>> make(std::shared_ptr<const Model> model);

  std::shared_ptr<const Model> model;
  std::unique_ptr<nn::PackedEncoder> encoder;
  std::vector<std::unique_ptr<nn::PackedHead>> heads;  // as model->heads

  // The place of a language's head; -1 if there is none.
  int head(Language language) const;
  // Whether a head's vocabulary and the source's have all placeholders as pieces.
  bool keeps_placeholders(int head) const;
};

}  // namespace kabar::mt
