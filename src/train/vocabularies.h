// The vocabularies of a model in training: one for the sources, one for each head.
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "train/pack.h"

namespace sentencepiece {
class SentencePieceProcessor;
}

namespace kabar::train {

// Thread-safe after opening.
class Vocabularies {
 public:
  // Reads source.spm and head.XX.spm for each of kHeads from `folder`.
  static Result<Vocabularies> open(const std::filesystem::path& folder);
  Vocabularies(Vocabularies&&) noexcept;
  Vocabularies& operator=(Vocabularies&&) noexcept;
  ~Vocabularies();

  // Piece ids without the end of sentence.
  std::vector<uint16_t> encode_source(std::string_view text) const;
  std::vector<uint16_t> encode_target(int head, std::string_view text) const;
  std::string decode_target(int head, const std::vector<uint16_t>& pieces) const;
  int source_size() const;
  int target_size(int head) const;
  const sentencepiece::SentencePieceProcessor& source() const { return *source_; }
  const sentencepiece::SentencePieceProcessor& target(int head) const { return *targets_[static_cast<size_t>(head)]; }

 private:
  Vocabularies();
  std::unique_ptr<sentencepiece::SentencePieceProcessor> source_;
  std::array<std::unique_ptr<sentencepiece::SentencePieceProcessor>, kHeads.size()> targets_;
};

}  // namespace kabar::train
