// The training corpus as it lies on disk: pairs with their source, and the six-language sentences of the project.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"

namespace kabar::train {

// One line of SOURCES.tsv.
struct CorpusSource {
  std::string name;
  std::string tier;     // "open", "unstated"
  std::string domain;   // "news", "docs", "software", "religion", …
  std::string quality;  // "human", "machine", "mixed"
};
Result<std::map<std::string, CorpusSource>> read_sources(const std::filesystem::path& path);

struct Pair {
  std::string source;
  std::string target;
  std::string origin;  // name of a CorpusSource
};
// Reads `A-B.tsv` or `A-B.tsv.zst`: source, target and origin by line. Lines without three columns are an error.
Result<std::vector<Pair>> read_pairs(const std::filesystem::path& path);

// Six columns, in the order of kSixLanguages.
using SixTexts = std::array<std::string, 6>;
inline constexpr std::array<Language, 6> kSixLanguages = {Language::id, Language::en, Language::fr,
                                                          Language::zh, Language::ja, Language::ar};
Result<std::vector<SixTexts>> read_six(const std::filesystem::path& path);

// The *.tsv files of a folder, by name. not_found: no such folder.
Result<std::vector<std::filesystem::path>> tsv_files(const std::filesystem::path& folder);

// A file as text, unpacked if its name ends in .zst.
Result<std::string> read_text(const std::filesystem::path& path);

// Spelling that does not matter for the meaning made the same: typographic marks, spaces, full-width Latin letters and
// digits in Chinese and Japanese, vowel signs and lengthening in Arabic. Applied to everything a model learns from.
std::string normalize_training_text(std::string_view text, Language language);

// Letters and digits only, case folded: two texts with the same key differ in nothing that a model could learn.
std::string text_key(std::string_view text);

}  // namespace kabar::train
