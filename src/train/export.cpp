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

Result<void> export_package(const TrainingRecipe& recipe, const float* weights,
                            const std::vector<PackedRecord>& records, const ExportOptions& options,
                            const std::filesystem::path& folder) {
  const Layout layout(recipe.shape);
  const nn::Encoder encoder = encoder_view(layout, weights);
  std::vector<nn::Head> heads(kHeads.size());
  KABAR_ASSIGN(const VocabularyFile source, read_vocabulary(recipe.data.vocabularies / "source.spm"));
  mt::PackageContents contents;
  contents.name = options.name;
  contents.version = options.version;
  contents.licence = options.licence;
  contents.data = options.data;
  contents.scores = options.scores;
  contents.precision = options.precision;
  contents.architecture = fmt::format("transformer {}x{}, ssru {}", layout.shape.encoder_layers, layout.shape.width,
                                      layout.shape.decoder_layers);
  contents.source = Language::id;
  contents.encoder = &encoder;
  contents.vocabulary.spm = source.bytes;
  for (size_t h = 0; h < kHeads.size(); ++h) {
    const std::string file = fmt::format("head.{}.spm", kHeads[h].view());
    KABAR_ASSIGN(VocabularyFile target, read_vocabulary(recipe.data.vocabularies / file));
    heads[h] = head_view(layout, weights, static_cast<int>(h));
    mt::HeadContents head;
    head.language = kHeads[h];
    head.weights = &heads[h];
    head.vocabulary.spm = std::move(target.bytes);
    KABAR_ASSIGN(head.shortlist,
                 shortlist_of(linked_pairs(records, static_cast<int>(h)), source.vocabulary, target.vocabulary));
    contents.heads.push_back(std::move(head));
  }
  return mt::write_package(folder, contents);
}

Result<std::vector<float>> import_weights(const Layout& layout, const std::filesystem::path& folder) {
  KABAR_ASSIGN(const mt::Model model, mt::load_package(folder));
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
    const mt::ModelHead* found = model.head(language);
    if (found == nullptr) {
      return fail(ErrorKind::unsupported, folder.string(), fmt::format("the package has no head {}", language.view()));
    }
    const nn::Head& head = found->weights;
    importer.add(head.embedding);
    importer.add(head.output_bias);
    for (const nn::DecoderLayer& layer : head.layers) {
      if (!layer.ssru) return fail(ErrorKind::unsupported, folder.string(), "only SSRU decoders can be trained");
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
  if (weights.size() != layout.size) {
    return fail(ErrorKind::unsupported, folder.string(), "the package has another shape than the recipe");
  }
  return weights;
}

}  // namespace kabar::train
