#include "store/backup_files.h"

#include <optional>

namespace kabar::store {

Result<void> put_backup_file(db::Connection& connection, std::string_view name, std::string_view content) {
  KABAR_TRY(connection.run("INSERT INTO backup_file (name, content) VALUES ($1, $2)", {name, content}));
  return {};
}

Result<std::string> take_backup_file(db::Connection& connection, std::string_view name) {
  KABAR_ASSIGN(std::optional<std::string> content,
               db::query_one(connection, "SELECT content FROM backup_file WHERE name = $1", {name},
                             [](const db::Row& row) { return row.text(0); }));
  if (!content) return fail(ErrorKind::not_found, std::string(name), "is not in the backup");
  KABAR_TRY(connection.run("DELETE FROM backup_file WHERE name = $1", {name}));
  return std::move(*content);
}

}  // namespace kabar::store
