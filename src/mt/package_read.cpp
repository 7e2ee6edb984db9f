#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "base/file.h"
#include "base/sha256.h"
#include "mt/limits.h"
#include "mt/package.h"
#include "mt/package_files.h"
#include "mt/safetensors.h"
#include "mt/weight_names.h"

namespace kabar::mt {
namespace {

namespace fs = std::filesystem;

constexpr size_t kManifestBytesMax = 1 << 20;

// The files of one folder, checked against model.toml as they are read.
class Folder {
 public:
  Folder(fs::path path, const PackageInfo& info) : path_(std::move(path)), info_(info) {}

  bool has(std::string_view name) const {
    std::error_code error;
    return fs::exists(path_ / name, error);
  }
  std::string place(std::string_view name) const { return (path_ / name).string(); }

  Result<std::string> read(std::string_view name, size_t bytes_max) const {
    KABAR_ASSIGN(std::string bytes, read_file(path_ / name, bytes_max));
    KABAR_TRY(check(name, std::as_bytes(std::span(bytes))));
    return bytes;
  }
  Result<std::shared_ptr<const MappedFile>> map(std::string_view name) const {
    KABAR_ASSIGN(MappedFile file, MappedFile::open(path_ / name));
    if (file.bytes().size() > kModelFileBytesMax) return fail(ErrorKind::limit, place(name), "the file is over 4 GiB");
    KABAR_TRY(check(name, file.bytes()));
    return std::make_shared<const MappedFile>(std::move(file));
  }

 private:
  Result<void> check(std::string_view name, std::span<const std::byte> bytes) const {
    const auto entry = info_.files.find(std::string(name));
    if (entry == info_.files.end()) return {};
    if (bytes.size() != entry->second.bytes) {
      return fail(ErrorKind::bad_input, place(name),
                  fmt::format("has {} bytes, model.toml says {}", bytes.size(), entry->second.bytes));
    }
    if (fmt::format("{:016x}", quick_checksum(bytes)) != entry->second.quick) {
      return fail(ErrorKind::bad_input, place(name), "is damaged: its checksum is not that of model.toml");
    }
    return {};
  }

  fs::path path_;
  const PackageInfo& info_;
};

// Fills weights from a safetensors file. The first fault is kept and ends the work of all later calls.
class Filler {
 public:
  Filler(const Safetensors& file, std::string name) : file_(file), name_(std::move(name)) {}

  const std::optional<Error>& error() const { return error_; }
  bool has(std::string_view name) const { return file_.tensors.count(name) > 0; }

  void matrix(const std::string& name, nn::Matrix& matrix, int outputs, int inputs) {
    const Tensor* weight = find(name, {static_cast<size_t>(outputs), static_cast<size_t>(inputs)});
    if (weight == nullptr) return;
    matrix.outputs = outputs;
    matrix.inputs = inputs;
    if (weight->type == TensorType::f32) {
      matrix.f32 = floats(*weight);
      return;
    }
    matrix.s8 = {reinterpret_cast<const int8_t*>(weight->data.data()), weight->data.size()};
    vector(name + ".scale", matrix.scale, outputs);
    matrix.input_multiplier = alpha(name);
  }

  void vector(const std::string& name, std::span<const float>& values, int size) {
    const Tensor* tensor = find(name, {static_cast<size_t>(size)});
    if (tensor == nullptr) return;
    if (tensor->type != TensorType::f32) return wrong(fmt::format("tensor '{}' is not F32", name));
    values = floats(*tensor);
  }

  // A matrix whose number of rows is the size of the vocabulary.
  void table(const std::string& name, nn::Matrix& matrix, int rows, int width) {
    const auto found = file_.tensors.find(name);
    if (found != file_.tensors.end() && found->second.shape.size() == 2 &&
        found->second.shape[0] != static_cast<size_t>(rows)) {
      return wrong(fmt::format("'{}' has {} rows, the vocabulary has {} pieces", name, found->second.shape[0], rows));
    }
    this->matrix(name, matrix, rows, width);
  }

  void expect_all_used() {
    for (const auto& [name, tensor] : file_.tensors) {
      if (used_.count(name) == 0) wrong(fmt::format("tensor '{}' has no place in the network", name));
    }
  }

  // A whole number of the metadata.
  int number(std::string_view key, int lowest, int highest) {
    const std::string text = word(key);
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size() || value < lowest || value > highest) {
      wrong(fmt::format("metadata '{}' is '{}', not a number from {} to {}", key, text, lowest, highest));
      return lowest;
    }
    return value;
  }
  std::string word(std::string_view key) const {
    const auto found = file_.metadata.find(key);
    return found == file_.metadata.end() ? std::string() : found->second;
  }
  void wrong(std::string message, ErrorKind kind = ErrorKind::bad_input) {
    if (!error_) error_ = Error{kind, name_, std::move(message)};
  }

 private:
  const Tensor* find(const std::string& name, const std::vector<size_t>& shape) {
    if (error_) return nullptr;
    const auto found = file_.tensors.find(name);
    if (found == file_.tensors.end()) {
      wrong(fmt::format("tensor '{}' is missing", name));
      return nullptr;
    }
    if (found->second.shape != shape) {
      wrong(fmt::format("tensor '{}' has the wrong shape: {}, expected {}", name, fmt::join(found->second.shape, "x"),
                        fmt::join(shape, "x")));
      return nullptr;
    }
    used_.insert(name);
    return &found->second;
  }

  float alpha(const std::string& name) {
    if (!has(name + ".alpha")) return 0;
    std::span<const float> value;
    vector(name + ".alpha", value, 1);
    if (value.empty()) return 0;
    if (!(value[0] > 1e-6f && value[0] < 1e9f)) wrong(fmt::format("'{}.alpha' is no usable multiplier", name));
    return value[0];
  }

  static std::span<const float> floats(const Tensor& tensor) {
    return {reinterpret_cast<const float*>(tensor.data.data()), tensor.data.size() / sizeof(float)};
  }

  const Safetensors& file_;
  std::string name_;
  std::set<std::string, std::less<>> used_;
  std::optional<Error> error_;
};

nn::Shape read_shape(Filler& filler, std::string_view format) {
  if (filler.word("format") != format) filler.wrong(fmt::format("not a {}", format));
  if (filler.word("format_version") != std::to_string(kPackageFormat)) {
    filler.wrong(fmt::format("format version '{}' is not supported", filler.word("format_version")),
                 ErrorKind::unsupported);
  }
  nn::Shape shape;
  shape.width = filler.number("width", 2, kWidthMax);
  shape.heads = filler.number("heads", 1, kWidthMax);
  shape.inner = filler.number("inner", 1, kInnerMax);
  if (shape.width % shape.heads != 0 || shape.width % 2 != 0) filler.wrong("the width does not fit the heads");
  const std::string activation = filler.word("activation");
  if (activation == "swish") {
    shape.activation = nn::Activation::swish;
  } else if (activation == "gelu") {
    shape.activation = nn::Activation::gelu;
  } else if (activation != "relu") {
    filler.wrong(fmt::format("activation '{}' is not supported", activation), ErrorKind::unsupported);
  }
  return shape;
}

Result<Vocabulary> read_vocabulary(const Folder& folder, const std::string& spm, const std::string& list) {
  std::optional<Vocabulary> segmenter;
  if (!folder.has(list) || folder.has(spm)) {
    KABAR_ASSIGN(std::string bytes, folder.read(spm, kVocabularyFileBytesMax));
    KABAR_ASSIGN(segmenter, Vocabulary::parse_spm(std::move(bytes), folder.place(spm)));
  }
  if (!folder.has(list)) return *std::move(segmenter);
  KABAR_ASSIGN(const std::string text, folder.read(list, kVocabularyFileBytesMax));
  return Vocabulary::parse_list(text, folder.place(list), std::move(segmenter));
}

Result<void> read_encoder(const Folder& folder, Model& model) {
  KABAR_ASSIGN(model.source_vocabulary,
               read_vocabulary(folder, std::string(kSourceSpmFile), std::string(kSourceListFile)));
  KABAR_ASSIGN(std::shared_ptr<const MappedFile> mapped, folder.map(kEncoderFile));
  KABAR_ASSIGN(const Safetensors file, parse_safetensors(mapped->bytes(), folder.place(kEncoderFile)));
  Filler filler(file, folder.place(kEncoderFile));
  nn::Encoder& encoder = model.encoder;
  encoder.shape = read_shape(filler, "kabar-encoder");
  const int layers = filler.number("layers", 1, kLayersMax);
  if (!filler.error()) {
    encoder.layers.resize(static_cast<size_t>(layers));
    filler.table(kSourceEmbedding, encoder.embedding, model.source_vocabulary.size(), encoder.shape.width);
    visit_encoder_layers(filler, encoder);
    filler.expect_all_used();
  }
  if (filler.error()) return tl::unexpected<Error>(*filler.error());
  model.memory.push_back(std::move(mapped));
  return {};
}

void fill_head(Filler& filler, Language language, int vocabulary, nn::Head& head) {
  head.shape = read_shape(filler, "kabar-head");
  const int layers = filler.number("layers", 1, kLayersMax);
  const std::string decoder = filler.word("decoder");
  if (decoder != "ssru" && decoder != "self-attention") {
    filler.wrong(fmt::format("decoder '{}' is not supported", decoder), ErrorKind::unsupported);
  }
  if (filler.word("language") != language.view()) {
    filler.wrong(fmt::format("is a head for '{}'", filler.word("language")));
  }
  head.alignment_layer =
      filler.word("alignment_layer") == "last" ? -1 : filler.number("alignment_layer", 1, layers) - 1;
  if (filler.error()) return;
  head.layers.resize(static_cast<size_t>(layers));
  for (nn::DecoderLayer& layer : head.layers) {
    if (decoder == "ssru") {
      layer.ssru.emplace();
    } else {
      layer.self.emplace();
    }
  }
  filler.table(kTargetEmbedding, head.embedding, vocabulary, head.shape.width);
  head.output = head.embedding;
  if (filler.has(kOutputMatrix)) filler.table(kOutputMatrix, head.output = {}, vocabulary, head.shape.width);
  if (filler.has(kOutputBias)) filler.vector(kOutputBias, head.output_bias, vocabulary);
  visit_head_layers(filler, head);
  filler.expect_all_used();
}

Result<void> read_head(const Folder& folder, Language language, Model& model) {
  ModelHead head;
  head.language = language;
  KABAR_ASSIGN(head.vocabulary, read_vocabulary(folder, head_file(language, kHeadSpm), head_file(language, kHeadList)));
  head.shares_source_vocabulary = head.vocabulary.same_pieces(model.source_vocabulary);
  const std::string name = head_file(language, kHeadWeights);
  KABAR_ASSIGN(std::shared_ptr<const MappedFile> mapped, folder.map(name));
  KABAR_ASSIGN(const Safetensors file, parse_safetensors(mapped->bytes(), folder.place(name)));
  Filler filler(file, folder.place(name));
  fill_head(filler, language, head.vocabulary.size(), head.weights);
  if (filler.error()) return tl::unexpected<Error>(*filler.error());
  if (head.weights.shape.width != model.encoder.shape.width) {
    return fail(ErrorKind::bad_input, folder.place(name),
                fmt::format("has width {}, the encoder {}", head.weights.shape.width, model.encoder.shape.width));
  }
  model.memory.push_back(std::move(mapped));

  const std::string shortlist = head_file(language, kHeadShortlist);
  if (folder.has(shortlist)) {
    KABAR_ASSIGN(const std::string bytes, folder.read(shortlist, kShortlistFileBytesMax));
    KABAR_ASSIGN(head.shortlist, Shortlist::parse(bytes, folder.place(shortlist), model.source_vocabulary.size(),
                                                  head.vocabulary.size()));
  }
  model.heads.push_back(std::move(head));
  return {};
}

}  // namespace

Result<PackageInfo> read_package_info(const fs::path& folder) {
  const fs::path manifest = folder / kManifestFile;
  KABAR_ASSIGN(const std::string text, read_file(manifest, kManifestBytesMax));
  KABAR_ASSIGN(PackageInfo info, parse_manifest(text, manifest.string()));
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::optional<Language> language = language_of_head_file(at->path().filename().string());
    if (language) info.heads.push_back(*language);
  }
  if (error) return fail(ErrorKind::io, folder.string(), error.message());
  std::sort(info.heads.begin(), info.heads.end());
  return info;
}

Result<Model> load_package(const fs::path& folder, const LoadOptions& options) {
  KABAR_ASSIGN(const PackageInfo info, read_package_info(folder));
  const Folder files(folder, info);
  Model model;
  model.name = info.name;
  model.version = info.version;
  model.source = info.source;
  model.other_sources = info.other_sources;
  KABAR_TRY(read_encoder(files, model));
  for (const Language language : info.heads) {
    const bool wanted =
        options.languages.empty() || std::count(options.languages.begin(), options.languages.end(), language) > 0;
    if (wanted) KABAR_TRY(read_head(files, language, model));
  }
  return model;
}

Result<void> verify_package(const fs::path& folder) {
  KABAR_ASSIGN(const PackageInfo info, read_package_info(folder));
  for (const auto& [name, file] : info.files) {
    if (!is_package_file(name)) {
      return fail(ErrorKind::bad_input, (folder / kManifestFile).string(),
                  fmt::format("'{}' is no file of a package", name));
    }
    KABAR_ASSIGN(const MappedFile mapped, MappedFile::open(folder / name));
    if (sha256_hex(mapped.bytes()) != file.sha256) {
      return fail(ErrorKind::bad_input, (folder / name).string(), "is damaged: its SHA-256 is not that of model.toml");
    }
  }
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (is_package_file(name) && info.files.count(name) == 0) {
      return fail(ErrorKind::bad_input, (folder / name).string(), "has no checksum in model.toml");
    }
  }
  if (error) return fail(ErrorKind::io, folder.string(), error.message());
  KABAR_TRY(load_package(folder));
  return {};
}

std::vector<fs::path> list_packages(const fs::path& folder) {
  std::vector<fs::path> packages;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (fs::exists(at->path() / kManifestFile, ignored)) packages.push_back(at->path());
  }
  std::sort(packages.begin(), packages.end());
  return packages;
}

}  // namespace kabar::mt
