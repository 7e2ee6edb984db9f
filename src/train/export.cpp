#include "train/export.h"

#include <fmt/format.h>

#include "base/file.h"
#include "train/lexicon.h"

namespace kabar::train {
namespace {

constexpr size_t kVocabularyBytesMax = size_t{16} << 20;

struct VocabularyFile {
  std::string bytes;
  mt::Vocabulary vocabulary;
};

Result<VocabularyFile> read_vocabulary(const std::filesystem::path& path) {
  KABAR_ASSIGN(std::string bytes, read_file(path, kVocabularyBytesMax));
  KABAR_ASSIGN(mt::Vocabulary vocabulary, mt::Vocabulary::parse_spm(bytes, path.string()));
  return VocabularyFile{std::move(bytes), std::move(vocabulary)};
}

// Copies the views of a loaded package into the flat array, tensor by tensor, in the layout's order.
class Importer {
 public:
  explicit Importer(std::vector<float>& weights) : weights_(weights) {}

  void add(const nn::Matrix& matrix) {
    for (int j = 0; j < matrix.outputs; ++j) {
      const size_t row = static_cast<size_t>(j) * static_cast<size_t>(matrix.inputs);
      for (int i = 0; i < matrix.inputs; ++i) {
        const size_t at = row + static_cast<size_t>(i);
        weights_.push_back(matrix.s8.empty()
                               ? matrix.f32[at]
                               : static_cast<float>(matrix.s8[at]) * matrix.scale[static_cast<size_t>(j)]);
      }
    }
  }
  void add(std::span<const float> values) { weights_.insert(weights_.end(), values.begin(), values.end()); }
  void add(const nn::LayerNorm& norm) {
    add(norm.scale);
    add(norm.bias);
  }
  void add(std::initializer_list<const nn::Linear*> linears) {
    for (const nn::Linear* linear : linears) add(linear->weight);
    for (const nn::Linear* linear : linears) add(linear->bias);
  }
  void add(const nn::FeedForward& part) {
    add({&part.inner});
    add({&part.outer});
    add(part.norm);
  }

 private:
  std::vector<float>& weights_;
};

}  // namespace

Result<PackageParts> parts_of_recipe(const TrainingRecipe& recipe, const std::vector<PackedRecord>& records) {
  PackageParts parts;
  KABAR_ASSIGN(const VocabularyFile source, read_vocabulary(recipe.data.vocabularies / "source.spm"));
  parts.vocabulary.spm = source.bytes;
  for (size_t h = 0; h < kHeads.size(); ++h) {
    const std::string file = fmt::format("head.{}.spm", kHeads[h].view());
    KABAR_ASSIGN(VocabularyFile target, read_vocabulary(recipe.data.vocabularies / file));
    HeadParts head;
    head.language = kHeads[h];
    head.vocabulary.spm = std::move(target.bytes);
    KABAR_ASSIGN(head.shortlist,
                 shortlist_of(linked_pairs(records, static_cast<int>(h)), source.vocabulary, target.vocabulary));
    parts.heads.push_back(std::move(head));
  }
  return parts;
}

Result<PackageParts> parts_of_package(const std::filesystem::path& folder) {
  KABAR_ASSIGN(const mt::PackageInfo info, mt::read_package_info(folder));
  PackageParts parts;
  parts.name = info.name;
  parts.version = info.version;
  parts.licence = info.licence;
  parts.data = info.data;
  const auto read = [&](const std::string& name, std::string& bytes) -> Result<void> {
    if (!std::filesystem::exists(folder / name)) return {};
    KABAR_ASSIGN(bytes, read_file(folder / name, kVocabularyBytesMax));
    return {};
  };
  KABAR_TRY(read("source.spm", parts.vocabulary.spm));
  KABAR_TRY(read("source.vocab", parts.vocabulary.list));
  for (const Language language : kHeads) {
    const std::string prefix = "head." + language.code();
    if (!std::filesystem::exists(folder / (prefix + ".safetensors"))) continue;
    HeadParts head;
    head.language = language;
    KABAR_TRY(read(prefix + ".spm", head.vocabulary.spm));
    KABAR_TRY(read(prefix + ".vocab", head.vocabulary.list));
    KABAR_TRY(read(prefix + ".shortlist.bin", head.shortlist));
    parts.heads.push_back(std::move(head));
  }
  return parts;
}

Result<void> export_package(const Layout& layout, const float* weights, const PackageParts& parts,
                            const std::filesystem::path& folder) {
  KABAR_CHECK(parts.heads.size() == layout.heads.size());
  const nn::Encoder encoder = encoder_view(layout, weights);
  std::vector<nn::Head> heads;
  for (size_t h = 0; h < parts.heads.size(); ++h) heads.push_back(head_view(layout, weights, static_cast<int>(h)));
  mt::PackageContents contents;
  contents.name = parts.name;
  contents.version = parts.version;
  contents.licence = parts.licence;
  contents.data = parts.data;
  contents.scores = parts.scores;
  contents.precision = parts.precision;
  contents.architecture = fmt::format("transformer {}x{}, ssru {}", layout.shape.encoder_layers, layout.shape.width,
                                      layout.shape.decoder_layers);
  contents.source = kSources[0];
  contents.other_sources.assign(kSources.begin() + 1, kSources.end());
  contents.encoder = &encoder;
  contents.vocabulary = parts.vocabulary;
  for (size_t h = 0; h < parts.heads.size(); ++h) {
    mt::HeadContents head;
    head.language = parts.heads[h].language;
    head.weights = &heads[h];
    head.vocabulary = parts.heads[h].vocabulary;
    head.shortlist = parts.heads[h].shortlist;
    contents.heads.push_back(std::move(head));
  }
  return mt::write_package(folder, contents);
}

Result<NetworkShape> shape_of_model(const mt::Model& model) {
  NetworkShape shape;
  shape.width = model.encoder.shape.width;
  shape.heads = model.encoder.shape.heads;
  shape.inner = model.encoder.shape.inner;
  shape.encoder_layers = static_cast<int>(model.encoder.layers.size());
  shape.source_vocabulary = model.encoder.embedding.outputs;
  shape.target_vocabularies.clear();
  for (const Language language : kHeads) {
    const mt::ModelHead* head = model.head(language);
    if (head == nullptr) {
      return fail(ErrorKind::unsupported, model.name, fmt::format("the package has no head {}", language.view()));
    }
    const nn::Head& weights = head->weights;
    if (weights.layers.empty() || !weights.layers[0].ssru || weights.shape.inner != shape.inner ||
        weights.shape.activation != nn::Activation::relu) {
      return fail(ErrorKind::unsupported, model.name, "only models of the trainer's own family can be trained");
    }
    shape.decoder_layers = static_cast<int>(weights.layers.size());
    shape.target_vocabularies.push_back(weights.embedding.outputs);
  }
  return shape;
}

Result<std::vector<float>> import_weights(const Layout& layout, const mt::Model& model) {
  KABAR_ASSIGN(const NetworkShape shape, shape_of_model(model));
  if (!(shape == layout.shape)) {
    return fail(ErrorKind::unsupported, model.name, "the package has another shape than the recipe");
  }
  std::vector<float> weights;
  weights.reserve(layout.size);
  Importer importer(weights);
  importer.add(model.encoder.embedding);
  for (const nn::EncoderLayer& layer : model.encoder.layers) {
    importer.add({&layer.self.query, &layer.self.key, &layer.self.value});
    importer.add({&layer.self.output});
    importer.add(layer.self.norm);
    importer.add(layer.feed_forward);
  }
  for (const Language language : kHeads) {
    const nn::Head& head = model.head(language)->weights;
    importer.add(head.embedding);
    importer.add(head.output_bias);
    for (const nn::DecoderLayer& layer : head.layers) {
      importer.add(layer.ssru->input.weight);
      importer.add(layer.ssru->forget.weight);
      importer.add(layer.ssru->forget.bias);
      importer.add(layer.ssru->norm);
      importer.add({&layer.cross.query});
      importer.add({&layer.cross.key, &layer.cross.value});
      importer.add({&layer.cross.output});
      importer.add(layer.cross.norm);
      importer.add(layer.feed_forward);
    }
  }
  KABAR_CHECK(weights.size() == layout.size);
  return weights;
}

}  // namespace kabar::train
