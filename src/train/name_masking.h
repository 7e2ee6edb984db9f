// Placeholders for names that no list knows: found by their capitals in the source and by word alignment in the
// translations, on pieces.
#pragma once
#include <optional>

#include "train/pack.h"
#include "train/vocabularies.h"

namespace kabar::train {

class NameMasker {
 public:
  // `vocabularies` must outlive this.
  explicit NameMasker(const Vocabularies& vocabularies);

  // `record` with its names as ⟦X0⟧ … in those heads where every name has a counterpart of its own; nothing if there is
  // no name or no such head. A name is one to four capitalised words that do not begin the sentence. Its counterpart is
  // a run of pieces linked with nothing else (the criterion of phrase extraction, Och and Ney 2004) that looks like a
  // name: capitals in Latin script, katakana in Japanese, two to eight characters in Chinese.
  std::optional<PackedRecord> mask(const PackedRecord& record) const;

 private:
  struct Run {
    size_t begin, end;
  };
  std::vector<Run> names(const PackedRecord& record) const;
  std::optional<Run> counterpart(const PackedTarget& target, const Run& name) const;
  bool mask_target(const PackedTarget& target, const std::vector<Run>& names, int first_index,
                   const std::vector<int>& new_positions, PackedTarget& masked) const;

  const Vocabularies& vocabularies_;
};

}  // namespace kabar::train
