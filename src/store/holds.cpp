#include "store/holds.h"

#include "store/columns.h"

namespace kabar::store {

Result<void> put_hold(db::Connection& connection, std::string_view article, Language language, const Hold& hold) {
  KABAR_TRY(
      connection.run("INSERT INTO hold (article_id, language, at, editor, reason) VALUES ($1, $2, $3, $4, $5) "
                     "ON CONFLICT (article_id, language) DO UPDATE SET at = excluded.at, editor = excluded.editor, "
                     "reason = excluded.reason",
                     {article, language.view(), to_seconds(hold.at), hold.editor, hold.reason}));
  return {};
}

Result<std::optional<Hold>> find_hold(db::Connection& connection, std::string_view article, Language language) {
  return db::query_one(connection, "SELECT at, editor, reason FROM hold WHERE article_id = $1 AND language = $2",
                       {article, language.view()}, [](const db::Row& row) {
                         return Hold{.at = read_time(row, 0), .editor = row.text(1), .reason = row.text(2)};
                       });
}

Result<void> remove_hold(db::Connection& connection, std::string_view article, Language language) {
  KABAR_TRY(connection.run("DELETE FROM hold WHERE article_id = $1 AND language = $2", {article, language.view()}));
  return {};
}

}  // namespace kabar::store
