// Article files of a folder, one at a time, so that memory does not grow with their number.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "app/sites.h"
#include "article/article.h"
#include "base/result.h"

namespace kabar::app {

// The format that a file's name says; nothing for other files (pictures, …).
std::optional<Format> format_of(const std::filesystem::path& file);

// Reads and parses one file. Without an id in its head the article is known by its path below `root`, without the
// ending: "ekonomi/harga-beras"; without a site in its head it belongs to `site`. Errors carry the file, and the line
// where there is one: also bad_input for a site that is not among `sites`, unsupported for another language than the
// site's.
Result<Article> read_article(const std::filesystem::path& file, const std::filesystem::path& root, size_t bytes_max,
                             std::span<const Site> sites, const std::string& site);

// Calls `take` for every article file of `path` (a file, or a folder with all folders in it) with the folder that ids
// count from. Hidden files and links are left out. Stops at the first error.
Result<void> each_article_file(
    const std::filesystem::path& path,
    const std::function<Result<void>(const std::filesystem::path& file, const std::filesystem::path& root)>& take);

}  // namespace kabar::app
