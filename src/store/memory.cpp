#include "store/memory.h"

#include "store/columns.h"

namespace kabar::store {
namespace {

MemoryEntry read_entry(const db::Row& row) {
  return {.source_language = read_language(row, 0),
          .target_language = read_language(row, 1),
          .source = row.text(2),
          .target = row.text(3),
          .editor = row.text(4),
          .article = row.text(5),
          .updated = read_time(row, 6)};
}

}  // namespace

Result<void> put_memory(db::Connection& connection, const MemoryEntry& entry) {
  KABAR_TRY(
      connection.run("INSERT INTO memory (source_language, target_language, source, target, editor, article_id, "
                     "updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7) "
                     "ON CONFLICT (source_language, target_language, source) DO UPDATE SET "
                     "target = excluded.target, editor = excluded.editor, article_id = excluded.article_id, "
                     "updated_at = excluded.updated_at",
                     {entry.source_language.view(), entry.target_language.view(), entry.source, entry.target,
                      entry.editor, entry.article, to_seconds(entry.updated)}));
  return {};
}

Result<std::optional<MemoryEntry>> find_memory(db::Connection& connection, Language source_language,
                                               Language target_language, std::string_view source) {
  return db::query_one(connection,
                       "SELECT source_language, target_language, source, target, editor, article_id, updated_at "
                       "FROM memory WHERE source_language = $1 AND target_language = $2 AND source = $3",
                       {source_language.view(), target_language.view(), source}, read_entry);
}

Result<std::vector<MemoryEntry>> list_memory(db::Connection& connection, Language source_language,
                                             Language target_language) {
  return db::query(connection,
                   "SELECT source_language, target_language, source, target, editor, article_id, updated_at "
                   "FROM memory WHERE source_language = $1 AND target_language = $2 ORDER BY source",
                   {source_language.view(), target_language.view()}, read_entry);
}

}  // namespace kabar::store
