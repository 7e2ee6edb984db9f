// The tables of the database as a numbered list of changes. The list only grows: a migration that has been
// released is never edited (a test holds the hash of each).
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/connection.h"

namespace kabar::db {

struct Migration {
  int number;  // 1, 2, …
  std::string_view name;
  std::string_view sql;  // statements, each ended by ";" at the end of a line
};

std::span<const Migration> migrations();

// FNV-1a, 64 bits: guards against a slip, not against malice.
uint64_t hash_of(const Migration& migration);

// Applies what is missing, each migration in one transaction with its row in schema_migration.
// conflict if the database knows migrations that we do not, or other texts of ours; `place` is for the message.
Result<void> migrate(Connection& connection, const std::string& place);

// The same tests without changing anything; an older database is fine.
Result<void> verify_migrations(Connection& connection, const std::string& place);

}  // namespace kabar::db
