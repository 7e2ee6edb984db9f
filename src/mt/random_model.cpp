#include "mt/random_model.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <fmt/format.h>

#include "mt/placeholder.h"

namespace kabar::mt {
namespace {

class Maker {
 public:
  Maker(const RandomModelOptions& options, Model& model) : options_(options), model_(model), random_(options.seed) {}

  nn::Matrix matrix(int outputs, int inputs, float size) {
    nn::Matrix matrix{.outputs = outputs, .inputs = inputs};
    const size_t count = static_cast<size_t>(outputs) * static_cast<size_t>(inputs);
    // Uniform with the variance size^2 / inputs, so that the layers keep the size of what goes through them.
    const float limit = size * std::sqrt(3.0f / static_cast<float>(inputs));
    if (options_.int8) {
      matrix.s8 = keep<int8_t>(
          count, [&](std::mt19937& random) { return static_cast<int8_t>(static_cast<int>(random() % 255) - 127); });
      matrix.scale = keep<float>(static_cast<size_t>(outputs), [&](std::mt19937&) { return limit / 127; });
    } else {
      matrix.f32 = keep<float>(count, [&](std::mt19937& random) { return uniform(random, limit); });
    }
    return matrix;
  }

  nn::Linear linear(int outputs, int inputs, bool bias = true) {
    nn::Linear linear{matrix(outputs, inputs, 1.0f), {}};
    if (bias) linear.bias = vector(outputs, 0.1f);
    return linear;
  }

  std::span<const float> vector(int count, float limit) {
    return keep<float>(static_cast<size_t>(count), [&](std::mt19937& random) { return uniform(random, limit); });
  }

  nn::LayerNorm norm() {
    const auto one = [](std::mt19937&) { return 1.0f; };
    return {keep<float>(static_cast<size_t>(options_.width), one), vector(options_.width, 0.1f)};
  }

  nn::Attention attention() {
    const int d = options_.width;
    return {linear(d, d), linear(d, d), linear(d, d), linear(d, d), norm()};
  }

  nn::FeedForward feed_forward() {
    return {linear(options_.inner, options_.width), linear(options_.width, options_.inner), norm()};
  }

  nn::Encoder encoder() {
    nn::Encoder encoder{shape(), embedding(), {}};
    for (int i = 0; i < options_.encoder_layers; ++i) encoder.layers.push_back({attention(), feed_forward()});
    return encoder;
  }

  nn::Head head(int32_t end) {
    nn::Head head;
    head.shape = shape();
    head.embedding = head.output = embedding();
    std::vector<float> bias(static_cast<size_t>(options_.vocabulary), 0.0f);
    bias[static_cast<size_t>(end)] = options_.end_bias;
    size_t next = 0;
    head.output_bias = keep<float>(bias.size(), [&](std::mt19937&) { return bias[next++]; });
    for (int i = 0; i < options_.decoder_layers; ++i) {
      nn::DecoderLayer layer{{}, {}, attention(), feed_forward()};
      if (options_.ssru) {
        layer.ssru =
            nn::Ssru{linear(options_.width, options_.width, false), linear(options_.width, options_.width), norm()};
      } else {
        layer.self = attention();
      }
      head.layers.push_back(layer);
    }
    return head;
  }

  // Random lists of target pieces for every source piece, as Marian's text format has them.
  Shortlist shortlist(const Vocabulary& vocabulary) {
    std::string text;
    for (int source = 0; source < vocabulary.size(); ++source) {
      for (int i = 0; i < options_.shortlist; ++i) {
        const int target = static_cast<int>(random_() % static_cast<unsigned>(vocabulary.size()));
        text += fmt::format("{} {} 0.1\n", vocabulary.piece(target), vocabulary.piece(source));
      }
    }
    return Shortlist::parse_text(text, "random", vocabulary, vocabulary, options_.shortlist, options_.shortlist)
        .value();
  }

  Vocabulary vocabulary() const {
    std::string list = "</s>\n<unk>\n";
    int count = 2;
    for (const char kind : options_.placeholders ? kPlaceholderKinds : std::string_view()) {
      for (int index = 0; index < kPlaceholdersPerKind; ++index, ++count) list += to_string({kind, index}) + "\n";
    }
    for (; count < options_.vocabulary; ++count) list += fmt::format("w{}\n", count);
    return Vocabulary::parse_list(list, "random").value();
  }

 private:
  static float uniform(std::mt19937& random, float limit) {
    return (static_cast<float>(random() % 65536) / 32768 - 1) * limit;
  }

  template <typename T, typename Next>
  std::span<const T> keep(size_t count, const Next& next) {
    auto values = std::make_shared<std::vector<T>>(count);
    for (T& value : *values) value = next(random_);
    model_.memory.push_back(values);
    return *values;
  }

  nn::Shape shape() const { return {options_.width, options_.heads, options_.inner, nn::Activation::relu}; }
  // An embedding is multiplied with the root of the width; it comes out as large as the position signal.
  nn::Matrix embedding() { return matrix(options_.vocabulary, options_.width, 1.0f); }

  const RandomModelOptions& options_;
  Model& model_;
  std::mt19937 random_;
};

}  // namespace

std::shared_ptr<const Model> random_model(const RandomModelOptions& options) {
  auto model = std::make_shared<Model>();
  Maker maker(options, *model);
  model->name = "random";
  model->version = "1";
  model->source = options.source;
  model->other_sources = options.other_sources;
  model->source_vocabulary = maker.vocabulary();
  model->encoder = maker.encoder();
  for (const Language target : options.targets) {
    ModelHead head;
    head.language = target;
    head.vocabulary = maker.vocabulary();
    head.weights = maker.head(head.vocabulary.end());
    head.shares_source_vocabulary = true;
    if (options.shortlist > 0) head.shortlist = maker.shortlist(model->source_vocabulary);
    model->heads.push_back(std::move(head));
  }
  std::sort(model->heads.begin(), model->heads.end(),
            [](const ModelHead& a, const ModelHead& b) { return a.language < b.language; });
  return model;
}

}  // namespace kabar::mt
