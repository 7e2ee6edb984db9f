// The index behind GET /api/search: one SQLite file with a full-text table (FTS5) for each language. A cache: it can
// be made again from the articles at any time.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/language.h"
#include "base/result.h"
#include "db/connection.h"

namespace kabar::site {

// One published version.
struct SearchDocument {
  std::string article;
  Language language;
  Time published;
  std::string title;
  std::string summary;
  std::string body;     // plain
  std::string tags;     // names in the document's language
  std::string address;  // below the site's root
  std::string date;     // as readers see it
  std::string label;    // "AI translation"; empty for what people wrote
};

struct SearchHit {
  std::string title;
  std::string summary;
  std::string address;
  std::string date;
  std::string label;
};

struct SearchAnswer {
  int total = 0;  // hits altogether, at most kSearchTotalMax
  std::vector<SearchHit> hits;
};
inline constexpr int kSearchTotalMax = 1000;
inline constexpr size_t kSearchQueryBytesMax = 400;

// Not thread-safe: one for each thread. Others may read the file while one writes.
class SearchIndex {
 public:
  // Opens or creates the file; one of an older layout is made anew, empty.
  static Result<SearchIndex> open(const std::filesystem::path& file, std::vector<Language> languages);

  // Nothing in it yet.
  Result<bool> empty();
  // Replaces all versions of an article. Takes effect with commit(), at the latest after some hundred articles.
  Result<void> put(std::string_view article, const std::vector<SearchDocument>& versions);
  Result<void> commit();
  // From here to end_all(), every article that is put is remembered; end_all() removes the others.
  void begin_all();
  Result<void> end_all();

  // Best first: words in the title weigh most. Nothing for an unknown language, or a query without a word.
  // limit for a query of more than kSearchQueryBytesMax.
  Result<SearchAnswer> find(std::string_view query, Language language, int count, int skip);

 private:
  SearchIndex(std::unique_ptr<db::Connection> connection, std::vector<Language> languages)
      : connection_(std::move(connection)), languages_(std::move(languages)) {}
  Result<void> create();
  Result<void> begin();
  Result<void> remove_versions(std::string_view article);
  bool knows(Language language) const;

  std::unique_ptr<db::Connection> connection_;
  std::vector<Language> languages_;
  std::optional<std::set<std::string>> seen_;
  int pending_ = 0;  // articles since the last commit
  bool open_ = false;
};

}  // namespace kabar::site
