#include "store/reports.h"

#include "store/columns.h"

namespace kabar::store {

Result<int64_t> add_report(db::Connection& connection, const Report& report) {
  KABAR_ASSIGN(const std::optional<int64_t> id,
               db::query_one(connection,
                             "INSERT INTO report (at, article_id, language, segment_id, source, target, comment) "
                             "VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
                             {to_seconds(report.at), report.article, report.language.view(), report.segment,
                              report.source, report.target, report.comment},
                             [](const db::Row& row) { return row.integer(0); }));
  return *id;
}

Result<std::vector<Report>> open_reports(db::Connection& connection, int count_max) {
  return db::query(connection,
                   "SELECT id, at, article_id, language, segment_id, source, target, comment FROM report "
                   "WHERE closed_at IS NULL ORDER BY id LIMIT $1",
                   {count_max}, [](const db::Row& row) {
                     return Report{.id = row.integer(0),
                                   .at = read_time(row, 1),
                                   .article = row.text(2),
                                   .language = read_language(row, 3),
                                   .segment = row.text(4),
                                   .source = row.text(5),
                                   .target = row.text(6),
                                   .comment = row.text(7)};
                   });
}

Result<bool> close_report(db::Connection& connection, int64_t id, std::string_view editor, Time now) {
  KABAR_ASSIGN(const int64_t changed,
               connection.run("UPDATE report SET closed_at = $2, closed_by = $3 WHERE id = $1 AND closed_at IS NULL",
                              {id, to_seconds(now), editor}));
  return changed > 0;
}

}  // namespace kabar::store
