#include "app/backup.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "app/archive.h"
#include "base/file.h"
#include "db/sqlite.h"
#include "store/publications.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDatabase = "kabar.db";
constexpr const char* kSettings = "kabar.toml";
constexpr const char* kTerms = "termbase";

Result<void> rename_and_sync(const fs::path& from, const fs::path& to) {
  std::error_code code;
  fs::rename(from, to, code);
  if (code) return fail(ErrorKind::io, to.string(), code.message());
  return sync_path(to.parent_path());
}

void remove_database(const fs::path& file) {
  std::error_code ignored;
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(file.string() + end, ignored);
}

using Take = std::function<Result<void>(const fs::path& file)>;

// Calls `take` for every file below the folder, in the order of their names. A folder that is not there has none.
Result<void> each_file(const fs::path& folder, const Take& take) {
  std::error_code code;
  std::vector<fs::path> files;
  constexpr auto kLinksToo = fs::directory_options::follow_directory_symlink;  // pictures may lie on another disk
  for (fs::recursive_directory_iterator entry(folder, kLinksToo, code), end; !code && entry != end;
       entry.increment(code)) {
    // Temporary files of a program that is writing begin with a dot.
    std::error_code ignored;  // of a link that leads nowhere
    if (entry->is_regular_file(ignored) && !entry->path().filename().string().starts_with('.'))
      files.push_back(entry->path());
  }
  if (code && code != std::errc::no_such_file_or_directory) return fail(ErrorKind::io, folder.string(), code.message());
  std::ranges::sort(files);
  for (const fs::path& file : files) KABAR_TRY(take(file));
  return {};
}

// Whether a file of the public folder is made by publishing; the rest was put there by people. `path` is seen from it.
bool is_published(const fs::path& path) {
  const fs::path top = *path.begin();
  if (top == "media") return false;
  if (top == "assets" || top == "cards") return true;
  const fs::path ending = path.extension();
  if (top == "images") return ending == ".webp" || ending == ".avif";
  return std::ranges::any_of(
      std::initializer_list<const char*>{".html", ".xml", ".json", ".webmanifest", ".txt", ".br", ".gz"},
      [&](const char* own) { return ending == own; });
}

class Backup {
 public:
  Backup(const Newsroom& newsroom, const fs::path& file) : newsroom_(newsroom), writer_(file) {}

  Result<BackupReport> write(const fs::path& database) {
    KABAR_TRY(writer_.add(kSettings, newsroom_.dir / kSettings));
    KABAR_TRY(writer_.add(kDatabase, database));
    KABAR_TRY(each_file(newsroom_.dir / kTerms, [&](const fs::path& file) { return add(file); }));
    KABAR_TRY(add_site("", newsroom_.settings));
    for (const std::string& name : newsroom_.settings.further_sites()) {
      KABAR_TRY(add_site(name, newsroom_.settings.of_site(name)));
    }
    KABAR_TRY(writer_.finish());
    report_.files = writer_.files;
    report_.bytes = writer_.bytes;
    return report_;
  }

 private:
  Result<void> add(const fs::path& file) {
    return writer_.add(file.lexically_relative(newsroom_.dir).generic_string(), file);
  }

  Result<void> add_site(const std::string& name, const Settings& settings) {
    const fs::path folder = newsroom_.site(name);
    KABAR_TRY(each_file(folder, [&](const fs::path& file) -> Result<void> {
      return is_published(file.lexically_relative(folder)) ? Result<void>() : add(file);
    }));
    const std::string& theme = settings.text("site.theme");
    if (theme.empty() || std::ranges::find(themes_, theme) != themes_.end()) return {};
    themes_.push_back(theme);
    const fs::path inside = fs::path(theme).lexically_normal();
    if (inside.is_absolute() || *inside.begin() == "..") {
      report_.left_out.push_back(theme);
      return {};
    }
    return each_file(newsroom_.dir / inside, [&](const fs::path& file) { return add(file); });
  }

  const Newsroom& newsroom_;
  ArchiveWriter writer_;
  std::vector<std::string> themes_;
  BackupReport report_;
};

// Turns the copy of a backup into a newsroom's database, of which the whole site is to be made.
Result<void> prepare_database(const fs::path& copy) {
  KABAR_TRY(db::verify_sqlite(copy));
  KABAR_ASSIGN(const std::unique_ptr<db::Connection> connection, db::open_sqlite(copy));
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(*connection));
  KABAR_TRY(store::add_site_change_for_all(*connection));
  return transaction.commit();  // and closing the connection leaves one file without a log
}

// After this nothing of the old database is in a log, so that replacing the one file replaces everything.
Result<void> close_old_database(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return {};
  { const auto closed = db::open_sqlite(file); }  // a damaged one may be replaced too
  if (!fs::exists(file.string() + "-wal", ignored)) return {};
  return fail(ErrorKind::conflict, file.string(), "the database is in use; stop all kabar programs first");
}

// Puts everything of `from` into the newsroom's folder. Pictures that only the old newsroom has stay; terms do not:
// they would change translations.
Result<void> move_in(const fs::path& from, const fs::path& dir) {
  KABAR_TRY(close_old_database(dir / kDatabase));
  KABAR_TRY(rename_and_sync(from / kDatabase, dir / kDatabase));
  std::error_code code;
  fs::remove_all(dir / kTerms, code);
  KABAR_TRY(each_file(from, [&](const fs::path& file) -> Result<void> {
    const fs::path to = dir / file.lexically_relative(from);
    fs::create_directories(to.parent_path(), code);
    fs::rename(file, to, code);
    if (code) return fail(ErrorKind::io, to.string(), code.message());
    return {};
  }));
  return disk(/*sync=*/false).settle(dir);
}

}  // namespace

Result<BackupReport> write_backup(const Newsroom& newsroom, const fs::path& file) {
  KABAR_ASSIGN(const std::unique_ptr<db::Connection> connection, db::open_sqlite(newsroom.database()));
  const fs::path part = file.string() + ".part";
  const fs::path database = file.string() + ".db.part";
  Result<BackupReport> report;
  Result<void> result = connection->backup(database);
  if (result) {
    report = Backup(newsroom, part).write(database);
    result = report ? rename_and_sync(part, file) : tl::unexpected(report.error());
  }
  remove_database(database);
  std::error_code ignored;
  if (!result) fs::remove(part, ignored);
  if (!result) return tl::unexpected(result.error());
  return report;
}

Result<void> restore_backup(const fs::path& file, const fs::path& dir, bool replace) {
  KABAR_ASSIGN(const Archive archive, Archive::open(file));
  std::error_code code;
  if (fs::exists(dir / kSettings, code) && !replace) {
    return fail(ErrorKind::conflict, dir.string(), "there is a newsroom here; --replace puts the backup in its place");
  }
  fs::create_directories(dir, code);
  const Newsroom newsroom{dir, default_settings()};
  KABAR_ASSIGN(const std::optional<WorkerLock> lock, WorkerLock::try_take(newsroom));
  if (!lock) return fail(ErrorKind::conflict, dir.string(), "a worker is running here; stop it first");

  const fs::path unpacked = dir / "restore.part";  // on the same disk as what it replaces
  fs::remove_all(unpacked, code);
  Result<void> result = archive.extract(unpacked);
  if (result) result = prepare_database(unpacked / kDatabase);
  if (result) result = move_in(unpacked, dir);
  fs::remove_all(unpacked, code);
  return result;
}

}  // namespace kabar::app
