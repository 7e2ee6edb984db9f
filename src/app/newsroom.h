// A newsroom is a folder with kabar.toml, a database and the published site.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/product.h"
#include "app/settings.h"
#include "base/clock.h"
#include "db/connection.h"
#include "life/life.h"
#include "life/pipeline_renderer.h"
#include "life/site_files.h"
#include "life/topic_names.h"
#include "life/worker.h"
#include "site/publisher.h"
#include "site/search_index.h"

namespace kabar::app {

struct Newsroom {
  std::filesystem::path dir;
  Settings settings;

  std::filesystem::path database() const { return dir / "kabar.db"; }
  std::filesystem::path site() const { return dir / "public"; }
  std::filesystem::path search_file() const { return state() / "search.db"; }
  std::filesystem::path state() const { return dir / "state"; }  // the publisher's journal and catalogue, the lock
};

// The folder of --dir, else the nearest one upwards from here that holds kabar.toml; not_found if there is none.
Result<Newsroom> open_newsroom(const Program& program);

// site.language and site.targets; bad_input for what is no language.
struct Languages {
  Language main;
  std::vector<Language> targets;
};
Result<Languages> languages_of(const Settings& settings);

// What the publisher and the server need to know of the site.
site::SiteConfig site_config(const Settings& settings, const Languages& languages);

// The person at the keyboard, for the audit log: `named`, else $USER, else "editor".
std::string editor_name(const std::string& named);

// The newsroom at work: its database, and models and site as soon as they are needed. One thread.
class Desk {
 public:
  static Result<std::unique_ptr<Desk>> open(Newsroom newsroom);
  Desk(const Desk&) = delete;

  const Newsroom& newsroom() const { return newsroom_; }
  const Languages& languages() const { return languages_; }
  life::Life& life() { return *life_; }

  // Brings the pages of these articles up to date; ends what a crash interrupted first.
  Result<site::PublishReport> update_site(std::span<const std::string> articles);
  Result<site::PublishReport> publish_all();
  // Share cards and compressed forms, for about `budget`.
  Result<site::LaterReport> make_later(std::chrono::milliseconds budget);
  // Once before the first work(): languages that were added to the settings, steps that failed before.
  Result<void> prepare_work();
  // Works until idle, site included.
  Result<life::WorkReport> work(const life::WorkProgress& progress);

 private:
  explicit Desk(Newsroom newsroom) : newsroom_(std::move(newsroom)), files_(newsroom_.state(), disk(/*sync=*/false)) {}
  Result<translate::Pipeline> load_pipeline();
  // Opened when it is needed first; what a crash interrupted is ended then.
  Result<site::Publisher*> publisher();

  Newsroom newsroom_;
  life::SiteFiles files_;
  Languages languages_;
  SystemClock clock_;
  std::unique_ptr<db::Connection> database_;
  std::optional<Product> product_;
  std::optional<life::PipelineRenderer> renderer_;
  std::optional<life::Life> life_;
  life::TopicNames topics_;                  // read with the publisher
  std::optional<site::SearchIndex> search_;  // before the publisher, which keeps it up to date
  std::optional<site::Publisher> publisher_;
};

Result<std::unique_ptr<Desk>> open_desk(const Program& program);

// The worker's loop: works, sleeps for worker.poll seconds, works. Faults of the database or the site are printed and
// tried again. Hold the WorkerLock.
Result<void> work_until_stopped(Desk& desk, const std::stop_token& stop);

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
