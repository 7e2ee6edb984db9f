#include <fmt/format.h>

#include "app/newsroom.h"
#include "base/file.h"
#include "db/sqlite.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

Result<void> run_init(const fs::path& dir) {
  const fs::path settings = dir / "kabar.toml";
  std::error_code code;
  if (fs::exists(settings, code)) return fail(ErrorKind::conflict, dir.string(), "there is a newsroom here already");
  // The database first: a folder with kabar.toml is a newsroom, so that comes last.
  fs::create_directories(dir, code);
  if (code) return fail(ErrorKind::io, dir.string(), code.message());
  KABAR_TRY(db::open_sqlite(dir / "kabar.db"));
  KABAR_TRY(disk().write(settings, default_kabar_toml()));
  fmt::print("A newsroom is in {}. Its settings are in {}.\n", dir.string(), settings.string());
  return {};
}

std::function<Result<void>()> declare(CLI::App& app, Program&) {
  auto dir = std::make_shared<fs::path>();
  app.add_option("FOLDER", *dir, "Where the newsroom is made; created if it is not there")->required();
  return [dir] { return run_init(*dir); };
}

}  // namespace

extern const Command kInitCommand;
const Command kInitCommand = {
    .name = "init",
    .summary = "Make a newsroom: a folder with settings and a database",
    .examples = "kabar init warta    # then: cd warta, edit kabar.toml",
    .declare = declare,
};

}  // namespace kabar::app
