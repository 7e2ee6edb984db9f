// Six-language sentences from hand-written patterns: "{place} diguncang gempa M {decimal}" with names, places and facts
// put in (docs/formats/patterns.md).
#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "train/corpus.h"
#include "train/examples.h"

namespace kabar::train {

struct PatternSet {
  struct Pattern {
    SixTexts texts;
    std::string place;  // "economy.tsv:12", for messages
  };
  std::vector<Pattern> patterns;
  std::map<std::string, std::vector<SixTexts>> tables;  // what a slot of this name may hold
};

// Reads every FOLDER/*.tsv as patterns and every FOLDER/slots/NAME.tsv as the table of the slot {NAME}; all have the
// six columns of kSixLanguages. bad_input when a pattern names an unknown slot or its columns do not have the same
// slots.
Result<PatternSet> read_patterns(const std::filesystem::path& folder);

// `count` examples for each source language, the patterns in turn, the same for the same seed. In the part
// `placeholder_share` of them facts and names stand as placeholders, numbered in the order of the source.
std::vector<Example> fill_patterns(const PatternSet& set, int count, double placeholder_share, uint64_t seed,
                                   int group);

// "de le" -> "du", "que il" -> "qu'il": what French does at the border between a pattern and what is put into it.
std::string contract_french(std::string_view text);
// "ل" before "ال" -> "لل".
std::string contract_arabic(std::string_view text);

}  // namespace kabar::train
