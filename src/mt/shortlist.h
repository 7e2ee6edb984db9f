// Lexical shortlists: which target pieces can come from which source piece. Cuts the output layer of a
// sentence from the whole vocabulary to a few hundred entries.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "mt/vocabulary.h"

namespace kabar::mt {

// Immutable, cheap to copy, thread-safe.
class Shortlist {
 public:
  // Marian's binary format (lex.*.s2t.bin), layout and checksum in docs/formats/model.md. Both vocabulary sizes bound
  // the ids. Errors: bad_input, limit.
  static Result<Shortlist> parse(std::string_view bytes, std::string_view name, int source_size, int target_size);
  // Marian's text format, one "target source probability" per line; keeps for each source piece the `best` most
  // probable targets, and the `first` lowest target ids for every sentence.
  static Result<Shortlist> parse_text(std::string_view text, std::string_view name, const Vocabulary& source,
                                      const Vocabulary& target, int first = 50, int best = 50);
  // One of the two, by the magic number at the start.
  static Result<Shortlist> open(const std::filesystem::path& path, const Vocabulary& source, const Vocabulary& target);

  // The bytes of Marian's binary format.
  std::string serialize() const;

  // The target ids allowed for one sentence, ascending, each once; at most the target vocabulary. `source_ids` are the
  // ids of the sentence with its end symbol. With a shared vocabulary they are allowed themselves, so that names can be
  // copied. The count is a multiple of 8 (filled with the most frequent pieces) unless the whole vocabulary is smaller.
  std::vector<int32_t> candidates(std::span<const int32_t> source_ids, bool shared_vocabulary) const;

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

}  // namespace kabar::mt
