// Corrections with the notice that readers of each language see.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/language.h"
#include "db/connection.h"

namespace kabar::store {

struct CorrectionRow {
  int number = 0;  // 1, 2, … per article
  Time at;
  std::string kind;  // "article": all languages; "translation": those in `notices`
  std::string what;  // life/notices.h: "number", "name", …
  std::string wrong;
  std::string right;
  std::string editor;
  std::map<Language, std::string> notices;
};

// Sets the number to the next free one.
Result<int> put_correction(db::Connection& connection, std::string_view article, const CorrectionRow& correction);
// With its notices; false if there is none of this number.
Result<bool> remove_correction(db::Connection& connection, std::string_view article, int number);
// Newest first.
Result<std::vector<CorrectionRow>> load_corrections(db::Connection& connection, std::string_view article);

}  // namespace kabar::store
