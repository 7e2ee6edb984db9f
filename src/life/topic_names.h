// The names of tags in the readers' languages: a list of news topics, and the termbase for names.
// A tag is the newsroom's own word, so it is looked up, never translated freely.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "terms/term.h"

namespace kabar::life {

// Immutable; any number of threads may read it.
class TopicNames {
 public:
  TopicNames() = default;
  // `topics`: a TSV table with the columns `topic` and one per language (data/topics.tsv). What it does not list is
  // looked up in `terms`: the preferred rendering. Errors are those of the table.
  static Result<TopicNames> make(std::string_view topics, std::string_view name, const std::vector<terms::Term>& terms);
  // From the data folder of the program.
  static Result<TopicNames> load(const std::filesystem::path& data);

  // Whatever the case of the tag; empty if no name is known.
  std::string name(std::string_view tag, Language language) const;

 private:
  std::map<std::u32string, std::map<Language, std::string>> names_;  // by the folded tag
};

}  // namespace kabar::life
