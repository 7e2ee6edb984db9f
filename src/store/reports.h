// What readers say is wrong in a translation, for the desk.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/language.h"
#include "db/connection.h"

namespace kabar::store {

struct Report {
  int64_t id = 0;  // given by the database
  Time at;
  std::string article;
  Language language;
  std::string segment;  // empty: the whole text
  std::string source;   // the sentence and its translation as they were published then; empty for the whole text
  std::string target;
  std::string comment;  // the reader's words
};

// Returns the id. io if there is no such article.
Result<int64_t> add_report(db::Connection& connection, const Report& report);
// Those that nobody has dealt with, oldest first, at most `count_max`.
Result<std::vector<Report>> open_reports(db::Connection& connection, int count_max);
// False if there is no open report with this id.
Result<bool> close_report(db::Connection& connection, int64_t id, std::string_view editor, Time now);

}  // namespace kabar::store
