// The embedded database: one file, write-ahead log, foreign keys on.
#pragma once
#include <filesystem>
#include <memory>

#include "db/connection.h"

namespace kabar::db {

// Opens or creates the file and brings its tables up to date (db/migrations.h). A commit is on the disk when it
// returns. Errors: io; conflict if a newer program made the database; bad_input if it is no database of ours.
Result<std::unique_ptr<Connection>> open_sqlite(const std::filesystem::path& file);

// Opens or creates a file of the caller's own tables: a cache that can be made again, so a commit may be lost in a
// power cut (never damaged). No migrations. Several connections may read while one writes. Errors: io.
Result<std::unique_ptr<Connection>> open_sqlite_cache(const std::filesystem::path& file);

// not_found if there is no file, bad_input unless it is an undamaged database that this program can open.
Result<void> verify_sqlite(const std::filesystem::path& file);

}  // namespace kabar::db
