// A newsroom is a folder with kabar.toml, a database and the published sites.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/product.h"
#include "app/published_sites.h"
#include "app/settings.h"
#include "app/sites.h"
#include "base/clock.h"
#include "db/connection.h"
#include "life/life.h"
#include "life/pipeline_renderer.h"
#include "life/worker.h"
#include "terms/term_list.h"

namespace kabar::app {

struct Newsroom {
  std::filesystem::path dir;
  Settings settings;

  std::filesystem::path database() const { return dir / "kabar.db"; }
  std::filesystem::path terms() const { return dir / "termbase"; }
  // Of the site of this name: its pages, the publisher's journal and catalogue (and for the first site the lock of the
  // newsroom's worker), its search.
  std::filesystem::path site(std::string_view name = "") const { return folder_of(name) / "public"; }
  std::filesystem::path state(std::string_view name = "") const { return folder_of(name) / "state"; }
  std::filesystem::path search_file(std::string_view name = "") const { return state(name) / "search.db"; }

 private:
  std::filesystem::path folder_of(std::string_view name) const { return name.empty() ? dir : dir / "sites" / name; }
};

// The folder of --dir, else the nearest one upwards from here that holds kabar.toml; not_found if there is none.
Result<Newsroom> open_newsroom(const Program& program);

// The newsroom's own terms: those of its database, then those of its folder termbase/ that these leave room for.
Result<terms::TermList> own_terms(const Newsroom& newsroom, db::Connection& connection);
// Of the newsroom of --dir or around here; an empty list if there is none.
Result<terms::TermList> own_terms(const Program& program);

// The person at the keyboard, for the audit log: `named`, else $USER, else "editor".
std::string editor_name(const std::string& named);

// The newsroom at work: its database, and models and sites as soon as they are needed. One thread.
class Desk {
 public:
  static Result<std::unique_ptr<Desk>> open(Newsroom newsroom);
  Desk(const Desk&) = delete;

  const Newsroom& newsroom() const { return newsroom_; }
  const std::vector<Site>& sites() const { return sites_; }
  life::Life& life() { return *life_; }

  // Brings the pages of these articles up to date; ends what a crash interrupted first.
  Result<site::PublishReport> update_site(std::span<const std::string> articles);
  Result<site::PublishReport> publish_all();
  // publish_all() with theme and messages read again; a faulty theme changes nothing.
  Result<site::PublishReport> reload_theme();
  // Of all sites, with their messages.
  std::vector<std::filesystem::path> theme_folders() const;
  // Share cards and compressed forms, for about `budget`.
  Result<site::LaterReport> make_later(std::chrono::milliseconds budget);
  // Once before the first work(): languages that were added to the settings, steps that failed before.
  Result<void> prepare_work();
  // Works until idle, site included.
  Result<life::WorkReport> work(const life::WorkProgress& progress);

 private:
  explicit Desk(Newsroom newsroom) : newsroom_(std::move(newsroom)) {}
  Result<translate::Pipeline> load_pipeline();
  // Has models and knowledge loaded again if the terms were changed since.
  Result<void> follow_terms();

  Newsroom newsroom_;
  std::vector<Site> sites_;
  SystemClock clock_;
  std::unique_ptr<db::Connection> database_;
  std::optional<Product> product_;
  int64_t terms_change_ = 0;  // the last one that product_ knows of
  std::optional<life::PipelineRenderer> renderer_;
  std::optional<life::Life> life_;
  std::optional<PublishedSites> published_;
};

Result<std::unique_ptr<Desk>> open_desk(const Program& program);

// The worker's loop: works, sleeps for worker.poll seconds, works; other servers are told of changes beside it. Faults
// of the database or the site are printed and tried again. `each_round` is called before each round, if there is one.
// Hold the WorkerLock.
Result<void> work_until_stopped(Desk& desk, const std::stop_token& stop, const std::function<void()>& each_round = {});

// Only one worker at a time works in a newsroom. Released with the process, however it ends.
class WorkerLock {
 public:
  // Nothing if another process holds it.
  static Result<std::optional<WorkerLock>> try_take(const Newsroom& newsroom);
  WorkerLock(WorkerLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  WorkerLock& operator=(WorkerLock&&) = delete;
  ~WorkerLock();

 private:
  explicit WorkerLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace kabar::app
