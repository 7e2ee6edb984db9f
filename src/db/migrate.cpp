#include <fmt/format.h>

#include "db/migrations.h"

namespace kabar::db {
namespace {

// The statements of a migration. In this list a ";" ends a statement only at the end of a line.
std::vector<std::string_view> statements_of(std::string_view sql) {
  std::vector<std::string_view> statements;
  while (true) {
    const size_t end = sql.find(";\n");
    if (end == std::string_view::npos) return statements;
    statements.push_back(sql.substr(0, end));
    sql.remove_prefix(end + 2);
  }
}

struct Applied {
  int number;
  std::string hash;
};

Result<std::vector<Applied>> applied_migrations(Connection& connection) {
  return query(connection, "SELECT number, hash FROM schema_migration ORDER BY number", {}, [](const Row& row) {
    return Applied{row.number(0), row.text(1)};
  });
}

std::string hash_text(const Migration& migration) { return fmt::format("{:016x}", hash_of(migration)); }

Result<void> check_applied(const std::vector<Applied>& applied, const std::string& place) {
  const std::span<const Migration> list = migrations();
  for (size_t i = 0; i < applied.size(); ++i) {
    if (i >= list.size() || applied[i].number != list[i].number) {
      return fail(ErrorKind::conflict, place, "this database was made by a newer kabar; use that one");
    }
    if (applied[i].hash != hash_text(list[i])) {
      return fail(ErrorKind::conflict, place,
                  fmt::format("table change {} of this database is not the one that this kabar knows", list[i].number));
    }
  }
  return {};
}

}  // namespace

uint64_t hash_of(const Migration& migration) {
  uint64_t hash = 14695981039346656037ull;
  for (const unsigned char byte : migration.sql) hash = (hash ^ byte) * 1099511628211ull;
  return hash;
}

Result<void> migrate(Connection& connection, const std::string& place) {
  // One transaction around everything: of two programs that open a new database at once, one waits for the other.
  KABAR_ASSIGN(Transaction transaction, Transaction::begin(connection));
  KABAR_TRY(
      connection.run("CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER NOT NULL PRIMARY KEY, "
                     "name TEXT NOT NULL, hash TEXT NOT NULL)"));
  KABAR_ASSIGN(const std::vector<Applied> applied, applied_migrations(connection));
  KABAR_TRY(check_applied(applied, place));
  for (const Migration& migration : migrations().subspan(applied.size())) {
    for (const std::string_view statement : statements_of(migration.sql)) KABAR_TRY(connection.run(statement));
    KABAR_TRY(connection.run("INSERT INTO schema_migration (number, name, hash) VALUES ($1, $2, $3)",
                             {migration.number, migration.name, hash_text(migration)}));
  }
  return transaction.commit();
}

Result<void> verify_migrations(Connection& connection, const std::string& place) {
  const Result<std::vector<Applied>> applied = applied_migrations(connection);
  if (!applied || applied->empty()) return fail(ErrorKind::bad_input, place, "not a database of kabar");
  return check_applied(*applied, place);
}

}  // namespace kabar::db
