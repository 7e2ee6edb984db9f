// A translation model in memory: one encoder for the source language and one decoder head per target language.
#pragma once
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/language.h"
#include "mt/shortlist.h"
#include "mt/vocabulary.h"
#include "nn/weights.h"

namespace kabar::mt {

struct ModelHead {
  Language language;
  nn::Head weights;
  Vocabulary vocabulary;
  // Restricts the output layer to the words that can come from a sentence; absent = the whole vocabulary.
  std::optional<Shortlist> shortlist;
  bool shares_source_vocabulary = false;  // the same pieces with the same ids: a shortlist then keeps the source's own
};

// Immutable once loaded, so any number of threads may use it. The spans in `encoder` and in the heads point into
// `memory`; moving a Model keeps them valid.
struct Model {
  std::string name;                     // "starter"
  std::string version;                  // "1"
  Language source;                      // the main one
  std::vector<Language> other_sources;  // what else the encoder has learned to read
  nn::Encoder encoder;
  Vocabulary source_vocabulary;
  std::vector<ModelHead> heads;                     // sorted by language code, each language once
  std::vector<std::shared_ptr<const void>> memory;  // mapped files and buffers that the weights live in

  bool reads(Language language) const {
    return language == source || std::count(other_sources.begin(), other_sources.end(), language) > 0;
  }
  // Null if there is no head for this language.
  const ModelHead* head(Language language) const {
    for (const ModelHead& one : heads) {
      if (one.language == language) return &one;
    }
    return nullptr;
  }
};

}  // namespace kabar::mt
