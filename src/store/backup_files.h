// Small files that travel inside a backup of the database. The table is empty in a database that is in use.
#pragma once
#include <string>
#include <string_view>

#include "db/connection.h"

namespace kabar::store {

Result<void> put_backup_file(db::Connection& connection, std::string_view name, std::string_view content);
// Also removes it; not_found if it is not there.
Result<std::string> take_backup_file(db::Connection& connection, std::string_view name);

}  // namespace kabar::store
