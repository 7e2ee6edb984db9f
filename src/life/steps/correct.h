// Tells readers that something was wrong. The text itself is mended by importing it again, or, for a fault of one
// translation, by editing the segment.
#pragma once
#include <string>
#include <string_view>

#include "life/life.h"
#include "life/notices.h"

namespace kabar::life {

struct CorrectionRequest {
  std::string article;
  Wrong what = Wrong::other;
  std::string wrong;  // as in the main language; for a translation fault in `language`
  std::string right;
  Language language;  // only this translation was wrong; none: the article was
  std::string who;
};

// A dated notice in every language that is or will be public (or in the one). Asking for the newest notice again is
// harmless. Errors: not_found, conflict (not
// published yet, or withdrawn), bad_input (a value that cannot be written for other readers).
Result<void> correct(Life& life, const CorrectionRequest& request);

// Takes back a notice that was itself a mistake, in every language; the log keeps it. not_found.
Result<void> remove_correction(Life& life, std::string_view article, int number, std::string_view who);

}  // namespace kabar::life
