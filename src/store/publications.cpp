#include "store/publications.h"

#include <nlohmann/json.hpp>

#include "store/columns.h"
#include "store/json.h"

namespace kabar::store {
namespace {

// Two JSON texts in one column, parted by a line end: neither holds one.
std::string content_of(const Publication& publication) {
  return to_json(publication.blocks) + "\n" + to_json(publication.segments);
}

Publication read_publication(const db::Row& row) {
  Publication publication{.article = row.text(0),
                          .language = read_language(row, 1),
                          .revision = row.number(2),
                          .published = read_time(row, 3),
                          .modified = read_time(row, 4),
                          .reviewed_by = row.text(5),
                          .reviewed = read_optional_time(row, 6),
                          .score = read_optional_score(row, 7),
                          .blocks = {},
                          .segments = {}};
  const std::string content = row.text(8);
  const size_t end = std::min(content.find('\n'), content.size());
  publication.blocks = read_blocks(std::string_view(content).substr(0, end));
  publication.segments = read_segments(std::string_view(content).substr(std::min(end + 1, content.size())));
  return publication;
}

}  // namespace

Result<void> put_publication(db::Connection& connection, const Publication& publication) {
  KABAR_TRY(
      connection.run("INSERT INTO publication (article_id, language, revision, published_at, modified_at, "
                     "reviewed_by, reviewed_at, score, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
                     "ON CONFLICT (article_id, language) DO UPDATE SET revision = excluded.revision, "
                     "modified_at = excluded.modified_at, reviewed_by = excluded.reviewed_by, "
                     "reviewed_at = excluded.reviewed_at, score = excluded.score, content = excluded.content",
                     {publication.article, publication.language.view(), publication.revision,
                      to_seconds(publication.published), to_seconds(publication.modified), publication.reviewed_by,
                      to_seconds(publication.reviewed), to_real(publication.score), content_of(publication)}));
  return {};
}

Result<std::vector<Publication>> load_publications(db::Connection& connection, std::string_view article) {
  return db::query(connection,
                   "SELECT article_id, language, revision, published_at, modified_at, reviewed_by, reviewed_at, score, "
                   "content FROM publication WHERE article_id = $1 ORDER BY language",
                   {article}, read_publication);
}

Result<void> remove_publication(db::Connection& connection, std::string_view article, Language language) {
  KABAR_TRY(
      connection.run("DELETE FROM publication WHERE article_id = $1 AND language = $2", {article, language.view()}));
  return {};
}

namespace {

// The number grows as long as the row exists, so finishing an older change never removes a newer one.
Result<void> note_site_change(db::Connection& connection, std::string_view article, bool urgent) {
  KABAR_TRY(
      connection.run("INSERT INTO site_change (article_id, number, urgent) "
                     "VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM site_change), $2) "
                     "ON CONFLICT (article_id) DO UPDATE SET number = excluded.number, "
                     "urgent = CASE WHEN excluded.urgent > urgent THEN excluded.urgent ELSE urgent END",
                     {article, urgent}));
  return {};
}

}  // namespace

Result<void> add_site_change(db::Connection& connection, std::string_view article) {
  return note_site_change(connection, article, /*urgent=*/false);
}

Result<void> add_urgent_site_change(db::Connection& connection, std::string_view article) {
  return note_site_change(connection, article, /*urgent=*/true);
}

Result<std::vector<SiteChange>> load_site_changes(db::Connection& connection, int count_max) {
  return db::query(connection,
                   "SELECT article_id, number, urgent FROM site_change ORDER BY urgent DESC, number LIMIT $1",
                   {count_max}, [](const db::Row& row) {
                     return SiteChange{row.text(0), row.integer(1), row.boolean(2)};
                   });
}

Result<void> finish_site_change(db::Connection& connection, const SiteChange& change) {
  KABAR_TRY(
      connection.run("DELETE FROM site_change WHERE article_id = $1 AND number = $2", {change.article, change.number}));
  return {};
}

Result<void> add_site_change_for_all(db::Connection& connection) {
  KABAR_TRY(
      connection.run("INSERT INTO site_change (article_id, number) "
                     "SELECT DISTINCT article_id, 1 FROM publication WHERE true "
                     "ON CONFLICT (article_id) DO NOTHING"));
  return {};
}

Result<std::vector<std::string>> public_sections(db::Connection& connection, std::string_view site) {
  return db::query(connection,
                   "SELECT r.section, MIN(p.published_at) FROM publication p JOIN revision r "
                   "ON r.article_id = p.article_id AND r.number = p.revision AND r.language = p.language "
                   "JOIN article a ON a.id = p.article_id WHERE a.site = $1 AND a.withdrawn_at IS NULL "
                   "GROUP BY r.section ORDER BY 2, 1",
                   {site}, [](const db::Row& row) { return row.text(0); });
}

Result<std::optional<std::string>> public_section(db::Connection& connection, std::string_view article) {
  return db::query_one(connection,
                       "SELECT r.section FROM publication p JOIN revision r "
                       "ON r.article_id = p.article_id AND r.number = p.revision AND r.language = p.language "
                       "JOIN article a ON a.id = p.article_id WHERE p.article_id = $1 AND a.withdrawn_at IS NULL",
                       {article}, [](const db::Row& row) { return row.text(0); });
}

}  // namespace kabar::store
