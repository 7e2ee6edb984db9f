#include "store/audit.h"

#include "store/columns.h"

namespace kabar::store {

Result<void> add_audit(db::Connection& connection, const AuditEntry& entry) {
  KABAR_TRY(
      connection.run("INSERT INTO audit (at, who, action, article_id, revision, language, detail) "
                     "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     {to_seconds(entry.at), entry.who, entry.action, entry.article, entry.revision,
                      entry.language.view(), entry.detail}));
  return {};
}

Result<std::vector<AuditEntry>> load_audit(db::Connection& connection, std::string_view article) {
  return db::query(connection,
                   "SELECT at, who, action, article_id, revision, language, detail FROM audit "
                   "WHERE article_id = $1 ORDER BY id",
                   {article}, [](const db::Row& row) {
                     return AuditEntry{.at = read_time(row, 0),
                                       .who = row.text(1),
                                       .action = row.text(2),
                                       .article = row.text(3),
                                       .revision = row.number(4),
                                       .language = read_language(row, 5),
                                       .detail = row.text(6)};
                   });
}

}  // namespace kabar::store
