#include "train/vocabularies.h"

#include <sentencepiece_processor.h>

#include <limits>

namespace kabar::train {
namespace {

using sentencepiece::SentencePieceProcessor;

Result<std::unique_ptr<SentencePieceProcessor>> open_model(const std::filesystem::path& path) {
  auto processor = std::make_unique<SentencePieceProcessor>();
  const auto status = processor->Load(path.string());
  if (!status.ok()) return fail(ErrorKind::bad_input, path.string(), "is no SentencePiece model: " + status.ToString());
  if (processor->GetPieceSize() > std::numeric_limits<uint16_t>::max()) {
    return fail(ErrorKind::limit, path.string(), "has more than 65,535 pieces");
  }
  return processor;
}

std::vector<uint16_t> encode(const SentencePieceProcessor& processor, std::string_view text) {
  std::vector<int> ids;
  processor.Encode(text, &ids).IgnoreError();
  return {ids.begin(), ids.end()};
}

}  // namespace

Vocabularies::Vocabularies() = default;
Vocabularies::Vocabularies(Vocabularies&&) noexcept = default;
Vocabularies& Vocabularies::operator=(Vocabularies&&) noexcept = default;
Vocabularies::~Vocabularies() = default;

Result<Vocabularies> Vocabularies::open(const std::filesystem::path& folder) {
  Vocabularies vocabularies;
  KABAR_ASSIGN(vocabularies.source_, open_model(folder / "source.spm"));
  for (size_t head = 0; head < kHeads.size(); ++head) {
    KABAR_ASSIGN(vocabularies.targets_[head], open_model(folder / ("head." + kHeads[head].code() + ".spm")));
  }
  return vocabularies;
}

std::vector<uint16_t> Vocabularies::encode_source(std::string_view text) const { return encode(*source_, text); }
std::vector<uint16_t> Vocabularies::encode_target(int head, std::string_view text) const {
  return encode(target(head), text);
}

std::string Vocabularies::decode_target(int head, const std::vector<uint16_t>& pieces) const {
  std::string text;
  target(head).Decode(std::vector<int>(pieces.begin(), pieces.end()), &text).IgnoreError();
  return text;
}

int Vocabularies::source_size() const { return source_->GetPieceSize(); }
int Vocabularies::target_size(int head) const { return target(head).GetPieceSize(); }

}  // namespace kabar::train
