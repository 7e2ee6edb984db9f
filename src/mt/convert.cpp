#include "mt/convert.h"

#include <fmt/format.h>

#include "base/file.h"
#include "mt/limits.h"
#include "mt/marian_file.h"
#include "mt/marian_model.h"
#include "mt/vocabulary.h"

namespace kabar::mt {
namespace {

struct OpenVocabulary {
  Vocabulary vocabulary;
  VocabularyFiles files;
};

// A SentencePiece model is kept as it is; a map becomes a list.
Result<OpenVocabulary> open_vocabulary(const std::filesystem::path& path, const std::filesystem::path& segmenter) {
  OpenVocabulary open;
  KABAR_ASSIGN(open.vocabulary, Vocabulary::open(path, segmenter));
  const bool is_spm = path.extension() == ".spm" || path.extension() == ".model";
  if (is_spm) {
    if (!segmenter.empty() && segmenter != path) {
      return fail(ErrorKind::usage, segmenter.string(), fmt::format("{} segments by itself", path.string()));
    }
    KABAR_ASSIGN(open.files.spm, read_file(path, kVocabularyFileBytesMax));
    return open;
  }
  open.files.list = open.vocabulary.to_list();
  if (!segmenter.empty()) {
    KABAR_ASSIGN(open.files.spm, read_file(segmenter, kVocabularyFileBytesMax));
  }
  return open;
}

}  // namespace

Result<void> convert_model(const ConvertOptions& options, const std::filesystem::path& folder) {
  if (options.precision == Precision::float32) {
    // Said here, since the package would silently hold int8 otherwise.
    KABAR_ASSIGN(const MarianFile probe, open_marian(options.weights.string()));
    for (const auto& [name, item] : probe.items) {
      if (item.type == MarianItem::Type::intgemm8) {
        return fail(ErrorKind::usage, options.weights.string(), "is int8 and cannot become float32");
      }
    }
  }
  KABAR_ASSIGN(const OpenVocabulary source, open_vocabulary(options.source_vocabulary, options.source_spm));
  KABAR_ASSIGN(const OpenVocabulary target, open_vocabulary(options.target_vocabulary, options.target_spm));
  KABAR_ASSIGN(MarianFile file, open_marian(options.weights.string()));
  KABAR_ASSIGN(const MarianWeights weights, build_marian(std::move(file)));

  PackageContents contents;
  contents.name =
      options.name.empty() ? fmt::format("{}-{}", options.source.view(), options.target.view()) : options.name;
  contents.version = options.version;
  contents.licence = options.licence;
  contents.data = options.data;
  contents.source = options.source;
  contents.precision = options.precision.value_or(Precision::float32);
  contents.encoder = &weights.encoder;
  contents.vocabulary = source.files;
  HeadContents head;
  head.language = options.target;
  head.weights = &weights.head;
  head.vocabulary = target.files;
  if (!options.shortlist.empty()) {
    KABAR_ASSIGN(const Shortlist shortlist, Shortlist::open(options.shortlist, source.vocabulary, target.vocabulary));
    head.shortlist = shortlist.serialize();
  }
  contents.heads.push_back(std::move(head));
  return write_package(folder, contents);
}

}  // namespace kabar::mt
