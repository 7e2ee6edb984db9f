// The compressed forms (.br, .gz) of published files, made apart from publishing because they take far longer.
#pragma once
#include <filesystem>
#include <stop_token>

#include "base/file.h"
#include "base/result.h"
#include "base/thread_pool.h"

namespace kabar::site {

struct CompressReport {
  int files = 0;  // that were compressed
  int64_t bytes_before = 0;
  int64_t bytes_after = 0;  // brotli
  double seconds = 0;
};

// Whether the file should have compressed forms and has none: of a kind and size that is worth it.
bool lacks_compressed_forms(const std::filesystem::directory_entry& file);
// Makes the forms of one file; nothing if it vanished meanwhile. Thread-safe.
Result<CompressReport> compress_file(const std::filesystem::path& path, FileSystem& files);

// Makes the forms that are missing below `folder`. Publishing removes the forms of a file before it writes the file,
// so what is there is right. Files under 512 bytes and already compressed kinds stay alone. Errors: io; cancelled
// when `stop` is asked for, with what was done kept.
Result<CompressReport> compress_missing(const std::filesystem::path& folder, FileSystem& files, ThreadPool& pool,
                                        std::stop_token stop);

}  // namespace kabar::site
