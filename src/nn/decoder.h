// A decoder head, packed for one instruction set, and the state of decoding a group of sentences with it.
#pragma once
#include <memory>
#include <mutex>

#include "nn/layers.h"

namespace kabar::nn {

// Immutable, so thread-safe. Keeps spans of `weights`: the memory that they point into must live on.
class PackedHead {
 public:
  PackedHead(const kernels::Kernels& kernels, const Head& weights);

  const kernels::Kernels& kernels() const { return kernels_; }
  int width() const { return weights_.shape.width; }
  int vocabulary() const { return weights_.output.outputs; }

 private:
  friend class Decoder;
  struct Layer {
    std::unique_ptr<Affine> ssru_input, ssru_forget;  // exactly one of these two …
    LayerNorm ssru_norm;
    std::unique_ptr<PackedAttention> self;  // … and this is there
    PackedAttention cross;
    PackedFeedForward feed_forward;
  };
  // The output layer for the whole vocabulary: packed at the first use, as heads with shortlists never need it.
  const Affine& full_output() const;

  const kernels::Kernels& kernels_;
  Head weights_;
  std::vector<Layer> layers_;
  Positions positions_;
  std::vector<int32_t> output_sums_;  // TableS8::sums, where the kernels read them
  mutable std::once_flag full_output_once_;
  mutable Affine full_output_;
};

// One row of a step: a hypothesis of a sentence.
struct DecoderRow {
  int sentence = 0;
  int32_t token = -1;  // the one before, -1 at the start
  int parent = 0;      // its row in the step before; not read at the start
};

// Not thread-safe: one per worker. Its memory is the arena's, so a step allocates nothing from the system once the
// arena has grown (only the past of self-attention has memory of its own). What was taken from the arena after a step
// is taken back at the start of the next one.
class Decoder {
 public:
  // `states`: the encoder's, sentence s in rows [starts[s], starts[s + 1]). No step has more than `rows_max` rows.
  Decoder(const PackedHead& head, const Rows& states, std::span<const int> starts, int rows_max, Arena& arena);

  // Advances by one token. All rows are at the same position.
  void step(std::span<const DecoderRow> rows);
  // What follows is about the latest step.
  // Softmax over the source tokens of the row's sentence, from the alignment head.
  std::span<const float> attention(int row) const { return attention_[static_cast<size_t>(row)]; }
  // out[i] = logit of ids[i].
  void logits(int row, std::span<const int32_t> ids, float* out);
  // The logits of the whole vocabulary, one row per row of the step; the caller's until the next step.
  Rows all_logits();

 private:
  struct LayerState {
    std::span<const float*> keys, values;            // cross attention, one per source token
    Rows cells, cells_before;                        // SSRU, one per row of the latest step and of the one before
    std::vector<std::span<const float*>> past_keys;  // self-attention: [position][row]
    std::vector<std::span<const float*>> past_values;
  };
  void remember(std::span<const DecoderRow> rows);
  void ssru(const PackedHead::Layer& layer, LayerState& state, std::span<const DecoderRow> rows, const Rows& x);
  void attend_self(const PackedHead::Layer& layer, LayerState& state, const Rows& x);
  void attend_source(const PackedHead::Layer& layer, const LayerState& state, std::span<const DecoderRow> rows,
                     const Rows& x, bool keep_attention);
  int length(int sentence) const {
    return starts_[static_cast<size_t>(sentence) + 1] - starts_[static_cast<size_t>(sentence)];
  }

  const PackedHead& head_;
  std::span<const int> starts_;
  Arena& arena_;
  std::vector<LayerState> layers_;
  Arena past_;        // keys and values of self-attention
  Arena::Mark step_;  // where a step's own memory begins
  int position_ = 0;
  bool has_self_attention_ = false;
  // For each row, its ancestor's row in every step up to now; only with self-attention.
  std::vector<std::vector<int>> ancestors_, ancestors_before_;
  Rows x_buffer_;
  Rows x_;  // the latest step's part of it
  std::span<float> attention_buffer_;
  int attention_stride_ = 0;
  std::vector<std::span<float>> attention_;
  std::optional<Input> output_input_;
};

}  // namespace kabar::nn
