// The newsroom's own terms: what its people added to the starter pack, and who did it when.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "db/connection.h"
#include "terms/term.h"

namespace kabar::store {

// Adds entries; one with the id of an older entry replaces it. Where an entry does not say who added it and when, that
// is `who` and the day of `at`. One line of the audit log for all of them.
Result<void> put_terms(db::Connection& connection, std::span<const terms::Term> list, std::string_view who, Time at);
// not_found if there is no such entry; nothing is removed then.
Result<void> remove_term(db::Connection& connection, std::string_view id, std::string_view who, Time at);
// All of them by id.
Result<std::vector<terms::Term>> list_terms(db::Connection& connection);
// Grows with every change of the terms; 0 as long as there was none.
Result<int64_t> last_term_change(db::Connection& connection);

}  // namespace kabar::store
