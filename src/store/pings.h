// Which changed addresses other servers have not been told of yet.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "db/connection.h"

namespace kabar::store {

enum class PingService {
  websub,    // the hub of the feeds
  indexnow,  // search engines
};

struct Ping {
  PingService service;
  std::string address;  // of the page or feed, with scheme and host
  int64_t number = 0;   // grows when the address changes again
  int attempts = 0;     // that failed
};

// Due at once, also if an earlier change of the address waits to be tried again.
Result<void> add_ping(db::Connection& connection, PingService service, std::string_view address, Time now);
// Oldest first.
Result<std::vector<Ping>> due_pings(db::Connection& connection, PingService service, Time now, int count_max);
// Sent or given up. Stays if the address changed meanwhile.
Result<void> finish_ping(db::Connection& connection, const Ping& ping);
// One attempt more failed.
Result<void> postpone_ping(db::Connection& connection, const Ping& ping, Time due);

}  // namespace kabar::store
