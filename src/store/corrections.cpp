#include "store/corrections.h"

#include "store/columns.h"

namespace kabar::store {

Result<int> put_correction(db::Connection& connection, std::string_view article, const CorrectionRow& correction) {
  KABAR_ASSIGN(const auto number, db::query_one(connection,
                                                "SELECT COALESCE(MAX(number), 0) + 1 FROM correction "
                                                "WHERE article_id = $1",
                                                {article}, [](const db::Row& row) { return row.number(0); }));
  KABAR_TRY(
      connection.run("INSERT INTO correction (article_id, number, at, kind, what, wrong_value, right_value, "
                     "editor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                     {article, *number, to_seconds(correction.at), correction.kind, correction.what, correction.wrong,
                      correction.right, correction.editor}));
  for (const auto& [language, text] : correction.notices) {
    KABAR_TRY(
        connection.run("INSERT INTO correction_notice (article_id, number, language, text) "
                       "VALUES ($1, $2, $3, $4)",
                       {article, *number, language.view(), text}));
  }
  return *number;
}

Result<bool> remove_correction(db::Connection& connection, std::string_view article, int number) {
  KABAR_TRY(connection.run("DELETE FROM correction_notice WHERE article_id = $1 AND number = $2", {article, number}));
  KABAR_ASSIGN(const int64_t removed,
               connection.run("DELETE FROM correction WHERE article_id = $1 AND number = $2", {article, number}));
  return removed > 0;
}

Result<std::vector<CorrectionRow>> load_corrections(db::Connection& connection, std::string_view article) {
  KABAR_ASSIGN(std::vector<CorrectionRow> corrections,
               db::query(connection,
                         "SELECT number, at, kind, what, wrong_value, right_value, editor FROM correction "
                         "WHERE article_id = $1 ORDER BY number DESC",
                         {article}, [](const db::Row& row) {
                           return CorrectionRow{.number = row.number(0),
                                                .at = read_time(row, 1),
                                                .kind = row.text(2),
                                                .what = row.text(3),
                                                .wrong = row.text(4),
                                                .right = row.text(5),
                                                .editor = row.text(6),
                                                .notices = {}};
                         }));
  for (CorrectionRow& correction : corrections) {
    KABAR_TRY(connection.run("SELECT language, text FROM correction_notice WHERE article_id = $1 AND number = $2",
                             {article, correction.number}, [&](const db::Row& row) -> Result<void> {
                               correction.notices[read_language(row, 0)] = row.text(1);
                               return {};
                             }));
  }
  return corrections;
}

}  // namespace kabar::store
