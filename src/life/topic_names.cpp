#include "life/topic_names.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/file.h"
#include "terms/fold.h"
#include "terms/termbase.h"
#include "terms/tsv.h"

namespace kabar::life {
namespace {

constexpr size_t kTopicBytesMax = 1 << 20;

std::u32string key_of(std::string_view tag) { return terms::fold(tag, Language::id).points; }

// Renderings are patterns: "مقاطع*" stands for several words and names nothing.
bool is_plain(std::string_view rendering) { return rendering.find('*') == std::string_view::npos; }

std::map<Language, std::string> preferred_renderings(const terms::Term& term) {
  std::map<Language, std::string> names;
  const bool person = term.kind == terms::TermKind::person;
  for (const auto& [language, rendering] : term.renderings) {
    // A person is named in full where nothing was said before.
    const auto whole = std::find(rendering.right.begin(), rendering.right.end(), term.term);
    if (person && !rendering.first.empty()) {
      names[language] = rendering.first;
    } else if (person && whole != rendering.right.end()) {
      names[language] = *whole;
    } else if (!rendering.right.empty() && is_plain(rendering.right.front())) {
      names[language] = rendering.right.front();
    }
  }
  return names;
}

}  // namespace

Result<TopicNames> TopicNames::make(std::string_view topics, std::string_view name,
                                    const std::vector<terms::Term>& terms) {
  TopicNames result;
  KABAR_ASSIGN(const terms::Table table, terms::parse_table(topics, name));
  const int topic = table.column("topic");
  if (topic < 0) return fail(ErrorKind::bad_input, std::string(name), "has no column \"topic\"");
  for (const std::vector<std::string>& row : table.rows) {
    std::map<Language, std::string>& names = result.names_[key_of(row[static_cast<size_t>(topic)])];
    for (size_t column = 0; column < row.size(); ++column) {
      const std::optional<Language> language = Language::parse(table.columns[column]);
      if (language && !row[column].empty()) names[*language] = row[column];
    }
  }
  for (const terms::Term& term : terms) {
    if (term.kind == terms::TermKind::idiom || term.kind == terms::TermKind::sense) continue;
    const std::map<Language, std::string> names = preferred_renderings(term);
    result.names_.try_emplace(key_of(term.term), names);
    for (const std::string& form : term.forms) result.names_.try_emplace(key_of(form), names);
    for (const std::string& acronym : term.acronyms) result.names_.try_emplace(key_of(acronym), names);
  }
  return result;
}

Result<TopicNames> TopicNames::load(const std::filesystem::path& data) {
  const std::filesystem::path file = data / "topics.tsv";
  KABAR_ASSIGN(const std::string topics, read_file(file, kTopicBytesMax));
  KABAR_ASSIGN(const terms::TermList terms, terms::read_term_folder(data / "termbase" / "id-news"));
  return make(topics, file.string(), terms.terms());
}

std::string TopicNames::name(std::string_view tag, Language language) const {
  const auto names = names_.find(key_of(tag));
  if (names == names_.end()) return {};
  const auto found = names->second.find(language);
  return found == names->second.end() ? std::string() : found->second;
}

}  // namespace kabar::life
