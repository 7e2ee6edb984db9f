// What readers see: one immutable snapshot per article and language, and which articles' pages are not up to date.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/version.h"
#include "base/clock.h"
#include "db/connection.h"

namespace kabar::store {

// Sections of what readers may know of, in the order of their first publication.
Result<std::vector<std::string>> public_sections(db::Connection& connection, std::string_view site);
// Of one article; nothing if readers do not know of it.
Result<std::optional<std::string>> public_section(db::Connection& connection, std::string_view article);

struct Publication {
  std::string article;
  Language language;
  int revision = 0;
  Time published;  // when this language went live first
  Time modified;   // last change that a reader can see
  std::string reviewed_by;
  std::optional<Time> reviewed;
  std::optional<float> score;
  std::vector<Block> blocks;                // the text in this language
  std::vector<TranslatedSegment> segments;  // empty for the main language
};

// Replaces what was published in this language before and keeps its `published`.
Result<void> put_publication(db::Connection& connection, const Publication& publication);
// By language.
Result<std::vector<Publication>> load_publications(db::Connection& connection, std::string_view article);
Result<void> remove_publication(db::Connection& connection, std::string_view article, Language language);

// The pages of this article have to be made again. Stays until the same change is marked as done, so that a change
// in between is not lost.
Result<void> add_site_change(db::Connection& connection, std::string_view article);
// The same for what readers must not see any more: it waits for nothing else.
Result<void> add_urgent_site_change(db::Connection& connection, std::string_view article);
struct SiteChange {
  std::string article;
  int64_t number = 0;
  bool urgent = false;
};
// The urgent ones first.
Result<std::vector<SiteChange>> load_site_changes(db::Connection& connection, int count_max);
Result<void> finish_site_change(db::Connection& connection, const SiteChange& change);
// All public articles: after a restore, or a change of the theme.
Result<void> add_site_change_for_all(db::Connection& connection);

}  // namespace kabar::store
