#include "store/articles.h"

#include <nlohmann/json.hpp>

#include "article/version.h"
#include "store/columns.h"
#include "store/json.h"

namespace kabar::store {
namespace {

std::string_view format_name(Format format) {
  switch (format) {
    case Format::markdown:
      return "markdown";
    case Format::html:
      return "html";
    case Format::text:
      break;
  }
  return "text";
}

Format parse_format(std::string_view name) {
  return name == "markdown" ? Format::markdown : name == "html" ? Format::html : Format::text;
}

// What is only shown and never searched for shares one column.
std::string head_of(const Article& article) {
  return nlohmann::json{
      {"authors", article.authors}, {"tags", article.tags}, {"image", article.image}, {"other", article.other}}
      .dump();
}

void read_head(std::string_view text, Article& article) {
  const nlohmann::json head = nlohmann::json::parse(text, nullptr, false);
  if (!head.is_object()) return;
  article.authors = head.value("authors", article.authors);
  article.tags = head.value("tags", article.tags);
  article.image = head.value("image", "");
  article.other = head.value("other", article.other);
}

Result<void> put_blocks(db::Connection& connection, const Revision& revision) {
  int position = 0;
  for (const Block& block : revision.article.blocks) {
    KABAR_TRY(
        connection.run("INSERT INTO block (article_id, revision, position, id, type, text, tags, attributes) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                       {revision.article.id, revision.number, position++, block.id, name_of(block.type), block.text,
                        to_json(block.tags), to_json(block.attributes)}));
  }
  return {};
}

Result<std::vector<Block>> load_blocks(db::Connection& connection, std::string_view article, int revision) {
  return db::query(connection,
                   "SELECT id, type, text, tags, attributes FROM block WHERE article_id = $1 AND revision = $2 "
                   "ORDER BY position",
                   {article, revision}, [](const db::Row& row) {
                     return Block{.id = row.text(0),
                                  .type = parse_block_type(row.text(1)).value_or(BlockType::paragraph),
                                  .text = row.text(2),
                                  .tags = read_tags(row.text(3)),
                                  .attributes = read_map(row.text(4))};
                   });
}

Revision read_revision(const db::Row& row) {
  Revision revision{.number = row.number(1),
                    .received = read_time(row, 2),
                    .fingerprint = row.text(3),
                    .change = row.text(9),
                    .change_reason = row.text(10),
                    .article = {}};
  revision.article.id = row.text(0);
  revision.article.language = read_language(row, 4);
  revision.article.format = parse_format(row.text(5));
  revision.article.section = row.text(6);
  revision.article.date = read_optional_time(row, 7);
  read_head(row.text(8), revision.article);
  revision.article.site = row.text(11);
  return revision;
}

}  // namespace

Result<std::optional<ArticleRow>> find_article(db::Connection& connection, std::string_view id) {
  return db::query_one(connection,
                       "SELECT id, site, revision, segments_made, created_at, withdrawn_at, withdrawal_reason "
                       "FROM article WHERE id = $1",
                       {id}, [](const db::Row& row) {
                         return ArticleRow{.id = row.text(0),
                                           .site = row.text(1),
                                           .revision = row.number(2),
                                           .segments_made = row.number(3),
                                           .created = read_time(row, 4),
                                           .withdrawn = read_optional_time(row, 5),
                                           .withdrawal_reason = row.text(6)};
                       });
}

Result<void> each_article(db::Connection& connection, const std::function<Result<void>(const std::string&)>& take) {
  KABAR_TRY(
      connection.run("SELECT id FROM article ORDER BY id", {}, [&](const db::Row& row) { return take(row.text(0)); }));
  return {};
}

Result<void> each_public_article(db::Connection& connection, std::string_view site,
                                 const std::function<Result<void>(const std::string&)>& take) {
  KABAR_TRY(
      connection.run("SELECT p.article_id FROM publication p JOIN revision r "
                     "ON r.article_id = p.article_id AND r.number = p.revision AND r.language = p.language "
                     "JOIN article a ON a.id = p.article_id WHERE a.site = $1 "
                     "ORDER BY p.published_at, p.article_id",
                     {site}, [&](const db::Row& row) { return take(row.text(0)); }));
  return {};
}

Result<void> put_revision(db::Connection& connection, const Revision& revision) {
  const Article& article = revision.article;
  KABAR_TRY(
      connection.run("INSERT INTO article (id, site, revision, segments_made, created_at) VALUES ($1, $2, $3, 0, $4) "
                     "ON CONFLICT (id) DO UPDATE SET revision = excluded.revision",
                     {article.id, article.site, revision.number, to_seconds(revision.received)}));
  KABAR_TRY(connection.run(
      "INSERT INTO revision (article_id, number, received_at, fingerprint, language, format, "
      "section, date, head) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {article.id, revision.number, to_seconds(revision.received), revision.fingerprint, article.language.view(),
       format_name(article.format), article.section, to_seconds(article.date), head_of(article)}));
  return put_blocks(connection, revision);
}

Result<std::optional<Revision>> find_revision(db::Connection& connection, std::string_view article, int number) {
  KABAR_ASSIGN(
      std::optional<Revision> revision,
      db::query_one(connection,
                    "SELECT article_id, number, received_at, fingerprint, language, format, section, date, head, "
                    "change, change_reason, site FROM revision JOIN article ON article.id = article_id "
                    "WHERE article_id = $1 AND number = $2",
                    {article, number}, read_revision));
  if (!revision) return revision;
  KABAR_ASSIGN(revision->article.blocks, load_blocks(connection, article, number));
  return revision;
}

Result<std::optional<std::string>> find_fingerprint(db::Connection& connection, std::string_view article, int number) {
  return db::query_one(connection, "SELECT fingerprint FROM revision WHERE article_id = $1 AND number = $2",
                       {article, number}, [](const db::Row& row) { return row.text(0); });
}

Result<std::optional<std::string>> find_twin(db::Connection& connection, std::string_view article) {
  return db::query_one(connection,
                       "SELECT twin.article_id FROM article JOIN revision own "
                       "ON own.article_id = article.id AND own.number = article.revision "
                       "JOIN revision twin ON twin.fingerprint = own.fingerprint AND twin.article_id <> own.article_id "
                       "JOIN article other ON other.id = twin.article_id AND other.revision = twin.number "
                       "WHERE article.id = $1 AND other.withdrawn_at IS NULL AND other.site = article.site "
                       "ORDER BY twin.article_id LIMIT 1",
                       {article}, [](const db::Row& row) { return row.text(0); });
}

Result<void> set_change(db::Connection& connection, std::string_view article, int number, std::string_view change,
                        std::string_view reason) {
  KABAR_TRY(connection.run("UPDATE revision SET change = $3, change_reason = $4 WHERE article_id = $1 AND number = $2",
                           {article, number, change, reason}));
  return {};
}

Result<void> put_segments(db::Connection& connection, std::string_view article, int revision,
                          const std::vector<StoredSegment>& segments, int segments_made) {
  int position = 0;
  for (const auto& [segment, predecessor] : segments) {
    KABAR_TRY(
        connection.run("INSERT INTO segment (article_id, revision, position, id, block_id, block_type, text, "
                       "tags, gap, predecessor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                       {article, revision, position++, segment.id, segment.block_id, name_of(segment.block_type),
                        segment.text, to_json(segment.tags), segment.gap, predecessor}));
  }
  KABAR_TRY(connection.run("UPDATE article SET segments_made = $2 WHERE id = $1", {article, segments_made}));
  return {};
}

Result<int> previous_segmented_revision(db::Connection& connection, std::string_view article, int revision) {
  int number = 0;
  KABAR_TRY(connection.run("SELECT COALESCE(MAX(revision), 0) FROM segment WHERE article_id = $1 AND revision < $2",
                           {article, revision}, [&](const db::Row& row) -> Result<void> {
                             number = row.number(0);
                             return {};
                           }));
  return number;
}

Result<std::vector<StoredSegment>> load_segments(db::Connection& connection, std::string_view article, int revision) {
  return db::query(connection,
                   "SELECT id, block_id, block_type, text, tags, gap, predecessor FROM segment "
                   "WHERE article_id = $1 AND revision = $2 ORDER BY position",
                   {article, revision}, [](const db::Row& row) {
                     return StoredSegment{
                         .segment = {.id = row.text(0),
                                     .block_id = row.text(1),
                                     .block_type = parse_block_type(row.text(2)).value_or(BlockType::paragraph),
                                     .text = row.text(3),
                                     .tags = read_tags(row.text(4)),
                                     .gap = row.text(5)},
                         .predecessor = row.text(6)};
                   });
}

Result<std::string> segment_text(db::Connection& connection, std::string_view article, int revision,
                                 std::string_view id) {
  std::string text;
  KABAR_TRY(connection.run("SELECT text FROM segment WHERE article_id = $1 AND revision = $2 AND id = $3",
                           {article, revision, id}, [&](const db::Row& row) -> Result<void> {
                             text = row.text(0);
                             return {};
                           }));
  return text;
}

Result<void> set_withdrawn(db::Connection& connection, std::string_view article, Time at, std::string_view reason) {
  KABAR_TRY(connection.run("UPDATE article SET withdrawn_at = $2, withdrawal_reason = $3 WHERE id = $1",
                           {article, to_seconds(at), reason}));
  return {};
}

}  // namespace kabar::store
