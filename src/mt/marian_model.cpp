#include "mt/marian_model.h"

#include <cstring>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "mt/limits.h"
#include "mt/marian_options.h"
#include "mt/weight_names.h"

namespace kabar::mt {
namespace {

constexpr std::string_view kAlphaSuffix = "_QuantMultA";

// Fills weights from the items of the file. The first fault is kept and ends the work of all later calls.
class Filler {
 public:
  Filler(const MarianFile& file, std::vector<std::shared_ptr<const void>>& memory) : file_(file), memory_(memory) {}

  const std::optional<Error>& error() const { return error_; }

  // Marian computes x W with W of [inputs][outputs]; int8 bytes lie transposed already, behind the same header.
  void matrix(const std::string& name, nn::Matrix& matrix, int outputs, int inputs) {
    const MarianItem* item = find(name, inputs, outputs);
    if (item == nullptr) return;
    if (item->type == MarianItem::Type::intgemm8) {
      fill_int8(*item, name, matrix, outputs, inputs);
    } else {
      const std::span<float> values = allocate(static_cast<size_t>(outputs) * static_cast<size_t>(inputs));
      const std::byte* from = item->data.data();
      for (size_t i = 0; i < static_cast<size_t>(inputs); ++i) {
        for (size_t o = 0; o < static_cast<size_t>(outputs); ++o, from += sizeof(float)) {
          std::memcpy(&values[o * static_cast<size_t>(inputs) + i], from, sizeof(float));
        }
      }
      matrix = float_matrix(outputs, inputs, values);
    }
  }

  void vector(const std::string& name, std::span<const float>& values, int size) {
    const MarianItem* item = find(name, 1, size);
    if (item == nullptr) return;
    if (item->type != MarianItem::Type::f32) return wrong(fmt::format("'{}' is not float32", name));
    const std::span<float> copy = allocate(static_cast<size_t>(size));
    std::memcpy(copy.data(), item->data.data(), item->data.size());
    values = copy;
  }

  // A table with one row per piece of the vocabulary, which lies as we want it, int8 or not.
  void table(const std::string& name, nn::Matrix& matrix, int width) {
    const auto found = file_.items.find(name);
    const int rows = found == file_.items.end() ? 0 : found->second.rows;
    const MarianItem* item = find(name, rows, width);
    if (item == nullptr) return;
    if (rows > static_cast<int>(kVocabularyMax)) return wrong(fmt::format("'{}' has too many rows", name));
    if (item->type == MarianItem::Type::intgemm8) {
      fill_int8(*item, name, matrix, rows, width);
    } else {
      const std::span<float> copy = allocate(static_cast<size_t>(rows) * static_cast<size_t>(width));
      std::memcpy(copy.data(), item->data.data(), item->data.size());
      matrix = float_matrix(rows, width, copy);
    }
  }

  // The multiplier of the input of a matrix, or 0. Those of embeddings went through the same quantiser as the
  // embeddings themselves: one int8 value with its own multiplier.
  float alpha(const std::string& name) {
    const auto found = file_.items.find(name + std::string(kAlphaSuffix));
    if (found == file_.items.end()) return 0;
    const MarianItem& item = found->second;
    float value = 0;
    if (item.rows * item.columns != 1) {
      wrong(fmt::format("'{}' is not one number", found->first));
    } else if (item.type == MarianItem::Type::f32) {
      std::memcpy(&value, item.data.data(), sizeof value);
    } else {
      float multiplier = 0;
      std::memcpy(&multiplier, item.data.data() + 1, sizeof multiplier);
      value = static_cast<float>(static_cast<int8_t>(item.data[0])) * (1.0f / multiplier);
    }
    if (!(value > 1e-6f && value < 1e9f)) {
      wrong(fmt::format("'{}' is no usable multiplier", found->first));
      value = 0;
    }
    return value;
  }

  bool has(const std::string& name) const { return file_.items.count(name) > 0; }

  // A parameter that nobody asked for belongs to a network that we do not compute.
  void expect_all_used() {
    for (const auto& [name, item] : file_.items) {
      if (error_) return;
      if (used_.count(name) == 0 && !name.ends_with(kAlphaSuffix)) {
        error_ = Error{ErrorKind::unsupported, file_.name,
                       fmt::format("parameter '{}' is not part of a network we know", name)};
      }
    }
  }

 private:
  void wrong(std::string message) {
    if (!error_) error_ = Error{ErrorKind::bad_input, file_.name, std::move(message)};
  }

  const MarianItem* find(const std::string& name, int rows, int columns) {
    if (error_) return nullptr;
    const auto found = file_.items.find(name);
    if (found == file_.items.end()) {
      wrong(fmt::format("parameter '{}' is missing", name));
      return nullptr;
    }
    const MarianItem& item = found->second;
    if (item.rows != rows || item.columns != columns) {
      wrong(fmt::format("'{}' is {}x{}, the options ask for {}x{}", name, item.rows, item.columns, rows, columns));
      return nullptr;
    }
    used_.insert(name);
    return &item;
  }

  void fill_int8(const MarianItem& item, const std::string& name, nn::Matrix& matrix, int outputs, int inputs) {
    const size_t count = item.data.size() - sizeof(float);
    float multiplier = 0;
    std::memcpy(&multiplier, item.data.data() + count, sizeof multiplier);
    if (!(multiplier > 1e-6f && multiplier < 1e9f)) return wrong(fmt::format("'{}' has no usable multiplier", name));
    const std::span<float> scale = allocate(static_cast<size_t>(outputs));
    std::fill(scale.begin(), scale.end(), 1.0f / multiplier);
    matrix = {};
    matrix.outputs = outputs;
    matrix.inputs = inputs;
    matrix.s8 = {reinterpret_cast<const int8_t*>(item.data.data()), count};
    matrix.scale = scale;
    matrix.input_multiplier = alpha(name);
  }

  static nn::Matrix float_matrix(int outputs, int inputs, std::span<const float> values) {
    nn::Matrix matrix;
    matrix.outputs = outputs;
    matrix.inputs = inputs;
    matrix.f32 = values;
    return matrix;
  }

  std::span<float> allocate(size_t count) {
    auto buffer = std::make_shared<std::vector<float>>(count);
    const std::span<float> values = *buffer;
    memory_.push_back(std::move(buffer));
    return values;
  }

  const MarianFile& file_;
  std::vector<std::shared_ptr<const void>>& memory_;
  std::set<std::string, std::less<>> used_;
  std::optional<Error> error_;
};

void fill_output(Filler& filler, const MarianOptions& options, nn::Head& head) {
  const int vocabulary = head.embedding.outputs;
  if (options.output_is_embedding) {
    head.output = head.embedding;
    if (!head.output.s8.empty() && head.output.input_multiplier == 0) {
      head.output.input_multiplier = filler.alpha("none");
    }
  } else if (filler.has(kOutputMatrix)) {
    filler.table(kOutputMatrix, head.output, head.shape.width);
  } else {
    filler.matrix("decoder_ff_logit_out_W", head.output, vocabulary, head.shape.width);
  }
  if (options.has_output_bias) filler.vector(kOutputBias, head.output_bias, vocabulary);
}

}  // namespace

Result<MarianWeights> build_marian(MarianFile file) {
  KABAR_ASSIGN(const MarianOptions options, parse_marian_options(file.options, file.name));
  MarianWeights weights;
  weights.memory = file.memory;
  Filler filler(file, weights.memory);
  const bool one_table = filler.has("Wemb");

  weights.encoder.shape = options.encoder;
  weights.encoder.layers.resize(static_cast<size_t>(options.encoder_layers));
  filler.table(one_table ? "Wemb" : kSourceEmbedding, weights.encoder.embedding, options.encoder.width);
  visit_encoder_layers(filler, weights.encoder);

  nn::Head& head = weights.head;
  head.shape = options.decoder;
  head.alignment_layer = options.alignment_layer;
  head.layers.resize(static_cast<size_t>(options.decoder_layers));
  for (nn::DecoderLayer& layer : head.layers) {
    if (options.ssru) {
      layer.ssru.emplace();
    } else {
      layer.self.emplace();
    }
  }
  filler.table(one_table ? "Wemb" : kTargetEmbedding, head.embedding, options.decoder.width);
  visit_head_layers(filler, head);
  fill_output(filler, options, head);
  filler.expect_all_used();
  if (filler.error()) return tl::unexpected<Error>(*filler.error());
  // Marian stores an untied int8 output matrix transposed, in a way that we have not seen in a file.
  if (!options.output_is_embedding && !head.output.s8.empty()) {
    return fail(ErrorKind::unsupported, file.name, "an int8 output matrix of its own");
  }
  return weights;
}

}  // namespace kabar::mt
