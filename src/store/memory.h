// The translation memory of this newsroom: sentences that a person approved, found again by their exact text.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/language.h"
#include "db/connection.h"

namespace kabar::store {

struct MemoryEntry {
  Language source_language;
  Language target_language;
  std::string source;  // plain
  std::string target;  // plain
  std::string editor;
  std::string article;  // where it was approved
  Time updated;
};

// A newer approval of the same sentence replaces the older one.
Result<void> put_memory(db::Connection& connection, const MemoryEntry& entry);
Result<std::optional<MemoryEntry>> find_memory(db::Connection& connection, Language source_language,
                                               Language target_language, std::string_view source);
// All of a pair of languages, in the order of their sources.
Result<std::vector<MemoryEntry>> list_memory(db::Connection& connection, Language source_language,
                                             Language target_language);

}  // namespace kabar::store
