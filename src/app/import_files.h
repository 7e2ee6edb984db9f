// Article files of a folder, one at a time, so that memory does not grow with their number.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "article/article.h"
#include "base/language.h"
#include "base/result.h"

namespace kabar::app {

// The format that a file's name says; nothing for other files (pictures, …).
std::optional<Format> format_of(const std::filesystem::path& file);

// Reads and parses one file. Without an id in its head the article is known by its path below `root`, without the
// ending: "ekonomi/harga-beras". Errors carry file and line.
Result<Article> read_article(const std::filesystem::path& file, const std::filesystem::path& root, size_t bytes_max,
                             Language main_language);

// Calls `take` for every article file of `path` (a file, or a folder with all folders in it) with the folder that ids
// count from. Hidden files and links are left out. Stops at the first error.
Result<void> each_article_file(
    const std::filesystem::path& path,
    const std::function<Result<void>(const std::filesystem::path& file, const std::filesystem::path& root)>& take);

}  // namespace kabar::app
