#include "app/pings.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <span>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "db/sqlite.h"
#include "site/address.h"

namespace kabar::app {
namespace {

using store::Ping;
using store::PingService;

constexpr int kBatchMax = 10'000;  // addresses in one post to IndexNow

std::chrono::seconds pause_after(int attempts) { return std::chrono::minutes(int64_t{1} << (attempts - 1)); }

enum class Outcome {
  sent,
  refused,      // these addresses
  unreachable,  // the service: the other addresses need not be tried now
  stopped,
};

struct Attempt {
  Outcome outcome;
  std::string reason = {};
  std::chrono::seconds retry_after{0};
};

Attempt judge(const Result<http::Answer>& answer) {
  if (!answer && answer.error().kind == ErrorKind::cancelled) return {Outcome::stopped};
  if (!answer) return {Outcome::unreachable, answer.error().message};
  if (answer->status >= 200 && answer->status < 300) return {Outcome::sent};
  const bool later = answer->status >= 500 || answer->status == 429 || answer->status == 408;
  return {later ? Outcome::unreachable : Outcome::refused, fmt::format("HTTP {}", answer->status), answer->retry_after};
}

// Notes of all pings of one post how it went.
Result<void> settle(db::Connection& database, std::span<const Ping> pings, const Attempt& attempt, Time now,
                    PingReport& report) {
  // A server's wish is heard, but it cannot silence us for more than a day.
  const std::chrono::seconds wish = std::min<std::chrono::seconds>(attempt.retry_after, std::chrono::hours(24));
  std::vector<const Ping*> given_up;
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(database));
  for (const Ping& ping : pings) {
    const int attempts = ping.attempts + 1;
    if (attempt.outcome == Outcome::sent) {
      KABAR_TRY(store::finish_ping(database, ping));
      ++report.sent;
    } else if (attempts >= kPingAttemptsMax) {
      KABAR_TRY(store::finish_ping(database, ping));
      given_up.push_back(&ping);
    } else {
      KABAR_TRY(store::postpone_ping(database, ping, now + std::max(pause_after(attempts), wish)));
      ++report.waiting;
    }
  }
  KABAR_TRY(transaction.commit());
  if (!given_up.empty()) {
    report.given_up.push_back(fmt::format("ping of {} ({} in all) given up after {} attempts: {}",
                                          given_up.front()->address, given_up.size(), kPingAttemptsMax,
                                          attempt.reason));
  }
  return {};
}

// A hub takes one feed a post: only some of them read more.
Result<void> tell_hub(db::Connection& database, http::Client& client, const std::string& hub, Time now,
                      const std::stop_token& stop, PingReport& report) {
  KABAR_ASSIGN(const std::vector<Ping> due, store::due_pings(database, PingService::websub, now, kBatchMax));
  for (size_t i = 0; i < due.size(); ++i) {
    const std::string form = "hub.mode=publish&hub.url=" + site::encode_query(due[i].address);
    const Attempt attempt = judge(client.post(hub, "application/x-www-form-urlencoded", form, stop));
    if (attempt.outcome == Outcome::stopped) return {};
    const bool all = attempt.outcome == Outcome::unreachable;
    KABAR_TRY(settle(database, std::span(due).subspan(i, all ? due.size() - i : 1), attempt, now, report));
    if (all) return {};
  }
  return {};
}

// "https://warta.example" of an address there.
std::string origin_of(const std::string& address) {
  return address.substr(0, address.find('/', address.find("//") + 2));
}

Result<void> tell_search_engines(db::Connection& database, http::Client& client, const PingTargets& targets, Time now,
                                 const std::stop_token& stop, PingReport& report) {
  KABAR_ASSIGN(std::vector<Ping> due, store::due_pings(database, PingService::indexnow, now, kBatchMax));
  std::map<std::string, std::vector<Ping>> hosts;  // one post speaks of one host
  for (Ping& ping : due) hosts[origin_of(ping.address)].push_back(std::move(ping));
  for (const auto& [origin, pings] : hosts) {
    nlohmann::ordered_json json = {{"host", origin.substr(origin.find("//") + 2)},
                                   {"key", targets.indexnow_key},
                                   {"keyLocation", fmt::format("{}/{}.txt", origin, targets.indexnow_key)},
                                   {"urlList", nlohmann::json::array()}};
    for (const Ping& ping : pings) json["urlList"].push_back(ping.address);
    const Attempt attempt = judge(client.post(targets.indexnow, "application/json; charset=utf-8", json.dump(), stop));
    if (attempt.outcome == Outcome::stopped) return {};
    KABAR_TRY(settle(database, pings, attempt, now, report));
  }
  return {};
}

void print_given_up(const PingReport& report) {
  for (const std::string& line : report.given_up) fmt::print(stderr, "kabar: {}\n", line);
}

}  // namespace

std::vector<PingService> PingTargets::services() const {
  std::vector<PingService> services;
  if (!hub.empty()) services.push_back(PingService::websub);
  if (!indexnow_key.empty()) services.push_back(PingService::indexnow);
  return services;
}

PingTargets ping_targets(const Settings& settings) {
  return {.hub = settings.text("ping.websub_hub"), .indexnow_key = settings.text("ping.indexnow_key")};
}

http::ClientOptions ping_client(const Settings& settings) {
  return {.user_agent = fmt::format("Kabar/{} (+{})", KABAR_VERSION, settings.text("site.address"))};
}

Result<PingReport> send_pings(db::Connection& database, http::Client& client, const PingTargets& targets, Time now,
                              const std::stop_token& stop) {
  PingReport report;
  for (const PingService service : targets.services()) {
    KABAR_TRY(service == PingService::websub ? tell_hub(database, client, targets.hub, now, stop, report)
                                             : tell_search_engines(database, client, targets, now, stop, report));
  }
  return report;
}

Result<void> send_pings(Desk& desk, const std::stop_token& stop) {
  const Settings& settings = desk.newsroom().settings;
  http::Client client(ping_client(settings));
  life::Life& life = desk.life();
  KABAR_ASSIGN(const PingReport report,
               send_pings(life.database, client, ping_targets(settings), life.clock.now(), stop));
  print_given_up(report);
  return {};
}

void ping_until_stopped(const Newsroom& newsroom, const std::stop_token& stop) {
  const PingTargets targets = ping_targets(newsroom.settings);
  if (targets.services().empty()) return;
  const std::chrono::duration<double> pause(newsroom.settings.number("worker.poll"));
  const SystemClock clock;
  http::Client client(ping_client(newsroom.settings));
  Result<std::unique_ptr<db::Connection>> database = db::open_sqlite(newsroom.database());
  std::mutex mutex;
  std::condition_variable_any woken;
  while (!stop.stop_requested()) {
    if (!database) database = db::open_sqlite(newsroom.database());
    const Result<PingReport> report =
        database ? send_pings(**database, client, targets, clock.now(), stop) : tl::unexpected(database.error());
    if (report) print_given_up(*report);
    if (!report) fmt::print(stderr, "kabar: {}\n", report.error().text());
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, pause, [] { return false; });
  }
}

}  // namespace kabar::app
