// Placeholders in training data: facts and names that stand on both sides are replaced as the product does before
// translating (translate/protect.h), so that a model learns to carry them.
#pragma once
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/span.h"
#include "train/examples.h"

namespace kabar::train {

// A name or institution with what it may be called in each language.
struct TermForms {
  std::array<std::vector<std::u32string>, kSources.size()> sources;
  std::array<std::vector<std::u32string>, kHeads.size()> targets;
};
// The places, organisations and persons of the termbase in `folder` (docs/formats/termbase.md), as far as they have a
// rendering.
Result<std::vector<TermForms>> read_term_forms(const std::filesystem::path& folder);

// Immutable, so any number of threads may use it.
class Masker {
 public:
  explicit Masker(std::vector<TermForms> terms);

  // `example` with placeholders for the facts that are written with figures and for the terms and acronyms that stand
  // exactly once on each side. Heads in whose text one of them was not found go to a second example that keeps the
  // text as it is. Without anything to mask: the example alone.
  std::vector<Example> mask(const Example& example) const;

  // Something that can be masked: where it stands in the source and in each target, in code points.
  struct Candidate {
    Span source;
    char kind = 'X';
    std::array<std::optional<Span>, kHeads.size()> there;
  };
  struct Texts {
    std::u32string source;
    std::array<std::u32string, kHeads.size()> targets;
  };

 private:
  struct SourceForm {
    size_t term;
    std::u32string form;
  };
  void add_terms(int source_language, const Texts& texts, std::vector<Candidate>& candidates) const;

  std::vector<TermForms> terms_;
  // By their first letters, so that a sentence is not searched for every term.
  std::array<std::map<std::u32string, std::vector<SourceForm>>, kSources.size()> by_start_;
};

bool has_placeholder(std::string_view text);

}  // namespace kabar::train
