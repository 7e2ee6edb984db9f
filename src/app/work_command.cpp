#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "app/newsroom.h"
#include "app/pings.h"
#include "app/progress.h"
#include "app/stop_signal.h"
#include "store/publications.h"
#include "store/versions.h"

namespace kabar::app {
namespace {

struct Arguments {
  bool until_idle = false;
  bool all = false;  // publish only
};

// Another process does the work: wait until nothing is due.
Result<void> wait_until_idle(Desk& desk, const std::stop_token& stop) {
  Progress progress("waiting for the other worker; to do");
  while (!stop.stop_requested()) {
    KABAR_ASSIGN(const store::DueCounts counts, store::count_due(desk.life().database, desk.life().clock.now()));
    KABAR_ASSIGN(const auto changes, store::load_site_changes(desk.life().database, 1));
    if (counts.now == 0 && changes.empty()) return {};
    progress.update(counts.now);
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  return fail(ErrorKind::cancelled, "", "stopped");
}

Result<life::WorkReport> work_once(Desk& desk) {
  Progress progress("working");
  return desk.work([&](int done, int due) {
    progress.set_total(done + due);
    progress.update(done);
  });
}

// What waits because its step failed is an error for a script, with the last reason.
Result<void> report_faults(Desk& desk, const life::WorkReport& report) {
  KABAR_ASSIGN(const store::DueCounts counts, store::count_due(desk.life().database, desk.life().clock.now()));
  if (counts.failed == 0) return {};
  return fail(ErrorKind::conflict, desk.newsroom().dir.string(),
              fmt::format("{} versions wait because a step failed; the last: {}", counts.failed, report.last_fault));
}

// What a person who pressed Ctrl-C has to know.
std::string stopped_message(int due, bool site_current) {
  if (due > 0) return fmt::format("stopped; {} versions are not finished, they go on next time", due);
  if (!site_current) return "stopped; pages of the site are still to be made, they follow next time";
  return "stopped; every page is made, share cards and compressed forms follow next time";
}

Result<void> finish_site(Desk& desk, const std::stop_token& stop) {
  Progress progress("share cards and compressed forms");
  int made = 0;
  while (!stop.stop_requested()) {
    KABAR_ASSIGN(const site::LaterReport later, desk.make_later(std::chrono::milliseconds(200)));
    made += later.cards + later.compressed;
    progress.update(made);
    if (later.done) return {};
  }
  KABAR_ASSIGN(const auto changes, store::load_site_changes(desk.life().database, 1));
  KABAR_ASSIGN(const store::DueCounts counts, store::count_due(desk.life().database, desk.life().clock.now()));
  return fail(ErrorKind::cancelled, "", stopped_message(counts.now, changes.empty()));
}

Result<void> run_until_idle(Desk& desk, bool all) {
  const std::stop_token stop = stop_on_signals();
  KABAR_ASSIGN(const std::optional<WorkerLock> lock, WorkerLock::try_take(desk.newsroom()));
  if (!lock) {
    if (all) return fail(ErrorKind::conflict, desk.newsroom().dir.string(), "a worker is running here; stop it first");
    return wait_until_idle(desk, stop);
  }
  desk.life().stop = stop;
  KABAR_TRY(desk.prepare_work());
  KABAR_ASSIGN(const life::WorkReport report, work_once(desk));
  if (all) {
    KABAR_ASSIGN(const site::PublishReport site, desk.publish_all());
    fmt::print("{} pages: {} files written, {} unchanged, {} removed\n", site.pages, site.files_written,
               site.files_unchanged, site.files_removed);
  }
  KABAR_TRY(finish_site(desk, stop));
  KABAR_TRY(send_pings(desk, stop));
  return report_faults(desk, report);
}

Result<void> run_for_ever(Desk& desk) {
  const std::stop_token stop = stop_on_signals();
  KABAR_ASSIGN(const std::optional<WorkerLock> lock, WorkerLock::try_take(desk.newsroom()));
  if (!lock) return fail(ErrorKind::conflict, desk.newsroom().dir.string(), "a worker is running here already");
  return work_until_stopped(desk, stop);
}

std::function<Result<void>()> declare_work(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_flag("--until-idle", arguments->until_idle, "End when there is nothing left to do");
  return [&program, arguments]() -> Result<void> {
    KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk(program));
    return arguments->until_idle ? run_until_idle(*desk, false) : run_for_ever(*desk);
  };
}

std::function<Result<void>()> declare_publish(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_flag("--all", arguments->all, "Make every page again: after a change of the theme or of the settings");
  return [&program, arguments]() -> Result<void> {
    KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk(program));
    return run_until_idle(*desk, arguments->all);
  };
}

}  // namespace

extern const Command kWorkCommand;
const Command kWorkCommand = {
    .name = "work",
    .summary = "Run the worker: translate, check and publish what has come in",
    .examples =
        "kabar work                 # until Ctrl-C; kabar serve has a worker too\n"
        "kabar work --until-idle    # end when everything is done",
    .declare = declare_work,
};

extern const Command kPublishCommand;
const Command kPublishCommand = {
    .name = "publish",
    .summary = "Work until idle, then bring the site up to date",
    .examples =
        "kabar publish\n"
        "kabar publish --all    # every page; unchanged files are left alone",
    .declare = declare_publish,
};

}  // namespace kabar::app
