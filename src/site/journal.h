// What an update is about to do, written and synced before its first file changes and removed after its last.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "site/catalogue.h"

namespace kabar::site {

struct JournalEntry {
  std::string id;
  std::optional<CatalogueArticle> record;  // that the files are made from; nothing if the article is being removed
};

struct Journal {
  bool everything = false;  // a publish() of the whole site
  std::vector<JournalEntry> entries;
};

Result<void> write_journal(const std::filesystem::path& path, const Journal& journal, FileSystem& files);
// Nothing if there is no journal. A damaged one asks for everything: that is always right.
Result<std::optional<Journal>> read_journal(const std::filesystem::path& path);

}  // namespace kabar::site
