#include "app/newsroom.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

Result<fs::path> find_folder(const fs::path& wanted) {
  std::error_code code;
  if (!wanted.empty()) {
    if (fs::exists(wanted / "kabar.toml", code)) return wanted;
    return fail(ErrorKind::not_found, wanted.string(), "no newsroom here (no kabar.toml); kabar init makes one");
  }
  for (fs::path folder = fs::current_path(code);; folder = folder.parent_path()) {
    if (fs::exists(folder / "kabar.toml", code)) return folder;
    if (folder == folder.parent_path()) break;
  }
  return fail(ErrorKind::not_found, "", "no newsroom here or above (no kabar.toml); use --dir or kabar init");
}

}  // namespace

Result<Newsroom> open_newsroom(const Program& program) {
  KABAR_ASSIGN(const fs::path dir, find_folder(program.dir));
  KABAR_ASSIGN(Settings settings, load_settings(dir / "kabar.toml"));
  return Newsroom{dir, std::move(settings)};
}

}  // namespace kabar::app
