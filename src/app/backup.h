// One file that holds a newsroom: its database and its settings. The site is made again from them.
#pragma once
#include <filesystem>

#include "app/newsroom.h"

namespace kabar::app {

// Consistent while others read and write. Replaces `file`; old or new, never half.
Result<void> write_backup(const Newsroom& newsroom, const std::filesystem::path& file);

// Makes `dir` the newsroom of the backup. With `replace` false, conflict if there is one already; a newsroom whose
// worker or database is in use is never replaced. The old database is whole until the new one takes its place.
Result<void> restore_backup(const std::filesystem::path& file, const std::filesystem::path& dir, bool replace);

}  // namespace kabar::app
