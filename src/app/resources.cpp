#include "app/resources.h"

#include <cstdlib>

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

fs::path find_share_folder() {
  if (const char* named = std::getenv("KABAR_SHARE"); named != nullptr && *named != 0) return named;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path installed = program.parent_path() / "share" / "kabar";
  if (fs::is_directory(installed / "data", error)) return installed;
  for (fs::path folder = program; folder.has_relative_path(); folder = folder.parent_path()) {
    if (fs::is_directory(folder / "data" / "termbase", error)) return folder;
  }
  return installed;
}

}  // namespace

const std::filesystem::path& share_folder() {
  static const fs::path folder = find_share_folder();
  return folder;
}

}  // namespace kabar::app
