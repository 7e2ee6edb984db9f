#include "app/readers_first.h"

#include <thread>

#include <fmt/format.h>

#include "app/pings.h"
#include "app/stop_signal.h"
#include "store/publications.h"

namespace kabar::app {
namespace {

// A worker looks for urgent changes several times a second, whatever it is at.
constexpr std::chrono::seconds kWorkerWait(10);

Result<void> wait_for_worker(Desk& desk) {
  const auto end = std::chrono::steady_clock::now() + kWorkerWait;
  while (std::chrono::steady_clock::now() < end) {
    KABAR_ASSIGN(const auto changes, store::load_site_changes(desk.life().database, 1));
    if (changes.empty() || !changes.front().urgent) return {};
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  fmt::print(stderr, "kabar: the running worker has not changed the pages yet; they follow\n");
  return {};
}

}  // namespace

Result<void> show_readers_now(Desk& desk) {
  KABAR_ASSIGN(const std::optional<WorkerLock> lock, WorkerLock::try_take(desk.newsroom()));
  if (!lock) return wait_for_worker(desk);
  const auto update_site = [&](std::span<const std::string> articles) -> Result<site::ChangedAddresses> {
    KABAR_ASSIGN(site::PublishReport site, desk.update_site(articles));
    return std::move(site.changed);
  };
  KABAR_TRY(life::bring_site_up_to_date(desk.life(), update_site));
  return send_pings(desk, stop_on_signals());
}

}  // namespace kabar::app
