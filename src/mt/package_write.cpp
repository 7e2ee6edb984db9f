#include <algorithm>
#include <cmath>
#include <deque>

#include <fmt/format.h>

#include "base/file.h"
#include "mt/package.h"
#include "mt/package_files.h"
#include "mt/safetensors.h"
#include "mt/vocabulary.h"
#include "mt/weight_names.h"

namespace kabar::mt {
namespace {

namespace fs = std::filesystem;

// Collects tensors; what had to be made is kept here until the file is written.
class Collector {
 public:
  Collector(Precision precision, std::string place) : precision_(precision), place_(std::move(place)) {}

  Safetensors file;

  void matrix(const std::string& name, const nn::Matrix& matrix, int outputs, int inputs) {
    const size_t count = static_cast<size_t>(outputs) * static_cast<size_t>(inputs);
    const bool is_int8 = !matrix.s8.empty();
    if (matrix.outputs != outputs || matrix.inputs != inputs ||
        (is_int8 ? matrix.s8.size() : matrix.f32.size()) != count ||
        (is_int8 && matrix.scale.size() != static_cast<size_t>(outputs))) {
      return wrong(fmt::format("matrix '{}' is not {}x{}", name, outputs, inputs));
    }
    if (is_int8) {
      add(name, TensorType::i8, matrix.s8, {outputs, inputs});
      add(name + ".scale", TensorType::f32, matrix.scale, {outputs});
      if (matrix.input_multiplier > 0) {
        floats_.push_back({matrix.input_multiplier});
        add(name + ".alpha", TensorType::f32, std::span<const float>(floats_.back()), {1});
      }
    } else if (precision_ == Precision::int8) {
      quantise(name, matrix);
    } else {
      add(name, TensorType::f32, matrix.f32, {outputs, inputs});
    }
  }

  void vector(const std::string& name, const std::span<const float>& values, int size) {
    if (values.size() != static_cast<size_t>(size))
      return wrong(fmt::format("vector '{}' has not {} values", name, size));
    add(name, TensorType::f32, values, {size});
  }

  void shape(std::string_view format, const nn::Shape& shape, size_t layers) {
    constexpr std::string_view kActivations[] = {"relu", "swish", "gelu"};  // in the order of nn::Activation
    file.metadata = {{"format", std::string(format)},
                     {"format_version", std::to_string(kPackageFormat)},
                     {"width", std::to_string(shape.width)},
                     {"heads", std::to_string(shape.heads)},
                     {"inner", std::to_string(shape.inner)},
                     {"activation", std::string(kActivations[static_cast<size_t>(shape.activation)])},
                     {"layers", std::to_string(layers)}};
  }

  Result<std::string> finish() const {
    if (error_) return tl::unexpected<Error>(*error_);
    return serialize_safetensors(file);
  }
  void wrong(std::string message) {
    if (!error_) error_ = Error{ErrorKind::bad_input, place_, std::move(message)};
  }

 private:
  template <typename T>
  void add(const std::string& name, TensorType type, std::span<const T> values, std::initializer_list<int> shape) {
    file.tensors[name] = {type, std::vector<size_t>(shape.begin(), shape.end()), std::as_bytes(values)};
  }

  // Each output has its own scale max|w| / 127; halves are rounded to even.
  void quantise(const std::string& name, const nn::Matrix& matrix) {
    const size_t inputs = static_cast<size_t>(matrix.inputs), outputs = static_cast<size_t>(matrix.outputs);
    std::vector<int8_t>& values = bytes_.emplace_back(outputs * inputs);
    std::vector<float>& scale = floats_.emplace_back(outputs);
    for (size_t o = 0; o < outputs; ++o) {
      const std::span<const float> row = matrix.f32.subspan(o * inputs, inputs);
      float largest = 0;
      for (const float w : row) {
        if (!std::isfinite(w)) return wrong(fmt::format("matrix '{}' has values that are not finite", name));
        largest = std::max(largest, std::fabs(w));
      }
      scale[o] = largest > 0 ? largest / 127.0f : 1.0f;
      for (size_t i = 0; i < inputs; ++i) {
        values[o * inputs + i] = static_cast<int8_t>(std::clamp(std::nearbyint(row[i] / scale[o]), -127.0f, 127.0f));
      }
    }
    add(name, TensorType::i8, std::span<const int8_t>(values), {matrix.outputs, matrix.inputs});
    add(name + ".scale", TensorType::f32, std::span<const float>(scale), {matrix.outputs});
  }

  Precision precision_;
  std::string place_;
  std::optional<Error> error_;
  std::deque<std::vector<int8_t>> bytes_;
  std::deque<std::vector<float>> floats_;
};

using Files = std::map<std::string, std::string>;  // name -> bytes

Result<Vocabulary> check_vocabulary(const VocabularyFiles& files, const std::string& name) {
  std::optional<Vocabulary> spm;
  if (!files.spm.empty() || files.list.empty()) {
    KABAR_ASSIGN(spm, Vocabulary::parse_spm(files.spm, name));
  }
  if (files.list.empty()) return *std::move(spm);
  return Vocabulary::parse_list(files.list, name, std::move(spm));
}

Result<std::string> encoder_file(const nn::Encoder& encoder, Precision precision, int vocabulary) {
  Collector collector(precision, std::string(kEncoderFile));
  collector.shape("kabar-encoder", encoder.shape, encoder.layers.size());
  collector.matrix(kSourceEmbedding, encoder.embedding, vocabulary, encoder.shape.width);
  visit_encoder_layers(collector, encoder);
  return collector.finish();
}

bool same_values(const nn::Matrix& a, const nn::Matrix& b) {
  return std::equal(a.f32.begin(), a.f32.end(), b.f32.begin(), b.f32.end()) &&
         std::equal(a.s8.begin(), a.s8.end(), b.s8.begin(), b.s8.end()) &&
         std::equal(a.scale.begin(), a.scale.end(), b.scale.begin(), b.scale.end());
}

Result<std::string> weights_file(const HeadContents& contents, Precision precision, int vocabulary) {
  const nn::Head& head = *contents.weights;
  Collector collector(precision, head_file(contents.language, kHeadWeights));
  collector.shape("kabar-head", head.shape, head.layers.size());
  const bool ssru = !head.layers.empty() && head.layers.front().ssru.has_value();
  for (const nn::DecoderLayer& layer : head.layers) {
    if (layer.ssru.has_value() != ssru || layer.self.has_value() == ssru)
      collector.wrong("the layers are of different kinds");
  }
  collector.file.metadata["decoder"] = ssru ? "ssru" : "self-attention";
  collector.file.metadata["language"] = contents.language.code();
  collector.file.metadata["alignment_layer"] =
      head.alignment_layer < 0 ? "last" : std::to_string(head.alignment_layer + 1);
  // With one table for both, its multiplier is that of the output: looking up a row needs none.
  const bool tied = same_values(head.embedding, head.output);
  collector.matrix(kTargetEmbedding, tied ? head.output : head.embedding, vocabulary, head.shape.width);
  if (!tied) collector.matrix(kOutputMatrix, head.output, vocabulary, head.shape.width);
  if (!head.output_bias.empty()) collector.vector(kOutputBias, head.output_bias, vocabulary);
  visit_head_layers(collector, head);
  return collector.finish();
}

Result<void> add_head_files(const HeadContents& head, Precision precision, int source_size, Files& files) {
  const std::string spm = head_file(head.language, kHeadSpm), list = head_file(head.language, kHeadList);
  const std::string shortlist = head_file(head.language, kHeadShortlist);
  KABAR_ASSIGN(const Vocabulary vocabulary, check_vocabulary(head.vocabulary, spm));
  KABAR_ASSIGN(files[head_file(head.language, kHeadWeights)], weights_file(head, precision, vocabulary.size()));
  if (!head.vocabulary.spm.empty()) files[spm] = head.vocabulary.spm;
  if (!head.vocabulary.list.empty()) files[list] = head.vocabulary.list;
  if (!head.shortlist.empty()) {
    KABAR_TRY(Shortlist::parse(head.shortlist, shortlist, source_size, vocabulary.size()));
    files[shortlist] = head.shortlist;
  }
  return {};
}

// The weights first and model.toml last, so that a reader sees a package that is whole. Of what was there before, only
// files that `info` lists are kept: an old shortlist, for one, would be used with the new weights.
Result<void> write_files(const fs::path& folder, const Files& files, PackageInfo info) {
  for (const auto& [name, bytes] : files) {
    KABAR_TRY(disk().write(folder / name, bytes));
    info.files[name] = describe_file(bytes);
  }
  std::vector<fs::path> stale;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (is_package_file(name) && info.files.count(name) == 0) stale.push_back(at->path());
  }
  if (error) return fail(ErrorKind::io, folder.string(), error.message());
  for (const fs::path& path : stale) KABAR_TRY(disk().remove(path));
  return disk().write(folder / kManifestFile, manifest_text(info));
}

std::string describe(const nn::Encoder& encoder, std::span<const HeadContents> heads) {
  std::string text = fmt::format("Transformer, encoder {} x {}, feed-forward {}, {} heads of attention",
                                 encoder.layers.size(), encoder.shape.width, encoder.shape.inner, encoder.shape.heads);
  if (heads.empty()) return text;
  const nn::Head& head = *heads.front().weights;
  const bool ssru = !head.layers.empty() && head.layers.front().ssru.has_value();
  return text + fmt::format("; decoder {} x {}", head.layers.size(), ssru ? "SSRU" : "self-attention");
}

}  // namespace

Result<void> write_package(const fs::path& folder, const PackageContents& contents) {
  PackageInfo info;
  info.name = contents.name;
  info.version = contents.version;
  info.licence = contents.licence;
  info.data = contents.data;
  info.scores = contents.scores;
  info.source = contents.source;
  info.other_sources = contents.other_sources;
  info.architecture =
      contents.architecture.empty() ? describe(*contents.encoder, contents.heads) : contents.architecture;
  if (info.name.empty() || info.version.empty() || info.source.empty()) {
    return fail(ErrorKind::bad_input, folder.string(), "a package needs a name, a version and a source language");
  }
  Files files;
  KABAR_ASSIGN(const Vocabulary source, check_vocabulary(contents.vocabulary, std::string(kSourceSpmFile)));
  KABAR_ASSIGN(files[std::string(kEncoderFile)], encoder_file(*contents.encoder, contents.precision, source.size()));
  if (!contents.vocabulary.spm.empty()) files[std::string(kSourceSpmFile)] = contents.vocabulary.spm;
  if (!contents.vocabulary.list.empty()) files[std::string(kSourceListFile)] = contents.vocabulary.list;
  for (const HeadContents& head : contents.heads) {
    KABAR_TRY(add_head_files(head, contents.precision, source.size(), files));
  }
  return write_files(folder, files, std::move(info));
}

Result<void> add_head(const fs::path& folder, const HeadContents& head, Precision precision) {
  KABAR_ASSIGN(PackageInfo info, read_package_info(folder));
  LoadOptions none;
  none.languages = {info.source};  // no head has it: only the encoder is read
  KABAR_ASSIGN(const Model model, load_package(folder, none));
  Files files;
  KABAR_TRY(add_head_files(head, precision, model.source_vocabulary.size(), files));
  for (const std::string_view ending : {kHeadWeights, kHeadSpm, kHeadList, kHeadShortlist}) {
    info.files.erase(head_file(head.language, ending));
  }
  return write_files(folder, files, std::move(info));
}

}  // namespace kabar::mt
