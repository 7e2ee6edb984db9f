// Who did what: everything that a person decided, with the reason. Rows are only ever added.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/language.h"
#include "db/connection.h"

namespace kabar::store {

struct AuditEntry {
  Time at;
  std::string who;
  std::string action;  // "import", "approve", "edit", "hold", "correct", "withdraw", "lower to typo", …
  std::string article;
  int revision = 0;
  Language language;   // none: all
  std::string detail;  // reason, segment, text
};

Result<void> add_audit(db::Connection& connection, const AuditEntry& entry);
// Oldest first.
Result<std::vector<AuditEntry>> load_audit(db::Connection& connection, std::string_view article);

}  // namespace kabar::store
