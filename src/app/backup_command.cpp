#include <fmt/format.h>

#include "app/backup.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

std::function<Result<void>()> declare_backup(CLI::App& app, Program& program) {
  auto file = std::make_shared<fs::path>();
  app.add_option("FILE", *file, "Where the backup is written; an older one is replaced")->required();
  return [&program, file]() -> Result<void> {
    KABAR_ASSIGN(const Newsroom newsroom, open_newsroom(program));
    KABAR_ASSIGN(const BackupReport report, write_backup(newsroom, *file));
    constexpr double kMegabyte = 1e6;
    fmt::print("{}: {} files, {:.1f} MB\n", file->string(), report.files,
               static_cast<double>(report.bytes) / kMegabyte);
    for (const fs::path& theme : report.left_out) {
      fmt::print("not in it: the theme {}, which lies outside of the newsroom's folder\n", theme.string());
    }
    return {};
  };
}

struct RestoreArguments {
  fs::path file;
  bool replace = false;
};

Result<void> run_restore(const Program& program, const RestoreArguments& arguments) {
  const fs::path dir = program.dir.empty() ? fs::current_path() : program.dir;
  KABAR_TRY(restore_backup(arguments.file, dir, arguments.replace));
  KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk({.dir = dir}));
  KABAR_ASSIGN(const site::PublishReport site, desk->publish_all());
  fmt::print("restored; {} pages, {} files written\n", site.pages, site.files_written);
  return {};
}

std::function<Result<void>()> declare_restore(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<RestoreArguments>();
  app.add_option("FILE", arguments->file, "A file made by kabar backup")->required();
  app.add_flag("--replace", arguments->replace, "Put it in the place of the newsroom that is in the folder");
  return [&program, arguments] { return run_restore(program, *arguments); };
}

}  // namespace

extern const Command kBackupCommand;
const Command kBackupCommand = {
    .name = "backup",
    .summary = "Write the whole newsroom into one file, also while it is running",
    .examples =
        "kabar backup /backup/warta-monday.kabar    # settings, database, own terms, pictures, theme; not the models\n"
        "tar tf /backup/warta-monday.kabar          # it is a tar archive",
    .declare = declare_backup,
};

extern const Command kRestoreCommand;
const Command kRestoreCommand = {
    .name = "restore",
    .summary = "Make a newsroom of a backup and publish its site",
    .examples =
        "kabar --dir warta restore /backup/warta-monday.kabar\n"
        "kabar restore --replace /backup/warta-monday.kabar    # this folder's newsroom is replaced",
    .declare = declare_restore,
};

}  // namespace kabar::app
