#include "store/pings.h"

#include "store/columns.h"

namespace kabar::store {
namespace {

std::string_view name_of(PingService service) { return service == PingService::websub ? "websub" : "indexnow"; }

}  // namespace

// The number grows as long as the row exists, so finishing an older change never removes a newer one.
Result<void> add_ping(db::Connection& connection, PingService service, std::string_view address, Time now) {
  KABAR_TRY(
      connection.run("INSERT INTO ping (service, address, number, attempts, due_at) "
                     "VALUES ($1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM ping), 0, $3) "
                     "ON CONFLICT (service, address) DO UPDATE SET number = excluded.number, attempts = 0, "
                     "due_at = excluded.due_at",
                     {name_of(service), address, to_seconds(now)}));
  return {};
}

Result<std::vector<Ping>> due_pings(db::Connection& connection, PingService service, Time now, int count_max) {
  return db::query(connection,
                   "SELECT address, number, attempts FROM ping WHERE service = $1 AND due_at <= $2 "
                   "ORDER BY number LIMIT $3",
                   {name_of(service), to_seconds(now), count_max}, [service](const db::Row& row) {
                     return Ping{service, row.text(0), row.integer(1), row.number(2)};
                   });
}

Result<void> finish_ping(db::Connection& connection, const Ping& ping) {
  KABAR_TRY(connection.run("DELETE FROM ping WHERE service = $1 AND address = $2 AND number = $3",
                           {name_of(ping.service), ping.address, ping.number}));
  return {};
}

Result<void> postpone_ping(db::Connection& connection, const Ping& ping, Time due) {
  KABAR_TRY(
      connection.run("UPDATE ping SET attempts = attempts + 1, due_at = $4 "
                     "WHERE service = $1 AND address = $2 AND number = $3",
                     {name_of(ping.service), ping.address, ping.number, to_seconds(due)}));
  return {};
}

}  // namespace kabar::store
