#include "db/sqlite.h"

#include <unordered_map>

#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/file.h"
#include "db/migrations.h"

namespace kabar::db {
namespace {

namespace fs = std::filesystem;

// Longer than any step holds the write lock, so that waiting ends in an error only when something is wrong.
constexpr int kBusyTimeoutMs = 30'000;

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinishStatement>;

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  std::string text(int column) const override {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes == nullptr ? std::string() : std::string(bytes, sqlite3_column_bytes(statement_, column));
  }

 private:
  sqlite3_stmt* statement_;
};

class Sqlite final : public Connection {
 public:
  Sqlite(Database database, fs::path file) : database_(std::move(database)), file_(std::move(file)) {}
  ~Sqlite() override { statements_.clear(); }

  Result<int64_t> run(std::string_view sql, Values values,
                      const std::function<Result<void>(const Row&)>& take) override {
    KABAR_ASSIGN(sqlite3_stmt* const statement, prepare(sql));
    const Reset reset{statement};
    KABAR_CHECK(sqlite3_stmt_readonly(statement) || sqlite3_get_autocommit(database_.get()) == 0);
    bind(statement, values);
    const SqliteRow row(statement);
    for (;;) {
      const int code = sqlite3_step(statement);
      if (code == SQLITE_DONE) break;
      if (code != SQLITE_ROW) return failure(sql);
      KABAR_TRY(take(row));
    }
    return sqlite3_stmt_readonly(statement) ? 0 : int64_t{sqlite3_changes(database_.get())};
  }

  Result<void> begin(bool write) override { return script(write ? "BEGIN IMMEDIATE" : "BEGIN"); }
  Result<void> commit() override { return script("COMMIT"); }
  void rollback() override {
    if (sqlite3_get_autocommit(database_.get()) == 0)
      sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

  Result<void> backup(const fs::path& file) override {
    const fs::path temporary = file.string() + fmt::format(".{}.tmp", ::getpid());
    std::error_code ignored;
    fs::remove(temporary, ignored);
    Result<void> result = copy_to(temporary);
    if (result) result = sync_path(temporary);
    std::error_code code;
    if (result) fs::rename(temporary, file, code);
    if (code) result = fail(ErrorKind::io, file.string(), code.message());
    if (!result) fs::remove(temporary, ignored);
    return result;
  }

  // Several statements without parameters or rows.
  Result<void> script(const std::string& sql) {
    if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return failure(sql);
    return {};
  }

 private:
  struct Reset {
    sqlite3_stmt* statement;
    ~Reset() {
      sqlite3_reset(statement);
      sqlite3_clear_bindings(statement);
    }
  };

  tl::unexpected<Error> failure(std::string_view sql) const {
    const int code = sqlite3_errcode(database_.get());
    const std::string message = sqlite3_errmsg(database_.get());
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT) return fail(ErrorKind::bad_input, file_.string(), message);
    if (code == SQLITE_BUSY) return fail(ErrorKind::io, file_.string(), "another program keeps the database locked");
    // The statement tells a developer where it came from; a user at least sees what was refused.
    return fail(ErrorKind::io, file_.string(), fmt::format("{} (in: {:.60})", message, sql));
  }

  Result<sqlite3_stmt*> prepare(std::string_view sql) {
    const auto found = statements_.find(std::string(sql));
    if (found != statements_.end()) return found->second.get();
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement, nullptr) != SQLITE_OK) {
      return failure(sql);
    }
    statements_.emplace(sql, Statement(statement));
    return statement;
  }

  // SQLite takes "$1" for a name, so the position is looked up by it.
  static void bind(sqlite3_stmt* statement, Values values) {
    int number = 0;
    for (const Value& value : values) {
      const int index = sqlite3_bind_parameter_index(statement, fmt::format("${}", ++number).c_str());
      KABAR_CHECK(index > 0);
      if (const auto* integer = std::get_if<int64_t>(&value.get())) {
        sqlite3_bind_int64(statement, index, *integer);
      } else if (const auto* real = std::get_if<double>(&value.get())) {
        sqlite3_bind_double(statement, index, *real);
      } else if (const auto* text = std::get_if<std::string_view>(&value.get())) {
        const char* bytes = text->data() == nullptr ? "" : text->data();
        sqlite3_bind_text64(statement, index, bytes, text->size(), SQLITE_STATIC, SQLITE_UTF8);
      }
    }
    KABAR_CHECK(sqlite3_bind_parameter_count(statement) == number);
  }

  Result<void> copy_to(const fs::path& file) {
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open(file.c_str(), &raw);
    const Database target(raw);
    if (opened != SQLITE_OK) return fail(ErrorKind::io, file.string(), "cannot create the copy");
    // All pages in one step: the reader's snapshot makes the copy consistent, and writers go on meanwhile.
    sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", database_.get(), "main");
    if (backup == nullptr) return fail(ErrorKind::io, file.string(), sqlite3_errmsg(target.get()));
    sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK)
      return fail(ErrorKind::io, file.string(), sqlite3_errmsg(target.get()));
    // The copy leaves as one file without a log beside it.
    if (sqlite3_exec(target.get(), "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr) != SQLITE_OK) {
      return fail(ErrorKind::io, file.string(), sqlite3_errmsg(target.get()));
    }
    return {};
  }

  Database database_;
  fs::path file_;
  std::unordered_map<std::string, Statement> statements_;  // prepared once; the program has a fixed set of them
};

Result<std::unique_ptr<Sqlite>> connect(const fs::path& file, int flags) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
  Database database(raw);
  if (code != SQLITE_OK)
    return fail(ErrorKind::io, file.string(), fmt::format("cannot open: {}", sqlite3_errstr(code)));
  sqlite3_busy_timeout(database.get(), kBusyTimeoutMs);
  return std::make_unique<Sqlite>(std::move(database), file);
}

}  // namespace

Result<std::unique_ptr<Connection>> open_sqlite(const fs::path& file) {
  KABAR_ASSIGN(std::unique_ptr<Sqlite> connection, connect(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  // FULL: what was answered as stored survives a power cut.
  KABAR_TRY(
      connection->script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                         "PRAGMA trusted_schema = OFF"));
  KABAR_TRY(migrate(*connection, file.string()));
  return connection;
}

Result<std::unique_ptr<Connection>> open_sqlite_cache(const fs::path& file) {
  KABAR_ASSIGN(std::unique_ptr<Sqlite> connection, connect(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  KABAR_TRY(connection->script("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"));
  return connection;
}

Result<void> verify_sqlite(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return fail(ErrorKind::not_found, file.string(), "no such file");
  KABAR_ASSIGN(const std::unique_ptr<Sqlite> connection, connect(file, SQLITE_OPEN_READONLY));
  std::string verdict;
  KABAR_TRY(connection->run("PRAGMA integrity_check(1)", {}, [&](const Row& row) -> Result<void> {
    verdict = row.text(0);
    return {};
  }));
  if (verdict != "ok") return fail(ErrorKind::bad_input, file.string(), "damaged: " + verdict);
  return verify_migrations(*connection, file.string());
}

}  // namespace kabar::db
