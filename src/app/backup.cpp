#include "app/backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/file.h"
#include "db/sqlite.h"
#include "store/backup_files.h"
#include "store/publications.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

constexpr size_t kSettingsBytesMax = 1'000'000;

Result<void> rename_and_sync(const fs::path& from, const fs::path& to) {
  std::error_code code;
  fs::rename(from, to, code);
  if (code) return fail(ErrorKind::io, to.string(), code.message());
  const fs::path folder = to.parent_path().empty() ? "." : to.parent_path();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) return fail(ErrorKind::io, folder.string(), "cannot sync");
  return {};
}

void remove_database(const fs::path& file) {
  std::error_code ignored;
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(file.string() + end, ignored);
}

// Puts the settings into the copy. Closing the connection leaves one file without a log.
Result<void> add_settings(const fs::path& copy, const std::string& settings) {
  KABAR_ASSIGN(const std::unique_ptr<db::Connection> connection, db::open_sqlite(copy));
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(*connection));
  KABAR_TRY(store::put_backup_file(*connection, "kabar.toml", settings));
  return transaction.commit();
}

// Turns the copy of a backup into a newsroom's database; returns the settings that were in it.
Result<std::string> take_settings(const fs::path& copy) {
  KABAR_ASSIGN(const std::unique_ptr<db::Connection> connection, db::open_sqlite(copy));
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(*connection));
  KABAR_ASSIGN(std::string settings, store::take_backup_file(*connection, "kabar.toml"));
  KABAR_TRY(store::add_site_change_for_all(*connection));
  KABAR_TRY(transaction.commit());
  return settings;
}

// After this nothing of the old database is in a log, so that replacing the one file replaces everything.
Result<void> close_old_database(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return {};
  { const auto closed = db::open_sqlite(file); }  // a damaged one may be replaced too
  if (!fs::exists(file.string() + "-wal", ignored)) return {};
  return fail(ErrorKind::conflict, file.string(), "the database is in use; stop all kabar programs first");
}

}  // namespace

Result<void> write_backup(const Newsroom& newsroom, const fs::path& file) {
  KABAR_ASSIGN(const std::string settings, read_file(newsroom.dir / "kabar.toml", kSettingsBytesMax));
  KABAR_ASSIGN(const std::unique_ptr<db::Connection> connection, db::open_sqlite(newsroom.database()));
  const fs::path copy = file.string() + ".part";
  Result<void> result = connection->backup(copy);
  if (result) result = add_settings(copy, settings);
  if (result) result = rename_and_sync(copy, file);
  if (!result) remove_database(copy);
  return result;
}

Result<void> restore_backup(const fs::path& file, const fs::path& dir, bool replace) {
  KABAR_TRY(db::verify_sqlite(file));
  std::error_code code;
  if (fs::exists(dir / "kabar.toml", code) && !replace) {
    return fail(ErrorKind::conflict, dir.string(), "there is a newsroom here; --replace puts the backup in its place");
  }
  fs::create_directories(dir, code);
  const Newsroom newsroom{dir, default_settings()};
  KABAR_ASSIGN(const std::optional<WorkerLock> lock, WorkerLock::try_take(newsroom));
  if (!lock) return fail(ErrorKind::conflict, dir.string(), "a worker is running here; stop it first");

  const fs::path copy = dir / "kabar.db.part";
  remove_database(copy);
  if (!fs::copy_file(file, copy, code)) return fail(ErrorKind::io, copy.string(), code.message());
  const Result<std::string> settings = take_settings(copy);
  Result<void> result = settings ? close_old_database(newsroom.database()) : tl::unexpected(settings.error());
  if (result) result = rename_and_sync(copy, newsroom.database());
  if (result) result = disk().write(dir / "kabar.toml", *settings);
  if (!result) remove_database(copy);
  return result;
}

}  // namespace kabar::app
