// Tells a WebSub hub of changed feeds and search engines (IndexNow) of changed pages, from the queue in the database.
// https://www.w3.org/TR/websub/ leaves open how a publisher tells its hub; all hubs take the form of PubSubHubbub 0.3,
// section 7.1. https://www.indexnow.org/documentation has the rest.
#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "app/newsroom.h"
#include "app/settings.h"
#include "base/clock.h"
#include "db/connection.h"
#include "http/client.h"
#include "store/pings.h"

namespace kabar::app {

struct PingTargets {
  std::string hub;  // empty: none
  std::string indexnow_key;
  std::string indexnow = "https://api.indexnow.org/indexnow";  // passes on to all search engines that take part

  std::vector<store::PingService> services() const;  // those that are told
};
PingTargets ping_targets(const Settings& settings);
http::ClientOptions ping_client(const Settings& settings);

// A failed ping is tried again after 1, 2, 4 … minutes and given up after so many attempts, 8.5 hours after the first.
inline constexpr int kPingAttemptsMax = 10;

struct PingReport {
  int sent = 0;                       // addresses
  int waiting = 0;                    // that failed and will be tried again
  std::vector<std::string> given_up;  // a line for the log each
};

// Sends what is due, once. A service that does not answer, or asks for patience, is left alone until its next turn.
// Errors are those of the database. One thread; publishing may go on beside it with a connection of its own.
Result<PingReport> send_pings(db::Connection& database, http::Client& client, const PingTargets& targets, Time now,
                              const std::stop_token& stop);

// The same for the commands that end: prints what was given up.
Result<void> send_pings(Desk& desk, const std::stop_token& stop);

// Until stopped, every worker.poll seconds, on a thread and a connection of its own, so that a slow hub delays no news.
// Returns at once if no service is set. Faults of the database are printed and tried again.
void ping_until_stopped(const Newsroom& newsroom, const std::stop_token& stop);

}  // namespace kabar::app
