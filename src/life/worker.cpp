#include "life/worker.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "store/publications.h"

namespace kabar::life {
namespace {

using store::Due;
using store::VersionRow;

// 2, 4, 8 … seconds after a failure, an hour at most: a missing model may be installed, a full disk emptied.
std::chrono::seconds pause_after(int attempts) {
  return std::chrono::seconds(std::min<int64_t>(3600, int64_t{1} << std::min(attempts, 12)));
}

Result<void> note_fault(Life& life, const Due& due, const Error& error) {
  KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
  for (const Language language : due.languages) {
    KABAR_ASSIGN(std::optional<VersionRow> version,
                 store::find_version(life.database, {due.article, due.revision, language}));
    if (!version || version->state != due.state) continue;
    ++version->attempts;
    version->fault = error.text();
    version->due = life.clock.now() + pause_after(version->attempts);
    KABAR_TRY(store::update_version(life.database, due.state, *version));
  }
  return transaction.commit();
}

Result<void> queue_pings(Life& life, const site::ChangedAddresses& changed) {
  const Time now = life.clock.now();
  for (const store::PingService service : life.pings) {
    const bool feeds = service == store::PingService::websub;
    for (const std::string& address : feeds ? changed.feeds : changed.pages) {
      KABAR_TRY(store::add_ping(life.database, service, address, now));
    }
  }
  return {};
}

}  // namespace

Result<void> bring_site_up_to_date(Life& life, const UpdateSite& update_site) {
  for (;;) {
    KABAR_ASSIGN(const std::vector<store::SiteChange> changes, store::load_site_changes(life.database, kSiteBatch));
    if (changes.empty() || life.stop.stop_requested()) return {};
    std::vector<std::string> articles;
    for (const store::SiteChange& change : changes) articles.push_back(change.article);
    observe(life, "site", "started");
    KABAR_ASSIGN(const site::ChangedAddresses changed, update_site(articles));
    observe(life, "site", "written");
    KABAR_ASSIGN(db::Transaction transaction, db::Transaction::begin(life.database));
    for (const store::SiteChange& change : changes) KABAR_TRY(store::finish_site_change(life.database, change));
    KABAR_TRY(queue_pings(life, changed));
    KABAR_TRY(transaction.commit());
    observe(life, "site", "committed");
  }
}

namespace {

// Often enough for news, seldom enough that an archive that comes in does not make lists and feeds a hundred times.
constexpr std::chrono::seconds kSitePause(1);

class Worker {
 public:
  Worker(Life& life, const UpdateSite& update_site)
      : life_(life), update_site_(update_site), site_updated_(life.clock.now()) {
    life_.meanwhile = [this] { return do_what_cannot_wait(); };
  }
  Worker(const Worker&) = delete;
  ~Worker() { life_.meanwhile = {}; }

  Result<WorkReport> run(const WorkProgress& progress) {
    while (!life_.stop.stop_requested()) {
      KABAR_ASSIGN(const std::optional<Due> due, store::next_due(life_.database, life_.clock.now()));
      if (!due) break;
      KABAR_TRY(take_step(*due));
      KABAR_TRY(keep_site_current());
      if (progress) {
        KABAR_ASSIGN(const store::DueCounts counts, store::count_due(life_.database, life_.clock.now()));
        progress(report_.steps, counts.now);
      }
    }
    KABAR_TRY(bring_site_up_to_date(life_, update_site_));
    return report_;
  }

 private:
  Result<void> take_step(const Due& due) {
    const Step* step = step_from(due.state);
    KABAR_CHECK(step != nullptr);  // only states with a step are ever due
    observe(life_, step->name, "started");
    Result<void> result = step->run(life_, due);
    if (result) {
      observe(life_, step->name, "committed");
      ++report_.steps;
      return {};
    }
    // The whole group failed; one language without a model must not keep the others from readers.
    if (due.languages.size() > 1 && result.error().kind != ErrorKind::cancelled) {
      for (const Language language : due.languages) {
        KABAR_TRY(take_step({due.article, due.revision, due.state, {language}}));
      }
      return {};
    }
    if (result.error().kind == ErrorKind::cancelled) return {};
    ++report_.faults;
    report_.last_fault =
        fmt::format("{} ({}): {}: {}", due.article, due.languages.front().view(), step->name, result.error().text());
    return note_fault(life_, due, result.error());
  }

  // Originals that came in, versions that somebody approved, pages that readers must not see any more.
  Result<void> do_what_cannot_wait() {
    while (!life_.stop.stop_requested()) {
      KABAR_ASSIGN(const std::optional<Due> due, store::next_quick_due(life_.database, life_.clock.now()));
      if (!due) break;
      KABAR_TRY(take_step(*due));
    }
    return keep_site_current();
  }

  // Withdrawals and holds at once, publications after a short pause, which gathers those of one article.
  Result<void> keep_site_current() {
    KABAR_ASSIGN(const std::vector<store::SiteChange> waiting, store::load_site_changes(life_.database, 1));
    if (waiting.empty()) return {};
    if (!waiting.front().urgent && life_.clock.now() < site_updated_ + kSitePause) return {};
    KABAR_TRY(bring_site_up_to_date(life_, update_site_));
    site_updated_ = life_.clock.now();
    return {};
  }

  Life& life_;
  const UpdateSite& update_site_;
  Time site_updated_;
  WorkReport report_;
};

}  // namespace

Result<WorkReport> work_until_idle(Life& life, const UpdateSite& update_site, const WorkProgress& progress) {
  Worker worker(life, update_site);
  return worker.run(progress);
}

}  // namespace kabar::life
