// A model made ready for the instruction set of this machine.
#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "mt/model.h"
#include "nn/decoder.h"
#include "nn/encoder.h"

namespace kabar::mt {

// Thread-safe. Keeps the model alive.
class PackedModel {
 public:
  // usage: KABAR_ISA names an instruction set that is not there.
  static Result<std::shared_ptr<const PackedModel>> make(std::shared_ptr<const Model> model);

  std::shared_ptr<const Model> model;
  std::unique_ptr<nn::PackedEncoder> encoder;

  struct ReadyHead {
    ReadyHead(const kernels::Kernels& kernels, const ModelHead& head);
    nn::PackedHead packed;
    std::vector<int32_t> placeholders;  // placeholder_pieces() of its vocabulary
    std::vector<int32_t> digits;        // digit_pieces() of its vocabulary
  };
  // Made when first asked for, so that a start with one language does not wait for the others.
  const ReadyHead& ready_head(int head) const;

  // The place of a language's head; -1 if there is none.
  int head(Language language) const;
  // Whether a head's vocabulary and the source's have all placeholders as pieces.
  bool keeps_placeholders(int head) const;

 private:
  struct LazyHead {
    std::once_flag once;
    std::unique_ptr<ReadyHead> ready;
  };
  const kernels::Kernels* kernels_ = nullptr;
  std::unique_ptr<LazyHead[]> heads_;  // as model->heads
};

}  // namespace kabar::mt
