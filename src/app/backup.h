// One file that holds a newsroom: its settings, its database, its own terms, pictures and theme. The site is made again
// from them. Models that are named by engine.model are not in it, nor is what lies outside of the newsroom's folder.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "app/newsroom.h"

namespace kabar::app {

struct BackupReport {
  size_t files = 0;
  size_t bytes = 0;
  std::vector<std::filesystem::path> left_out;  // themes outside of the newsroom's folder
};

// Consistent while others read and write. Replaces `file`; old or new, never half.
Result<BackupReport> write_backup(const Newsroom& newsroom, const std::filesystem::path& file);

// Makes `dir` the newsroom of the backup. With `replace` false, conflict if there is one already; a newsroom whose
// worker or database is in use is never replaced. bad_input, and nothing is touched, if a byte of the backup is not as
// it was written. The old database is whole until the new one takes its place.
Result<void> restore_backup(const std::filesystem::path& file, const std::filesystem::path& dir, bool replace);

}  // namespace kabar::app
